"""Several in one command: which are chosen, what is told of each, and lists of new ones."""
