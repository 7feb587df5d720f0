"""The rooms of the command line. Reading commands load neither Textual nor an ORM."""
