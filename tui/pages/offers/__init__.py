"""The pages of an offer, and of all offers side by side."""
