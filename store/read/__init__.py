"""Questions to the board, answered by light SQL; nothing is written here."""
