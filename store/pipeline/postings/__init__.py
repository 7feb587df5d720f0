"""Postings before anybody has answered them."""
