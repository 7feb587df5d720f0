"""A posting as it comes: a saved page, its source, a pasted text, an address."""
