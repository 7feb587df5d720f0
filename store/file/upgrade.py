"""Brings a board up to the newest form: a new file gets its tables, an older one is migrated.

One transaction, which only one program at a time can be in: whatever happens in it, the file is
afterwards what it was, or whole in the new form. Loads Alembic, so it is imported when needed.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from store import errors
from store.clock import Clock
from store.errors import StoreError
from store.file.backup import safety_copy
from store.file.engine import engine_for, raw
from store.file.location import APPLICATION_ID
from store.file.opening import State, refuse, state_of

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def upgrade(path: Path, clock: Clock, *, save: bool = True) -> Path | None:
    """Makes the file at `path` a board of the newest form; the safety copy of an older one.

    None when there was nothing to save: the file was empty, or another program has done the work
    meanwhile, or it is a copy itself (`save` is False). Raises StoreError, and then the file is as
    it was.
    """
    engine = engine_for(path, foreign_keys=False, keep=False)
    try:
        with engine.connect() as connection, connection.begin():
            return _upgrade(connection, path, clock, save)
    except StoreError:
        raise
    except Exception as error:
        raise errors.sentence_for(error, path) from None


def _upgrade(connection: Connection, path: Path, clock: Clock, save: bool) -> Path | None:
    # Asked of the file: the open transaction already counts the first page of an empty one.
    empty = path.stat().st_size == 0
    state = State.NEW if empty else state_of(raw(connection))
    if state is State.CURRENT:
        return None
    refuse(state, path)
    saved = safety_copy(path, clock) if save and state is State.OLDER else None
    if state is State.NEW:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if not foreign_keys_hold(connection) or state_of(raw(connection)) is not State.CURRENT:
        raise errors.board_error(errors.DAMAGED, path)
    return saved


def foreign_keys_hold(connection: Connection) -> bool:
    """Whether every reference leads somewhere: nothing watched over them while migrating."""
    return connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
