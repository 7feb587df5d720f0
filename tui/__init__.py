"""The board on the screen and the command line."""

VERSION = "0.1.0"
"""Here it costs nothing to ask for it; a test holds it equal to pyproject.toml."""
