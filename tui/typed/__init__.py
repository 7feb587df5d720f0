"""What people type into one line, read while they type."""
