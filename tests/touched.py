"""The tests of what a change touches, for `make check`: their paths, one a line.

Called with a commit, it looks at what has changed since; without one, at what is not committed
yet, or else at the last commit. A module's tests are those of its room that are named after it
or import it; where there are none, or where nothing is changed, all rules are tested.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = {
    "store/rules/": "tests/rules",
    "store/": "tests/store",
    "tui/cli/": "tests/cli",
    "tui/": "tests/tui",
}
"""Where the tests of a folder are, the nearest folder first."""
RULES = "tests/rules"
SHARED = ("tests/makers.py", "tests/golden.py")
"""What the tests of rules and store are made of."""
DOCUMENTS = ("tests/test_documents.py", "tests/store/test_readme_settings.py")
"""What holds the documents."""


def changed(since: str | None) -> list[str]:
    """The files that have changed, as git knows them; none where there is no git."""
    if since is not None:
        return _git("diff", "--name-only", since) + _git("ls-files", "-o", "--exclude-standard")
    now = _git("diff", "--name-only", "HEAD") + _git("ls-files", "-o", "--exclude-standard")
    return now or _git("diff", "--name-only", "HEAD~1")


def tests_of(file: str) -> list[str]:
    """The paths of the tests that look at `file`."""
    path = Path(file)
    if path.suffix == ".md":
        return [*DOCUMENTS]
    if file in SHARED:
        return [RULES, "tests/store"]
    if path.parts[0] == "tests":
        return [file] if path.name.startswith("test_") and (ROOT / file).exists() else []
    room = next((tests for folder, tests in ROOMS.items() if file.startswith(folder)), None)
    if room is None:
        return []
    if room == RULES:
        return [RULES]
    module = ".".join(path.with_suffix("").parts)
    imported = re.compile(rf"\b(from|import) {re.escape(module)}\b")
    return [
        str(test.relative_to(ROOT))
        for test in sorted((ROOT / room).glob("test_*.py"))
        if path.stem in test.stem or imported.search(test.read_text(encoding="utf-8"))
    ]


def _git(*words: str) -> list[str]:
    try:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return []
    return done.stdout.splitlines()


if __name__ == "__main__":
    found = {test for file in changed(*sys.argv[1:] or [None]) for test in tests_of(file)}
    print("\n".join(sorted(found)) or RULES)
