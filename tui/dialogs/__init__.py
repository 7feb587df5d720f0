"""What asks and is answered: forms, pickers, one-line entries."""
