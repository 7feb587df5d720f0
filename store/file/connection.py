"""A connection to the board's file, with what reading asks of any engine.

Light (`sqlite3` only). See `store.read.rows.Connection`.
"""

import sqlite3
from contextlib import suppress


class FileConnection(sqlite3.Connection):
    """`sqlite3`'s connection, which also knows what only SQLite can tell."""

    by_table = "+"
    """Before a condition: look at every row as they lie, by no index."""

    def place(self) -> str:
        """The file, as far as the connection can still tell."""
        try:
            return str(self.execute("PRAGMA database_list").fetchone()[2])
        except sqlite3.Error:
            return ""

    def data_version(self) -> int:
        """A number that changes when another connection has written to the file."""
        return int(self.execute("PRAGMA data_version").fetchone()[0])

    def columns(self) -> dict[str, list[tuple[str, str]]]:
        """The tables that there are, by name, with their columns: name and kind of each."""
        names = self.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return {
            name: [(row[1], row[2]) for row in self.execute(f'PRAGMA table_info("{name}")')]
            for (name,) in names.fetchall()
        }

    def numbers(self) -> dict[str, int]:
        """By table the highest number that a row ever had."""
        return dict(self.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name"))

    def note(self, name: str, value: str) -> bool:
        """Keep a setting, past the journal and without waiting for anybody; False where that
        cannot be written now. Only to be called outside a transaction."""
        patience = 0
        try:
            patience = self.execute("PRAGMA busy_timeout").fetchone()[0]
            self.execute("PRAGMA query_only = OFF")
            self.execute("PRAGMA busy_timeout = 0")
            self.execute("BEGIN IMMEDIATE")
            self.execute("DELETE FROM setting WHERE name = ?", (name,))
            self.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (name, value))
            self.execute("COMMIT")
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                self.execute("ROLLBACK")
            return False
        finally:
            with suppress(sqlite3.Error):
                self.execute("PRAGMA query_only = ON")
                self.execute(f"PRAGMA busy_timeout = {patience:d}")
        return True

    def may_write(self) -> bool:
        """Whether the user may change the board: of a file that is told when it is tried."""
        return True

    def copy(self) -> "FileConnection":
        """The board in memory, to be read at leisure: while somebody reads the file, nobody can
        write to it. To be called in a transaction, and to be closed."""
        copy = sqlite3.connect(":memory:", isolation_level=None, factory=FileConnection)
        try:
            self.backup(copy)
        except BaseException:
            copy.close()
            raise
        return copy
