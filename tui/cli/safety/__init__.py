"""The safety of the board, from the shell: copies, the way back to one, the doctor."""
