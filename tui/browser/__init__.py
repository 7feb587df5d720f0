"""The board in a browser: a server on this machine, and what its page shows."""
