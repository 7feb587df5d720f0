"""Use cases about what arrives by itself: mail."""
