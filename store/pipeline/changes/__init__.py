"""One change of the board: how it is made, of several at once too, noted and taken back."""
