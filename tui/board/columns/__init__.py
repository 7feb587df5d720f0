"""The columns of the board and their cards, in order, as columns or as a table."""
