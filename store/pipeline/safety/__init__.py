"""Going back to a copy, and what keeps the journal small."""
