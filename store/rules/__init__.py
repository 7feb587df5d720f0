"""What follows from the facts. Pure: no database, no screen, no clock, no file but its own data."""
