"""What leaves the board: everything as JSON, tables, notes, a page to print, a record of work.

`board` reads the applications with all that belongs to them, one after the other, so that memory
stays bounded; each format is a file that writes them. `back` takes a whole export in again.
"""
