"""Imports files one by one, each in a process of its own, and tells what that took.

    python one_by_one.py LIMIT

Each line that comes in is a board and a file, as a list in JSON. Each process may take LIMIT bytes
of address space. A line of JSON goes out for each file: its exit code, what it printed, and the
most memory that it had, in bytes.
"""

import json
import os
import resource
import sys
import tempfile

import store.pipeline  # loaded once, for all  # noqa: F401
from tui.cli.run import run
from tui.cli.several import imported  # noqa: F401


def bring_in(board: str, file: str, limit: int) -> dict[str, object]:
    """What importing `file` into `board` printed and took."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        child = os.fork()
        if not child:
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
            code = 99
            try:
                code = run(["--db", board, "import", file], stdout=out, stderr=out)
            finally:
                out.flush()
                os._exit(code)
        _, status, used = os.wait4(child, 0)
        out.seek(0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "out": out.read(),
            "memory": used.ru_maxrss * 1024,
        }


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(bring_in(*json.loads(line), int(sys.argv[1]))), flush=True)
