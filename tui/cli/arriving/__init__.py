"""Commands for what arrives: postings, the shelf on which they wait, mail."""
