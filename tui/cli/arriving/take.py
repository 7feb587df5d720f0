"""`rounds take`: a posting from a saved page, its source, a text or an address."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import AlreadyThere
from store.exchange.document import Document
from store.exchange.postings.found import FoundPosting
from store.exchange.postings.posting import SIZE_LIMIT, read_posting
from store.exchange.which_command import refuse_mail
from store.pipeline.arriving.shelf import DETAILS
from store.rules.dates import echo_day
from store.rules.fields import NOUNS
from store.rules.links import address_in
from store.rules.shelf import posting_number
from store.rules.text import Refused, capital, plural, quoted
from store.rules.typed.fields import ALL, FormLine, text_of
from tui.cli.arriving.shelf import OF_A_POSTING, found_shape
from tui.cli.call import INTERRUPTED, Call, tell
from tui.cli.several.listed import earlier
from tui.cli.source import standard_input
from tui.cli.table import DATE
from tui.cli.words import STDIN, Usage

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from store.model.board import Written
    from store.pipeline import Pipeline

REQUIRED = ("company", "role")
_CALLED = {line.name: line.called for line in ALL}
_LABELS = {"posting_text": "Full text"}
_WIDTH = 14


def take_words(parser: "ArgumentParser") -> None:
    from tui.cli.edit import field_options

    parser.add_argument(
        "file",
        metavar="FILE",
        help="a saved page (.html, .mhtml), its source, a text; - is standard input; an address is "
        "kept as the link, and nothing is fetched",
    )
    field_options(parser, [line for line in ALL if line.name in (*DETAILS, "applied_on")])
    parser.add_argument(
        "--points",
        metavar="WHICH",
        help="which of the requirements found become points to prepare: all (the default), none, "
        "or their numbers: 1,3-5",
    )
    parser.add_argument("--yes", action="store_true", help="take what was guessed as it is")
    parser.add_argument("--again", action="store_true", help="also when its link is there already")
    parser.add_argument("--dry-run", action="store_true", help="show what is found; change nothing")
    parser.epilog = (
        f"It waits on the shelf; with --applied it becomes an application. A DATE is {DATE}. "
        "“rounds shelf” lists what waits there."
    )


def take(call: Call) -> int:
    """Put a posting on the shelf, or with `--applied` make an application of it at once; its
    number alone is printed. What is only guessed is not stored before somebody says so."""
    from tui.cli.edit import FIELDS, read_options

    words = call.words
    document = _document(words.file)
    refuse_mail(document.name, document.data)
    found = read_posting(document, call.clock.zone)
    lines = [line for line in FIELDS if line.name in (*DETAILS, "applied_on")]
    given = read_options(call, {"tags": tuple(found.tags)}, lines)
    values = {**found.values(), **given}
    guessed = {name for name in found.guessed if name not in given}
    requirements = _pick(found.requirements, words.points)
    if words.dry_run:
        return _show(call, found, values, guessed, requirements)
    for sentence in _found_lines(call, found, values, guessed, requirements):
        call.out.say(sentence)
    _refuse_missing(values)
    if guessed and not (words.yes or _says_yes(call, words.file)):
        raise Refused(_how_to_confirm(values, guessed))
    applied_on = values.pop("applied_on", None)
    values["requirements"] = requirements
    values["unless"] = None if words.again else "link"
    with call.pipeline(create=True) as pipeline:
        written = _store(pipeline, values, applied_on)
        names = {"company": values["company"], "role": values["role"]}
        notes = earlier(call, pipeline, names, written.application_id)
    if not call.wants_json:
        number = written.application_id or posting_number(written.made or 0)
        call.out.line(str(number))
    tell(call, written, _next(written))
    for note in notes:
        call.out.say(f"Note: {note}")
    return 0


def _store(pipeline: "Pipeline", values: Mapping[str, Any], applied_on: date | None) -> "Written":
    try:
        if applied_on is not None:
            return pipeline.add(applied_on=applied_on, **values)
        return pipeline.shelve(**values)
    except AlreadyThere as there:
        raise Refused(f"{there} Nothing was added; --again adds it all the same.") from None


def _next(written: "Written") -> str:
    if written.application_id is not None:
        return ""
    number = posting_number(written.made or 0)
    return f"“rounds shelf {number} --apply” makes an application of it."


def _document(file: str) -> Document:
    if file == STDIN:
        return Document.of("standard input", standard_input(SIZE_LIMIT + 1))
    if (link := address_in(file)) and not Path(file).exists():
        return Document.of("the address", link.encode())
    return Document.open(Path(file).expanduser())


def _refuse_missing(values: Mapping[str, Any]) -> None:
    missing = [name for name in REQUIRED if not values.get(name)]
    if missing:
        options = " ".join(f'--{name} "…"' for name in missing)
        raise Refused(
            f"No {' and no '.join(missing)} was found, so nothing was stored. Add {options}."
        )


def _how_to_confirm(values: Mapping[str, Any], guessed: set[str]) -> str:
    names = [line.name for line in OF_A_POSTING if line.name in guessed]
    nouns = [NOUNS[name] for name in names]
    told = nouns[0] if len(nouns) == 1 else f"{', '.join(nouns[:-1])} and {nouns[-1]}"
    what = f"{capital(told)} {'is a guess' if len(nouns) == 1 else 'are guesses'}"
    options = " ".join(_option(name, values[name]) for name in names)
    return f"{what}, so nothing was stored. Add --yes to take all, or correct: {options}"


def _option(name: str, value: object) -> str:
    text = text_of(value).replace('"', "'")
    return f'--{_CALLED[name]} "{text}"'


def _says_yes(call: Call, file: str) -> bool:
    """Ask somebody who sits in front of it; nobody is asked through a pipe, or for JSON."""
    if (
        file == STDIN
        or call.wants_json
        or not (_is_terminal(sys.stdin) and _is_terminal(sys.stderr))
    ):
        return False
    call.out.say("Store it like this? Type y, or correct it with options.")
    try:
        return sys.stdin.readline().strip().lower() in ("y", "yes")
    except KeyboardInterrupt:
        call.out.say(INTERRUPTED)
        raise


def _is_terminal(stream: Any) -> bool:
    try:
        return stream is not None and bool(stream.isatty())
    except ValueError:
        return False


def _pick(requirements: Sequence[str], which: str | None) -> list[str]:
    """The requirements that `--points` picks; Usage for a number that none has."""
    wanted = (which or "all").strip().lower()
    if wanted in ("all", "none"):
        return list(requirements) if wanted == "all" else []
    picked: dict[int, None] = {}
    for part in wanted.replace(",", " ").split():
        first, dash, last = part.partition("-")
        last = last if dash else first
        if not (first.isdecimal() and last.isdecimal() and len(part) < 10):
            raise Usage(f"{quoted(part)} is no number. “--points” takes all, none or “1,3-5”.")
        for number in range(int(first), int(last) + 1):
            if not 1 <= number <= len(requirements):
                found = plural(len(requirements), "was", "were")
                raise Usage(f"There is no requirement {number}: {found} found.")
            picked[number] = None
    return [requirements[number - 1] for number in picked]


def _found_lines(
    call: Call,
    found: FoundPosting,
    values: Mapping[str, Any],
    guessed: set[str],
    requirements: Sequence[str],
) -> list[str]:
    """What was found, a line for each field, and what it asks for."""
    lines = [
        f"{_LABELS.get(line.name, line.label)}:".ljust(_WIDTH)
        + _line_of(call, line, values[line.name], line.name in guessed)
        for line in OF_A_POSTING
        if values.get(line.name)
    ]
    if found.requirements:
        lines.append("It asks for (points to prepare; --points 1,3 keeps some, none keeps none):")
        kept = set(requirements)
        lines += [
            f"  {number:>2}{' ' if one in kept else '-'} {one}"
            for number, one in enumerate(found.requirements, start=1)
        ]
    return [*lines, *found.remarks]


def _line_of(call: Call, line: FormLine, value: Any, guess: bool) -> str:
    said = text_of(value)
    if isinstance(value, date):
        said = echo_day(value, call.today)
    elif line.name == "posting_text":
        said = f"{len(said):,} characters"
    return f"{said} (guessed)" if guess else said


def _show(
    call: Call,
    found: FoundPosting,
    values: Mapping[str, Any],
    guessed: set[str],
    requirements: Sequence[str],
) -> int:
    if call.wants_json:
        call.out.json("posting", found_shape(values, guessed, requirements, found.remarks))
    else:
        for line in _found_lines(call, found, values, guessed, requirements):
            call.out.line(line)
    call.out.say("Dry run: nothing was changed. Run again without --dry-run to store it.")
    return 0
