"""The figures in sentences: honest about how few cases there are, and no promise."""

from store.rules.chances.chances import ENOUGH, Funnel, FunnelStep, TimeInStage
from store.rules.chances.figures import QUALITIES, Figure, typical
from store.rules.chances.statistics import INTERVAL_NAME
from store.rules.stages import Stage
from store.rules.text import plural

DECIDES = (
    "The outcome depends on your performance, the fit, and what they need and when. "
    "No figure here is a promise for this application."
)
"""Said wherever the figures are explained."""

_TOO_FEW = "not enough data yet"
_OPEN_COUNT = "Open applications count as not advanced yet, so it can still rise."
_LEADS_TO = {
    Stage.APPLIED: "to a first interview",
    Stage.FIRST: "to a second interview",
    Stage.SECOND: "to an offer",
    Stage.OFFER: "to an accepted offer",
}
"""What each step leads to, named by the stage before it."""
_BRIEFLY = {
    Stage.APPLIED: "to 1st interview",
    Stage.FIRST: "to 2nd interview",
    Stage.SECOND: "to an offer",
    Stage.OFFER: "to acceptance",
}
"""The same where there is little room."""
_TIME_AFTER = {
    Stage.APPLIED: "application",
    Stage.FIRST: "first interview",
    Stage.SECOND: "second interview",
    Stage.OFFER: "offer",
}
"""What is answered at the end of the time in a stage."""


def percent(share: float) -> str:
    """A share in percent: "36 %"; with a decimal where a whole number would say none or all.

    "0 %" and "100 %" are exact: nothing is rounded to them.
    """
    return f"{_percents(share)} %"


def rate_words(step: FunnelStep) -> str:
    """The share so far with its bounds, both of the same cases: "16 %, 7–32 %"; "" without one."""
    rate = step.rate_so_far
    return f"{percent(rate.share)}, {rate_bounds(step)}" if rate else ""


def step_name(stage: Stage) -> str:
    """The step out of `stage`: "to a second interview"."""
    return _LEADS_TO[stage]


def brief_step_name(stage: Stage) -> str:
    """The same beside a bar: "to 2nd interview"."""
    return _BRIEFLY[stage]


def time_name(stage: Stage) -> str:
    """What the time in `stage` is the answer to: "application", "second interview"."""
    return _TIME_AFTER[stage]


def counts(step: FunnelStep) -> str:
    """How many went on, of how many, and how many of those are open: "5 of 32 so far, 24 open".

    "4 of 11" with none open; "none decided" without a decided one.
    """
    words = f"{step.passed:,} of {step.counted:,}" if step.decided else "none decided"
    if not step.undecided:
        return words
    so_far = " so far" if step.decided else ""
    return f"{words}{so_far}, {len(step.undecided):,} open"


def rate_bounds(step: FunnelStep) -> str:
    """The bounds of the rate so far: "7–32 %"; "" without a rate."""
    rate = step.rate_so_far
    return f"{_percents(rate.low)}–{percent(rate.high)}" if rate else ""


def card_line(step: FunnelStep) -> str:
    """An application's own line: how those before it fared from its stage, and what is typical.

    "to an offer: 4 of your 14, 3 open · typical 25–50 %".
    """
    if step.decided:
        own = f"{_LEADS_TO[step.stage]}: {step.passed:,} of your {step.counted:,}"
    else:
        own = f"{_LEADS_TO[step.stage]}: none decided yet"
    still = f", {len(step.undecided):,} open" if step.undecided else ""
    return f"{own}{still} · typical {typical(step.stage).line}"


def step_line(step: FunnelStep) -> str:
    """A step in a list: "to an offer: 4 of 11 (36 %, 15–65 %), 2 withdrawn"."""
    words = f"{_LEADS_TO[step.stage]}: {counts(step)}{_rate_words(step)}"
    return f"{words}, {len(step.withdrawn):,} withdrawn" if step.withdrawn else words


def time_line(time: TimeInStage) -> str:
    """The time in a stage: "second interview: half were answered within 9 days, a quarter within
    4"."""
    return f"{time_name(time.stage)}: {_answer_words(time)}"


def missing_line(found: Funnel) -> str:
    """What has to happen before there is a rate to show; "" once there is one."""
    if not found.applications:
        return "No applications to count yet."
    if any(step.rate for step in found.steps):
        return ""
    decided = max(step.decided for step in found.steps)
    return (
        f"No rates yet: a stage needs {ENOUGH} applications that advanced or ended there, "
        f"and at most {decided} have so far."
    )


def details(step: FunnelStep) -> tuple[str, ...]:
    """All that is behind `card_line`: the user's own counts, the typical range, each figure."""
    found = typical(step.stage)
    marks = "; ".join(f"{mark}: {QUALITIES[mark]}" for mark in found.quality.split("/"))
    bounds = ""
    if step.rate_so_far:
        bounds = f" The bounds are a {INTERVAL_NAME}."
        bounds += f" {_OPEN_COUNT}" if step.undecided else ""
    return (
        f"Yours, {step_line(step)}.{bounds}",
        f"Typical: {found.range} ({found.years}). Quality {marks}.",
        *(figure_line(figure) for figure in found.figures),
    )


def figure_line(figure: Figure) -> str:
    """A published figure in full: what, how much, who, when, how good, where."""
    year = f"year {figure.year}" if figure.year == "not shown" else figure.year
    sentences = [
        f"{figure.what[0].upper()}{figure.what[1:]}: {figure.figure}",
        f"From {figure.who}, {year}, quality {figure.quality}",
    ]
    if figure.per_person:
        sentences.append("It counts people, not applications")
    if figure.note:
        sentences.append(figure.note.rstrip("."))
    sentences.append(f"Source: {'; '.join(figure.sources)}")
    return ". ".join(sentences) + "."


def _rate_words(step: FunnelStep) -> str:
    if step.rate_so_far:
        return f" ({rate_words(step)})"
    return f", {_TOO_FEW}" if step.decided else ""


def _answer_words(time: TimeInStage) -> str:
    verb = "decided" if time.stage is Stage.OFFER else "answered"
    if not time.cases:
        return "none here whose days are known"
    if time.cases < ENOUGH:
        return f"{len(time.answered)} of {time.cases} {verb}, not enough data for a typical time"
    if time.half is not None:
        words = [f"half were {verb} {within(time.half)}"]
        words += [f"a quarter {within(time.quarter)}"] if time.quarter is not None else []
        words += (
            [f"three quarters {within(time.three_quarters)}"]
            if time.three_quarters is not None
            else []
        )
        return ", ".join(words)
    few = f"a quarter {within(time.quarter)}, " if time.quarter is not None else ""
    return f"{few}fewer than half were {verb} so far; the longest wait is {_days(time.longest)}"


def within(days: int) -> str:
    """ "within 9 days"; "the same day"."""
    return "the same day" if days == 0 else f"within {_days(days)}"


def _days(days: int) -> str:
    return plural(days, "day")


def _percents(share: float) -> str:
    hundredth = 100 * share
    if share in (0, 1) or 1 <= hundredth <= 99:
        return f"{hundredth:.0f}"
    if hundredth < 0.1:
        return "<0.1"
    return ">99.9" if hundredth > 99.9 else f"{hundredth:.1f}"
