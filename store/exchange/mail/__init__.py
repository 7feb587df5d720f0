"""Mail as programs keep it: a message, an mbox, a Maildir, a folder of files, a calendar entry."""

from store.exchange.mail.boxes import Mailbox, Received, read_mailbox, read_piped

__all__ = ["Mailbox", "Received", "read_mailbox", "read_piped"]
