"""Run by the Python that has kanban-tui: puts the tasks of a JSON file on a board of four columns.

fill_kanban_tui.py TASKS.json     (HOME and the XDG variables say where)
"""

import json
import sqlite3
import sys
from datetime import datetime
from pathlib import Path

from kanban_tui.backends.sqlite.database import create_new_board_db, init_new_db
from kanban_tui.constants import DATABASE_FILE

tasks = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
columns = list(dict.fromkeys(task["stage"] for task in tasks))
init_new_db(database=DATABASE_FILE.as_posix())
create_new_board_db("Applications", icon=":briefcase:", column_dict=dict.fromkeys(columns, True))
now = datetime.now().replace(microsecond=0)  # noqa: DTZ005 (as kanban-tui stores it)
with sqlite3.connect(DATABASE_FILE) as connection:
    placed = dict(connection.execute("SELECT name, column_id FROM columns"))
    connection.executemany(
        "INSERT INTO tasks (title, column, description, creation_date, due_date, metadata,"
        " position) VALUES (?, ?, ?, ?, ?, '{}', ?)",
        [
            (task["title"], placed[task["stage"]], task["text"], now, task["due"], place)
            for place, task in enumerate(tasks)
        ],
    )
