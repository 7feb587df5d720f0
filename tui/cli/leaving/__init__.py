"""What leaves the board from the shell."""
