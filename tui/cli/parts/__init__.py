"""What belongs to one application, changed from the shell: one file per kind of part."""
