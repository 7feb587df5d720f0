"""The tests of what a change touches, for `make check`: their paths, one a line.

Called with a commit, it looks at what has changed since; without one, at what is not committed
yet, or else at the last commit. The tests of a module are those in its mirror below `tests` that
are named after it (all that are there, if none is) and those of its floor that import it. Where
nothing is changed, all rules are tested.
"""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOORS = ("store", "tui")
RULES = "tests/store/rules"
SHARED = ("tests/makers.py", "tests/golden.py")
"""What the tests of rules and store are made of."""
DOCUMENTS = "tests/test_documents.py"
"""What holds the documents."""
_IMPORTED = re.compile(r"\b(?:from|import) ([\w.]+)")


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
        return [DOCUMENTS]
    if file in SHARED:
        return ["tests/store"]
    if path.parts[0] == "tests":
        return [file] if path.name.startswith("test_") and (ROOT / file).exists() else []
    if path.parts[0] not in FLOORS:
        return []
    if file.startswith("store/rules/"):
        return [RULES]
    mirror = next(each for each in (ROOT / "tests" / path).parents if each.is_dir())
    beside = sorted(mirror.glob("test_*.py"))
    named = [test for test in beside if path.stem in test.stem]
    module = ".".join(path.with_suffix("").parts)
    importing = [
        test
        for test, modules in _imported(path.parts[0]).items()
        if any(f"{name}.".startswith(f"{module}.") for name in modules)
    ]
    return sorted(str(test.relative_to(ROOT)) for test in {*(named or beside), *importing})


@cache
def _imported(floor: str) -> dict[Path, set[str]]:
    """The modules that each file of tests of a floor imports."""
    tests = (ROOT / "tests" / floor).rglob("test_*.py")
    return {test: {*_IMPORTED.findall(test.read_text(encoding="utf-8"))} for test in tests}


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
