"""What marks a file as a board of ours, and which form it has. Imports nothing."""

APPLICATION_ID = 0x726E6473
"""The number in the header of every board file (`PRAGMA application_id`): "rnds" in ASCII."""

REVISIONS: tuple[str, ...] = ("0001", "0002", "0003", "0004")
"""Every migration from the first to the newest: what is not listed here is newer than this code."""

HEAD: str = REVISIONS[-1]
"""The form that this version of the program reads and writes."""
