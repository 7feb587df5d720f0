"""The pages that open over the board."""
