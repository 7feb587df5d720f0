"""`rounds doctor`: whether board, copies, plan, program and terminal are as they should be."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import StoreError
from store.file.checking import ROOM, Checked, Finding, check_file, close_to_others
from store.file.opening import READING_SECONDS, State, connect_reading
from store.rules.text import Refused
from tui.cli.call import Call
from tui.cli.safety.surroundings import check_terminal, check_versions, check_zone, has_terminal
from tui.cli.table import json

if TYPE_CHECKING:
    from argparse import ArgumentParser

FOUND = 1
"""The exit code when something serious was found and is not mended."""
_CONFIG = Finding(
    "config",
    "The config file has a mistake, and what is wrong there counts as not set: “rounds config” "
    "names the line.",
)


def doctor_words(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "--fix",
        action="store_true",
        help="fix what is safe to fix: permissions, and the plan (makes a copy first)",
    )
    parser.add_argument(
        "--report",
        action="store_true",
        help="print what others may see of it: versions and numbers, no texts, names or paths",
    )
    json(parser)


def doctor(call: Call) -> int:
    """Say what is not as it should be; nothing when all is well."""
    facts: dict[str, Any] = {}
    with _file_to_look_at(call) as file:
        checked = check_file(file, call.clock)
        if call.is_on_server:
            checked = _inside_alone(checked)
        facts["board"] = {"state": checked.state.value if checked.state else None, **checked.facts}
        findings = [*_of_board(call, checked), *_of_plan(call, checked, file)]
    findings += check_versions(facts)
    findings += check_terminal(call.environ, facts, there=has_terminal())
    findings += check_zone(call.clock, facts)
    mended: list[Finding] = []
    if call.words.fix:
        mended, findings = _mend(call, checked, findings)
    if call.wants_json:
        shapes = [_shape(each, fixed=True) for each in mended]
        shapes += [_shape(each, fixed=False) for each in findings]
        call.out.json("doctor", {"findings": shapes, "facts": facts})
    else:
        _print(call, mended, findings, facts)
    return FOUND if any(each.serious for each in findings) else 0


@contextmanager
def _file_to_look_at(call: Call) -> Iterator[Path]:
    """The board's file; of a board on a server a copy that goes, to which every row has come.

    Raises StoreError for one that cannot be read as a whole.
    """
    if not call.is_on_server:
        yield call.path
        return
    from store.boards import no_board
    from store.export.copying import copy_board
    from store.read.glance import open_glance
    from tui.cli.several.imported import tell_progress

    glance = open_glance(call.place, call.clock)
    if glance is None:
        raise no_board(call.place)
    with closing(glance), tempfile.TemporaryDirectory(prefix="rounds-doctor-") as folder:
        copy = Path(folder, "board.db")
        copy_board(glance, copy, call.clock, partial(tell_progress, call))
        call.out.progress("")
        yield copy


def _inside_alone(checked: Checked) -> Checked:
    """What was found in a copy, and nothing of the folder that it passes through."""
    kept = tuple(each for each in checked.findings if each.code == "orphans")
    facts: dict[str, Any] = {
        name: fact for name, fact in checked.facts.items() if name in ("form", "rows")
    }
    return Checked(checked.state, kept, facts)


def _of_board(call: Call, checked: Checked) -> list[Finding]:
    """What was found around the board. Where nobody said where one is, none is missed."""
    if checked.state is State.NEW and not call.named:
        return []
    return list(checked.findings)


def _of_plan(call: Call, checked: Checked, file: Path) -> list[Finding]:
    """Whether the stored follow-ups are those that the rules plan, seen on a copy that goes."""
    from store.settings import user_settings

    settings = user_settings()
    findings = [_CONFIG] if settings.troubles or _is_wrong_for_the_screen() else []
    broken = any(each.code == "foreign-keys" for each in checked.findings)
    if checked.state is not State.CURRENT or broken:
        return findings
    if any(each.code == "orphans" for each in checked.findings):
        return findings  # to plan anew is asked for already
    try:
        other = _out_of_plan(call, file)
    except (StoreError, Refused, OSError):
        return [*findings, _no_room_to_plan()]
    if other:
        whose = "1 application" if other == 1 else f"{other:,} applications"
        findings.append(
            Finding(
                "plan",
                f"The stored follow-ups of {whose} are not those that the rules plan: “rounds "
                "doctor --fix” plans them again, and “rounds undo” reverts that.",
                fixed_by="plan",
            )
        )
    return findings


def _is_wrong_for_the_screen() -> bool:
    """Whether something is wrong in the config file that the rules do not read."""
    from store.config.file import read_config
    from store.file.location import config_path

    try:
        file = read_config(config_path())
    except Refused:
        return True
    if file is None:
        return False
    from tui.config.table import all_mistakes

    return bool(all_mistakes(file))


def _out_of_plan(call: Call, file: Path) -> int:
    """Of how many applications the plan differs. One that was made by other settings is none: it is
    made anew with the next change."""
    import sqlite3

    from store.file.database import open_database
    from store.pipeline import Pipeline
    from store.read.glance import PLANNED_BY
    from store.settings import user_settings

    settings = user_settings()
    with tempfile.TemporaryDirectory(prefix="rounds-doctor-") as folder:
        place = Path(folder, "board.db")
        try:
            with (
                closing(connect_reading(file, READING_SECONDS)) as board,
                closing(sqlite3.connect(place)) as copy,
            ):
                board.backup(copy)
        except sqlite3.Error as error:
            raise StoreError(str(error)) from None
        with closing(open_database(place, call.clock, create=False)) as database:
            database.without_waiting()
            with closing(database.glance()) as glance:
                if glance.setting(PLANNED_BY) != settings.fingerprint:
                    return 0
            return len(Pipeline(database, settings.settings.rules).out_of_plan())


def _no_room_to_plan() -> Finding:
    return Finding(
        "plan-unknown",
        "The plan could not be compared with the rules: see that the folder for passing files "
        f"(TMPDIR) may be written and has {ROOM / 1_000_000:,.0f} MB free.",
        serious=False,
    )


def _mend(
    call: Call, checked: Checked, findings: list[Finding]
) -> tuple[list[Finding], list[Finding]]:
    """What was mended, and what is left. Nothing of the board is touched before a copy is made."""
    wanted = {each.fixed_by for each in findings} - {""}
    done: set[str] = set()
    if "permissions" in wanted and close_to_others(call.path):
        done.add("permissions")
    if "plan" in wanted and checked.state is State.CURRENT:
        with call.pipeline(planned=False) as pipeline:
            if not call.is_on_server:
                pipeline.database.backup()
            try:
                pipeline.plan_again()
            except Refused as nothing:
                call.out.say(str(nothing))
        done.add("plan")
    mended = [each for each in findings if each.fixed_by in done]
    return mended, [each for each in findings if each not in mended]


def _print(
    call: Call, mended: list[Finding], findings: list[Finding], facts: dict[str, Any]
) -> None:
    if call.words.report:
        for line in report_lines(facts):
            call.out.line(line)
    for each in mended:
        call.out.line(f"Fixed: {each.sentence.partition(':')[0]}.")
    for each in findings:
        call.out.line(f"{'' if each.serious else 'Note: '}{each.sentence}")
    if any(each.fixed_by == "plan" for each in mended):
        call.out.say("“rounds undo” reverts the new plan.")


def report_lines(facts: dict[str, Any], indent: str = "") -> list[str]:
    """The facts as lines that others may read, one for each."""
    lines = []
    for name, value in facts.items():
        label = name.replace("_", " ")
        if isinstance(value, dict):
            lines.append(f"{indent}{label}:")
            lines += report_lines(value, f"{indent}  ")
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            lines.append(f"{indent}{label}: {'–' if shown in (None, '') else shown}")
    return lines


def _shape(finding: Finding, *, fixed: bool) -> dict[str, object]:
    return {
        "code": finding.code,
        "text": finding.sentence,
        "serious": finding.serious,
        "fixed": fixed,
    }
