"""What a shell and its user expect beside the commands: completion, a manual, help with a word."""
