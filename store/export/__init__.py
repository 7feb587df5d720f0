"""What goes out: the board in forms that other programs read."""
