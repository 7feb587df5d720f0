"""`rounds stats`: the user's own figures, beside what is published."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from store.read.history import GROUPINGS, By, Summary, as_data, read_histories, summary
from store.rules.chances.chances import ENOUGH, ActivityWeek, End, Funnel, FunnelStep
from store.rules.chances.figures import typical
from store.rules.chances.statistics import INTERVAL_NAME
from store.rules.chances.words import (
    counts,
    missing_line,
    percent,
    rate_bounds,
    step_name,
    time_line,
)
from store.rules.dates import short_day
from store.rules.stages import stage_name
from store.rules.text import quoted, suggestion
from tui.cli.call import BEGIN, Call
from tui.cli.output import Output
from tui.cli.words import Usage, past_day

WEEKS = 12
"""How many weeks are printed; `--json` has all of them."""

_HEADS = ("STAGE", "ADVANCED", "SO FAR", "INTERVAL", "WITHDRAWN")


def stats(call: Call) -> int:
    """Print which share went on from each stage, how long it took, and what was done."""
    words, today = call.words, call.today
    by = _read_grouping(words.by)
    since = past_day(words.since, today)
    with call.glance() as glance:
        histories = read_histories(glance, call.now) if glance else ()
    report = summary(histories, today, since, by)
    if words.json:
        call.out.json("stats", as_data(report))
    elif glance is None:
        call.out.say(BEGIN)
    else:
        _print(call.out, report)
    return 0


def _read_grouping(text: str | None) -> By | None:
    """What `--by` names; Usage when there is no such comparison."""
    if text is None:
        return None
    for by in GROUPINGS:
        if by == text.strip().lower():
            return by
    like = suggestion(text, GROUPINGS)
    raise Usage(
        f"There is no comparison by {quoted(text)}.{like} There are {', '.join(GROUPINGS)}."
    )


def _print(out: Output, report: Summary) -> None:
    whole = report.whole
    since = f" since {short_day(report.since, report.today)}" if report.since else ""
    if whole.applications:
        number = len(whole.applications)
        open_ = sum(len(step.undecided) for step in whole.steps)
        out.line(f"{number:,} application{'' if number == 1 else 's'}{since}, {open_:,} open")
        _print_steps(out, whole.steps)
        out.section("Time to an answer", map(time_line, whole.times))
        out.section("Where applications ended", _ends(report.ends))
        if report.by:
            _print_groups(out, report.by, report.groups)
    _print_weeks(out, report)
    if since and not whole.applications:
        out.say(f"No applications{since} to count.")
    elif missing := missing_line(whole):
        out.say(missing)
    if report.undated:
        out.say(f"Not counted (no application date): {len(report.undated):,}.")


def _print_steps(out: Output, steps: Sequence[FunnelStep]) -> None:
    rows = []
    for step in steps:
        published = typical(step.stage)
        rows.append((*_cells(step), f"{published.line} ({published.years})"))
    out.line()
    out.table((*_HEADS, "TYPICAL"), rows)
    open_ = any(step.undecided for step in steps)
    out.line(f"{INTERVAL_NAME}; a rate needs {ENOUGH} that advanced or ended there.")
    if open_:
        out.line("Open applications count as not advanced yet, in rate and interval.")
    if any(step.withdrawn for step in steps):
        out.line("What you withdrew counts as neither success nor failure.")


def _print_groups(out: Output, by: By, groups: Iterable[Funnel]) -> None:
    """Each group with the steps at which anybody stood."""
    rows = [
        (group.name or f"no {by}", *_cells(step))
        for group in groups
        for step in group.steps
        if step.counted or step.withdrawn
    ]
    if rows:
        out.line()
        out.table((by.upper(), *_HEADS), rows)


def _cells(step: FunnelStep) -> tuple[str, ...]:
    share, bounds = "–", "too few" if step.decided else "–"
    if step.so_far is not None:
        share, bounds = percent(step.so_far), rate_bounds(step)
    return step_name(step.stage), counts(step), share, bounds, f"{len(step.withdrawn):,}"


def _ends(ends: Iterable[End]) -> Iterable[str]:
    for stage, found in groupby(ends, key=lambda end: end.stage):
        outcomes = (f"{len(end.applications):,} {end.outcome.title}" for end in found)
        yield f"{stage_name(stage)}: {', '.join(outcomes)}"


def _print_weeks(out: Output, report: Summary) -> None:
    rows = [
        (short_day(week.monday, report.today), *(f"{len(ids):,}" for ids in _week_groups(week)))
        for week in report.weeks[-WEEKS:]
    ]
    if rows:
        out.line()
        out.table(("WEEK OF", "APPLICATIONS", "INTERVIEWS", "FOLLOW-UPS ON TIME", "LATE"), rows)


def _week_groups(week: ActivityWeek) -> tuple[tuple[int, ...], ...]:
    return week.applications, week.interviews, week.on_time, week.late
