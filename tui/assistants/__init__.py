"""The board for assistants: programs that speak the Model Context Protocol."""
