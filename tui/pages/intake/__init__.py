"""What comes in from files: shown before it is stored."""
