"""Imports files one by one, each in a process of its own, and tells what that took.

    python one_by_one.py BOARD LIMIT FILE...

Each process may take LIMIT bytes of address space. A line of JSON for each file: its exit code,
what it printed, and the most memory that it had, in bytes.
"""

import json
import os
import resource
import sys
import tempfile
from pathlib import Path

from tui.cli.run import run
from tui.cli.several import imported  # loaded once, for all  # noqa: F401


def main(board: str, limit: int, *files: str) -> None:
    """Import each of `files` into `board`."""
    import store.pipeline  # noqa: F401

    for file in files:
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
            told = {
                "file": Path(file).name,
                "code": os.waitstatus_to_exitcode(status),
                "out": out.read(),
                "memory": used.ru_maxrss * 1024,
                "seconds": used.ru_utime + used.ru_stime,
            }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
