"""`rounds add --from`: applications that somebody lists, one a line, all added or none."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from store.errors import StoreError
from store.rules.employers import Employers, before_line, twin_line, twins
from store.rules.text import Refused
from tui.cli.call import Call, tell_nothing
from tui.cli.several.selection import ChosenOnes
from tui.cli.source import read_source

if TYPE_CHECKING:
    from store.exchange.lines import Listed
    from store.pipeline import Pipeline
    from store.pipeline.applications import Unless


_TWINS = 3
"""How many applications for the same role are told one by one (product)."""


def add_listed(call: Call, said: Mapping[str, Any], unless: "Unless | None") -> int:
    """Add what the list names; `said` goes for each line that does not say it otherwise.

    Their numbers are printed, one a line; of each line is told what came of it.
    """
    listed = _read(call)
    with call.pipeline(create=True) as pipeline:
        from store.pipeline.changes.at_once import WrongOne

        try:
            added = pipeline.add_all([_with(said, one.words) for one in listed], unless=unless)
        except WrongOne as wrong:
            how = "“--again” adds it all the same, “--if-new” leaves it out."
            more = f" {how}" if wrong.there else ""
            line = listed[wrong.place].line
            raise Refused(f"Line {line}: {wrong} Nothing was added.{more}") from None
        if not call.wants_json:
            for number in added.ids:
                call.out.line(str(number))
        new = [
            (one, id_)
            for at, (one, id_) in enumerate(zip(listed, added.ids, strict=True))
            if at not in added.there
        ]
        if added.written is None:
            tell_nothing(call, "Nothing was added: all are there already.", *added.ids)
        else:
            names = {id_: (_name(one, id_), id_) for one, id_ in new}
            chosen = ChosenOnes([id_ for _, id_ in new], names)
            chosen.tell(call, pipeline, added.written, "“rounds undo” reverts this.")
        for place, sentence in added.there.items():
            call.out.say(f"Line {listed[place].line}: {sentence} It was left out.")
        for line, note in _notes(call, pipeline, new):
            call.out.say(f"Note: line {line}: {note}")
    return 0


def _notes(
    call: Call, pipeline: "Pipeline", new: "Sequence[tuple[Listed, int]]"
) -> Iterator[tuple[int, str]]:
    """What happened before at the employers of the applications `new`, by line."""
    there = _read_employers(pipeline)
    ids = {id_ for _, id_ in new}
    for one, _ in new:
        for note in _earlier(call, there, one.words, ids):
            yield one.line, note


def earlier(
    call: Call, pipeline: "Pipeline", words: Mapping[str, Any], application_id: int | None
) -> list[str]:
    """What happened at the employer before the application that was just added with `words`."""
    there = _read_employers(pipeline, words["company"])
    return _earlier(call, there, words, {application_id})


def _read_employers(pipeline: "Pipeline", company: str | None = None) -> Employers:
    """All applications, or those to one employer; what was added is safe by now, so that what
    cannot be read is no failure."""
    from store.read.employers import read_employers

    with suppress(StoreError), closing(pipeline.database.glance()) as glance:
        return read_employers(glance, company)
    return Employers()


def _earlier(
    call: Call, there: Employers, words: Mapping[str, Any], new: Collection[int | None]
) -> list[str]:
    company, contact = words["company"], words.get("contact_name")
    others = [one for one in there.at(company) if one.id not in new]
    same_role, _ = twins(company, words["role"], "", others, there.names)
    people = [one for one in there.people_at(company) if one != contact]
    rest = [one for one in others if one not in same_role]
    before = before_line(rest, call.today, people)
    return [twin_line(one, call.today) for one in same_role[:_TWINS]] + [before] * bool(before)


def _read(call: Call) -> "Sequence[Listed]":
    """The lines; Refused, with each wrong one told, when there is one, or no application."""
    from store.exchange.lines import read_lines  # with days as typed: 10 ms

    listed, problems = read_lines(read_source(call.words.text_file), call.today)
    for problem in problems:
        call.out.say(f"Line {problem.line}: {problem.sentence}")
    if problems:
        these = "this line" if len(problems) == 1 else "these lines"
        raise Refused(f"Nothing was added. Correct {these} and try again.")
    if not listed:
        raise Refused("No application is listed. Write one a line: “Company; Role; yesterday”.")
    return listed


def _with(said: Mapping[str, Any], words: Mapping[str, Any]) -> Mapping[str, Any]:
    tags = (*words.get("tags", ()), *said["tags"])
    return {**said, **words, "tags": tags}


def _name(one: "Listed", number: int) -> str:
    return f"line {one.line}: {number}  {one.words['company']}, {one.words['role']}"
