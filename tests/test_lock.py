"""The locks fit what pyproject.toml asks for, and name every file by its hash."""

import re
import tomllib
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tables import each_row

PROJECT = Path(__file__).parents[1]
TOLD = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
BUILD = [
    line
    for line in (PROJECT / "locks" / "build.in").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
WANTED = {
    "run": [*TOLD["project"]["dependencies"], *BUILD],
    "test": [
        *TOLD["project"]["dependencies"],
        *TOLD["project"]["optional-dependencies"]["test"],
        *BUILD,
    ],
}
SYSTEMS = [
    {"python_version": version, "python_full_version": f"{version}.1", "sys_platform": system}
    for version in ("3.11", "3.12", "3.13", "3.14")
    for system in ("linux", "darwin")
]
"""What the program runs on."""


def locked(kind: str) -> list[tuple[Requirement, int]]:
    """Each line of a lock, with how many files it allows."""
    text = (PROJECT / "locks" / f"{kind}.txt").read_text(encoding="utf-8")
    found = re.findall(
        r"^(\S+==.+?)((?: \\\n    --hash=sha256:[0-9a-f]{64})*)$", text, re.MULTILINE
    )
    assert len(found) == text.count("==") - text.count(" == ")
    return [(Requirement(line), hashes.count("--hash")) for line, hashes in found]


@each_row("kind", WANTED)
def test_every_version_is_exact_and_every_file_has_its_hash(kind: str) -> None:
    for requirement, hashes in locked(kind):
        assert str(requirement.specifier).startswith("=="), requirement
        assert hashes, requirement


@each_row("system", SYSTEMS, ids=lambda s: f"{s['sys_platform']}-{s['python_version']}")
@each_row("kind", WANTED)
def test_the_lock_is_what_pyproject_asks_for(kind: str, system: dict[str, str]) -> None:
    versions: dict[str, str] = {}
    for requirement, _ in locked(kind):
        marker: Marker | None = requirement.marker
        if marker is None or marker.evaluate({**system, "extra": ""}):
            (exact,) = requirement.specifier
            assert canonicalize_name(requirement.name) not in versions, "one version each"
            versions[canonicalize_name(requirement.name)] = exact.version
    for line in WANTED[kind]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), line


def test_both_locks_run_the_same_program() -> None:
    same = {str(requirement) for requirement, _ in locked("run")}
    assert same <= {str(requirement) for requirement, _ in locked("test")}


def test_everything_has_an_upper_bound() -> None:
    for line in {*WANTED["test"], *TOLD["build-system"]["requires"]}:
        assert "<" in str(Requirement(line).specifier), line


def test_what_builds_here_is_what_builds_elsewhere() -> None:
    assert set(TOLD["build-system"]["requires"]) <= set(BUILD)
