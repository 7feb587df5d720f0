"""What a key does, as plain steps over a conversation."""
