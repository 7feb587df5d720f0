"""Use cases about what arrives: files, postings that nobody has answered yet, mail that waits."""
