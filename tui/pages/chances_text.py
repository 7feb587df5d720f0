"""The figures as bars: pure functions from a summary to what the chart shows and says."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from store.read.history import NO_REFERRAL, By, Summary
from store.rules.chances.chances import ENOUGH, ActivityWeek, End, Funnel, FunnelStep, TimeInStage
from store.rules.chances.figures import typical
from store.rules.chances.words import (
    brief_step_name,
    counts,
    details,
    missing_line,
    rate_words,
    step_line,
    step_name,
    time_line,
    time_name,
    within,
)
from store.rules.dates import short_day
from store.rules.stages import Stage, brief_stage_name, stage_name
from store.rules.text import plural
from tui.widgets import chart
from tui.widgets.cells import cell_len, clip
from tui.widgets.paragraphs import Paragraph
from tui.widgets.rows import Tone

WEEKS = 26
"""How many weeks are drawn: half a year (product)."""
GROUPS = 30
"""How many sources or tags are drawn (product)."""
_EXPLAINED = 12
"""How many of those without enough data are told below the chart: as many as fit at 80 columns."""

COMPARED: dict[By, str] = {
    "source": "Sources compared",
    "tag": "Tags compared",
    "month": "Months compared",
    "referral": "With and without a referral",
}
"""The heading of each comparison."""
_UNNAMED: dict[By, str] = {
    "source": "no source",
    "tag": "no tag",
    "month": "no date",
    "referral": NO_REFERRAL,
}
_THINGS = (
    ("application", "applications"),
    ("interview", "interviews"),
    ("follow-up done on time", "follow-ups done on time"),
    ("follow-up done late", "follow-ups done late"),
)
"""What a week is made of: one, and several."""


class Story(NamedTuple):
    """What is behind one bar: its title, what it says in words, and the applications in it."""

    title: str
    words: tuple[Paragraph, ...]
    behind: tuple[tuple[str, tuple[int, ...]], ...]
    stage: Stage = Stage.APPLIED
    """The step whose published figures belong to it."""


class ChartText(NamedTuple):
    """The entries of the chart, and the story of each bar by its key."""

    entries: tuple[chart.ChartEntry, ...]
    stories: dict[str, Story]


Drawn = Iterator[tuple[chart.ChartEntry, Story | None]]


def picture(report: Summary) -> ChartText:
    """The whole of `report` as bars."""
    if not report.whole.applications:
        hint = "Press a on the board to add one; “rounds import FILE” imports many."
        words = ("", missing_line(report.whole), "", hint)
        return ChartText(tuple(map(chart.Sentence, words)), {})
    found = [
        *_funnel(report.whole),
        *_times(report.whole),
        *_groups(report),
        *_ends(report.ends),
        *_weeks(report),
    ]
    stories = {
        entry.key: story
        for entry, story in found
        if isinstance(entry, chart.Bar) and story is not None
    }
    return ChartText(tuple(entry for entry, _ in found), stories)


def step_key(stage: Stage) -> str:
    """The key of the bar for the step out of `stage`."""
    return f"step {stage}"


def _funnel(whole: Funnel) -> Drawn:
    all_of_them = plural(len(whole.applications), "application")
    still = sum(len(step.undecided) for step in whole.steps)
    yield chart.Heading("Conversion by stage", f"of {all_of_them}, {still:,} open"), None
    if missing := missing_line(whole):
        yield chart.Sentence(missing), None
    for step in whole.steps:
        found = typical(step.stage)

        title = step_name(step.stage)
        own, published, *_ = details(step)
        words = (
            Paragraph(_capital(own.removeprefix(f"Yours, {title}: "))),
            Paragraph(published, Tone.MUTED),
            Paragraph(found.caption, Tone.MUTED),
        )
        story = Story(_capital(title), words, _behind_step(step), step.stage)
        numbers = counts(step), rate_words(step)
        lines = partial(_step_lines, step)
        label = _capital(brief_step_name(step.stage))
        yield chart.Bar(step_key(step.stage), label, lines, numbers), story
    if legend := _legend(whole.steps):
        yield chart.Sentence(legend), None
    if any(step.rate_so_far and step.undecided for step in whole.steps):
        yield chart.Sentence(_SAME_CASES), None


_SAME_CASES = "Rates and margins count open applications as not advanced yet."


def _step_lines(step: FunnelStep, width: int) -> tuple[str, ...]:
    """The rate of a step, below it the margin of the rate, and the typical range."""
    rate, found = step.rate_so_far, typical(step.stage)
    margin = [chart.range_bar(rate.low, rate.high, "margin", width)[:width]] if rate else []
    usual = chart.range_bar(found.low, found.high, f"typical {found.line}", width)
    return chart.rate_bar(step, width), *margin, usual


def _legend(steps: Sequence[FunnelStep]) -> str:
    """The signs of the rates, and those of single applications."""
    words = []
    if any(step.rate_so_far for step in steps):
        words.append(f"{chart.SURE} your rate so far, 0 to 100 %")
    few = [step for step in steps if step.decided and not step.rate_so_far]
    if few:
        words += [f"{chart.WENT_ON} advanced", f"{chart.ENDED} ended"]
        words += [f"{chart.OPEN} open"] if any(step.undecided for step in few) else []
    return " · ".join(words)


def _behind_step(step: FunnelStep) -> tuple[tuple[str, tuple[int, ...]], ...]:
    last = step.stage is Stage.OFFER
    return (
        ("Accepted" if last else "Advanced", step.went_on),
        ("Ended there", step.ended),
        ("Still open", step.undecided),
        *((("Withdrawn by you: not counted", step.withdrawn),) if step.withdrawn else ()),
    )


def _times(whole: Funnel) -> Drawn:
    most = max((_reach(time) for time in whole.times), default=0)
    yield chart.Heading("Time to an answer", f"0 to {_days(most)}"), None
    few = [time for time in whole.times if time.cases < ENOUGH]
    for time in whole.times:
        if time in few and len(few) > 1:
            continue

        cases = plural(time.cases, "case")
        verb = "Decided" if time.stage is Stage.OFFER else "Answered"
        half = "" if time.half is None else f"half {verb.lower()} {within(time.half)}, "
        number = f"{half}{cases}"
        name = time_name(time.stage)
        story = Story(
            f"Time to an answer · {name}",
            (
                Paragraph(_capital(time_line(time).removeprefix(f"{name}: ")) + "."),
                Paragraph("Open applications count as waiting, never as answered.", Tone.MUTED),
            ),
            ((verb, time.answered), ("No answer yet, or none at all", time.waiting)),
            time.stage,
        )
        yield (
            chart.Bar(
                f"time {time.stage}",
                _capital(name),
                _in_one_line(chart.days_bar, time, most),
                (number,),
            ),
            story,
        )
    if len(few) > 1:
        yield _few_times(few, all_of_them=len(few) == len(whole.times))
    words = []
    if any(time.cases >= ENOUGH for time in whole.times):
        middle = f"{chart.FROM}{chart.MAYBE}{chart.TO} middle half"
        words += [middle, "→ it goes on"]
    if len(few) == 1 and few[0].cases:
        words.append(f"{chart.WENT_ON} answered {chart.OPEN} not yet")
    if words:
        yield chart.Sentence(", ".join(words)), None


def _few_times(few: Sequence[TimeInStage], *, all_of_them: bool) -> tuple[chart.Bar, Story]:
    """The stages whose cases are too few to say anything, in one line."""
    label = "All stages" if all_of_them else "Other stages"
    counts = ", ".join(f"{time.cases:,}" for time in few)
    cases = f"cases: {counts}" if any(time.cases for time in few) else "no cases yet"
    words = tuple(Paragraph(_capital(time_line(time)) + ".") for time in few)
    behind = tuple(
        (_capital(time_name(time.stage)), (*time.answered, *time.waiting)) for time in few
    )
    story = Story(f"Time to an answer · {label.lower()}", words, behind, few[0].stage)
    return chart.Bar("time few", label, _in_one_line(clip, "not enough data yet"), (cases,)), story


def _reach(time: TimeInStage) -> int:
    """The last day that the bar of `time` shows."""
    if time.cases < ENOUGH:
        return 0
    return time.longest if time.three_quarters is None else time.three_quarters


def _groups(report: Summary) -> Drawn:
    by = report.by
    if by is None:
        return
    yield chart.Heading(COMPARED[by], step_name(Stage.APPLIED)), None
    shown = report.groups[-GROUPS:] if by == "month" else report.groups[:GROUPS]
    few = [group for group in shown if group.step(Stage.APPLIED).rate_so_far is None]
    for group in shown:
        if group in few and len(few) > 1:
            continue
        step = group.step(Stage.APPLIED)

        name = group.name if group.name is not None else _UNNAMED[by]
        number = ", ".join(filter(None, (counts(step), rate_words(step))))
        lines = [step_line(one) for one in group.steps if one.counted or one.withdrawn]
        words = tuple(Paragraph(f"{_capital(line)}.") for line in lines)
        story = Story(name, words, (("Applications", group.applications),))
        bar = _in_one_line(chart.rate_bar, step)
        yield chart.Bar(f"{by} {group.name}", name, bar, (number,)), story
    if len(few) > 1:
        yield _few_groups(few, by, all_of_them=len(few) == len(shown))
    if len(report.groups) > GROUPS:
        others = len(report.groups) - GROUPS
        yield chart.Sentence(f"… and {others:,} more: “rounds stats --by {by}”."), None


def _few_groups(few: Sequence[Funnel], by: By, *, all_of_them: bool) -> tuple[chart.Bar, Story]:
    """The groups that have too few decided for a rate, in one line."""
    names = {id(group): group.name if group.name is not None else _UNNAMED[by] for group in few}
    said = [f"{names[id(group)]} {_brief(group.step(Stage.APPLIED))}" for group in few]

    def lines(width: int) -> tuple[str, ...]:
        return _in_lines(said, width)

    reasons = [
        f"{names[id(group)]} {counts(group.step(Stage.APPLIED))}" for group in few[:_EXPLAINED]
    ]
    if len(few) > _EXPLAINED:
        reasons.append(f"and {len(few) - _EXPLAINED:,} more: Enter lists them")
    words = (Paragraph(" · ".join(reasons)),)
    behind = tuple((names[id(group)], group.applications) for group in few)
    title = f"{len(few):,} with not enough data yet"
    label = f"all {len(few):,}" if all_of_them else f"{len(few):,} others"
    return chart.Bar(f"{by} few", label, lines, ("not enough data yet",)), Story(
        title, words, behind
    )


def _in_lines(said: Sequence[str], width: int) -> tuple[str, ...]:
    """All of `said`, as many beside each other as there is room for; none is torn apart."""
    lines: list[str] = []
    for words in said:
        longer = f"{lines[-1]} · {words}" if lines else ""
        if lines and cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(clip(words, width))
    return tuple(lines)


def _brief(step: FunnelStep) -> str:
    """ "2 of 6": how many went on, of all that are counted."""
    return f"{step.passed:,} of {step.counted:,}"


def _ends(ends: Sequence[End]) -> Drawn:
    yield chart.Heading("Where applications ended"), None
    if not ends:
        yield chart.Sentence("None has ended yet."), None
    most = max((len(end.applications) for end in ends), default=0)
    total = sum(len(end.applications) for end in ends)
    for stage, found in groupby(ends, key=lambda end: end.stage):
        for end in found:
            number = len(end.applications)
            bar = _in_one_line(chart.count_bar, number, most)
            label = f"{_capital(brief_stage_name(stage))}: {end.outcome.title}"
            words = (
                Paragraph(f"{number:,} of the {total:,} that ended: {end.outcome.title}."),
                Paragraph(f"The last stage they reached: {stage_name(stage)}.", Tone.MUTED),
            )
            story = Story(label, words, ((label, end.applications),), stage)
            yield chart.Bar(f"end {stage} {end.outcome}", label, bar, ("",)), story


def _weeks(report: Summary) -> Drawn:
    weeks = report.weeks[-WEEKS:][::-1]
    names = ("application", "interview", "follow-up on time", "late")
    legend = " ".join(f"{mark} {name}" for mark, name in zip(chart.WEEK_MARKS, names, strict=True))
    yield chart.Heading("Weekly activity", legend), None
    if not weeks:
        yield chart.Sentence("Nothing to count yet."), None
    numbers = [tuple(map(len, _week_groups(week))) for week in weeks]
    for week, found in zip(weeks, numbers, strict=True):

        def draw(width: int, found: tuple[int, ...] = found) -> tuple[str, ...]:
            return (chart.marks_bar(found, chart.things_per_mark(numbers, width)),)

        day = short_day(week.monday, report.today)
        said = ", ".join(
            f"{number:,} {one if number == 1 else several}"
            for number, (one, several) in zip(found, _THINGS, strict=True)
            if number
        )
        behind = tuple(
            (_capital(name), ids)
            for (_, name), ids in zip(_THINGS, _week_groups(week), strict=True)
        )
        words = (Paragraph(f"{_capital(said) or 'Nothing'} in the week of {day}."),)
        story = Story(f"The week of {day}", words, behind)
        yield chart.Bar(f"week {week.monday}", day, draw, (_short(found),)), story
    if len(report.weeks) > WEEKS:
        yield chart.Sentence("Earlier weeks: “rounds stats --json”."), None


def _in_one_line(draw: Callable[..., str], *of: object) -> Callable[[int], tuple[str, ...]]:
    """What draws the one line of a bar in a given width, with `draw`, which takes that last."""
    return lambda width: (draw(*of, width),)


def _week_groups(week: ActivityWeek) -> tuple[tuple[int, ...], ...]:
    return week.applications, week.interviews, week.on_time, week.late


def _short(numbers: Sequence[int]) -> str:
    """The numbers with their marks, in columns: "■3  ◆2  ✓4"; nothing for none."""
    parts = zip(chart.WEEK_MARKS, numbers, strict=True)
    return " ".join(f"{mark + str(number) if number else '':<4}" for mark, number in parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _days(days: int) -> str:
    return plural(days, "day")
