"""Commands for what arrives by itself: mail."""
