"""What goes on serving the board until it is stopped: to an assistant, to a browser."""
