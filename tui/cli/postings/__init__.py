"""Postings: taken from a page or a text, and the shelf on which they wait."""
