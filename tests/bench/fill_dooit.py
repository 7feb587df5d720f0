"""Run by the Python that has dooit: puts the tasks of a JSON file into one workspace per stage.

fill_dooit.py TASKS.json DATABASE
"""

import json
import sys
from datetime import datetime
from pathlib import Path

from dooit.api import Todo, Workspace, manager
from sqlalchemy import insert

tasks = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
manager.connect(sys.argv[2])
places: dict[str, Workspace] = {}
for stage in dict.fromkeys(task["stage"] for task in tasks):
    places[stage] = Workspace(description=stage)
    places[stage].save()
manager.session.execute(
    insert(Todo),
    [
        {
            "description": task["title"],
            "due": datetime.fromisoformat(task["due"]) if task["due"] else None,
            "parent_workspace_id": places[task["stage"]].id,
            "order_index": order,
        }
        for order, task in enumerate(tasks)
    ],
)
manager.session.commit()
