"""What the user chose for the screen: keys, own commands, look; and the table of all settings."""
