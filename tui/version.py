"""The version, where asking for it costs nothing; a test holds it equal to pyproject.toml."""

VERSION = "0.1.0"
