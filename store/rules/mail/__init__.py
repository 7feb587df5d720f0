"""What a message is about and what it says: no database, no clock, no file of the user."""
