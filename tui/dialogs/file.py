"""Asks for a file by its path."""

from pathlib import Path

from store.file.location import path_of
from store.rules.text import Refused, quoted
from tui.dialogs.line import LineEntry

_KILOBYTE = 1_000


class FileEntry(LineEntry[Path]):
    """Asks for a path; Enter opens a page with what the file holds, and stores nothing."""

    keys = (("enter", "look at it"), ("esc", "cancel"))


def ask_file() -> LineEntry[Path]:
    """The dialog that asks which file is to be imported."""
    return FileEntry(
        "Import a file",
        "A table (.csv, .xlsx, .ods), LinkedIn’s zip, another tracker’s export; ~ is your home.",
        read_path,
        placeholder="~/Downloads/applications.xlsx",
    )


class MailboxEntry(LineEntry[Path]):
    """Asks for a path; Enter reads the mail there, and records nothing yet."""

    keys = (("enter", "read"), ("esc", "cancel"))


def ask_mailbox() -> LineEntry[Path]:
    """The dialog that asks where the mail is that is to be read."""
    return MailboxEntry(
        "Read mail",
        "A message (.eml), an mbox, a Maildir, a folder of messages, an .ics; ~ is your home.",
        read_place,
        placeholder="~/Maildir",
    )


def read_place(text: str) -> tuple[Path, str]:
    """The file or folder at the path `text`, and words that say it back; Refused without one."""
    typed = text.strip().strip("'\"")
    if not typed:
        raise Refused("Type the path of a file or a folder.")
    path = path_of(typed)
    try:
        if path.is_dir():
            return path, f"{path.name}, a folder"
        path.stat()
    except (OSError, ValueError):
        raise Refused(f"There is no file {quoted(typed, 60)}.") from None
    return read_path(text)


def read_path(text: str) -> tuple[Path, str]:
    """The file at the path `text`, and words that say it back; Refused where there is none."""
    typed = text.strip().strip("'\"")
    if not typed:
        raise Refused("Type the path of a file.")
    path = path_of(typed)
    try:
        if path.is_dir():
            raise Refused(f"{quoted(typed, 60)} is a folder.")
        size = path.stat().st_size
    except (OSError, ValueError):
        raise Refused(f"There is no file {quoted(typed, 60)}.") from None
    return path, f"{path.name}, {max(size // _KILOBYTE, 1):,} kB"
