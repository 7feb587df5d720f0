"""The pages of the settings and of the copies of the board."""
