"""The figures in sentences: honest about how few cases there are, and no promise."""

from store.rules.chances import ENOUGH, Funnel, Step, TimeInStage
from store.rules.figures import QUALITIES, Figure, typical
from store.rules.intervals import INTERVAL_NAME, Rate
from store.rules.stages import Stage

WHAT_DECIDES = "What decides is how you do, how well you and the job fit, what they need and when."
"""Said below every line about one application."""
DECIDES = f"{WHAT_DECIDES} No figure here is a promise for this application."
"""The same where there is room."""

_WENT_ON = {
    Stage.APPLIED: "led to a first interview",
    Stage.FIRST: "went on to a second",
    Stage.SECOND: "went on to an offer",
    Stage.OFFER: "were accepted",
}
_TOO_FEW = "too few for a rate"
_LEADS_TO = {
    Stage.APPLIED: "applied to first",
    Stage.FIRST: "first to second",
    Stage.SECOND: "second to offer",
    Stage.OFFER: "offer to accepted",
}


def percent(share: float) -> str:
    """A share in percent: "36 %"; with a decimal where a whole number would say none or all.

    "0 %" and "100 %" are exact: nothing is rounded to them.
    """
    return f"{_percents(share)} %"


def rate_words(rate: Rate) -> str:
    """A rate with its bounds: "36 %, 15–65 %"."""
    return f"{percent(rate.share)}, {rate_bounds(rate)}"


def step_name(stage: Stage) -> str:
    """The step out of `stage`: "second to offer"."""
    return _LEADS_TO[stage]


def counts(step: Step) -> str:
    """How many of the decided ones went on: "4 of 11"; "none decided" without any."""
    return f"{step.passed:,} of {step.decided:,}" if step.decided else "none decided"


def rate_bounds(rate: Rate) -> str:
    """The bounds of a rate alone: "15–65 %"."""
    return f"{_percents(rate.low)}–{percent(rate.high)}"


def card_line(step: Step) -> str:
    """An application's own line: how those before it fared from its stage, and what is typical.

    "Second: 4 of 11 of yours went on to an offer (36 %, 15–65 %); typical 1 in 3".
    """
    stage = step.stage
    return f"{stage.title}: {_own(step)}; typical {typical(stage).line}"


def caption(stage: Stage) -> str:
    """What stands below `card_line`: what the stage means, and what decides."""
    return f"{typical(stage).caption} {DECIDES}"


def step_line(step: Step) -> str:
    """A step in a list: "second to offer: 4 of 11 (36 %, 15–65 %), 3 undecided"."""
    words = f"{_LEADS_TO[step.stage]}: {_counted(step)}"
    return f"{words}, {len(step.undecided):,} undecided" if step.undecided else words


def time_line(time: TimeInStage) -> str:
    """The time in a stage: "second: half were answered within 9 days, a quarter within 4"."""
    return f"{time.stage}: {_answered(time)}"


def missing_line(found: Funnel) -> str:
    """What has to happen before there is a rate to show; "" once there is one."""
    if not found.applications:
        return "There are no applications to count yet."
    if any(step.rate for step in found.steps):
        return ""
    decided = max(step.decided for step in found.steps)
    return (
        f"No rates yet: a step needs {ENOUGH} applications that went on or ended there, "
        f"and at most {decided} have so far."
    )


def details(step: Step) -> tuple[str, ...]:
    """All that is behind `card_line`: the user's own counts, the typical range, each figure."""
    found = typical(step.stage)
    marks = "; ".join(f"{mark}: {QUALITIES[mark]}" for mark in found.quality.split("/"))
    bounds = f" The bounds are a {INTERVAL_NAME}." if step.rate else ""
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


def _own(step: Step) -> str:
    if not step.decided:
        return "none of yours decided so far"
    counts = f"{step.passed:,} of {step.decided:,} of yours {_WENT_ON[step.stage]}"
    return f"{counts} ({rate_words(step.rate)})" if step.rate else f"{counts}, {_TOO_FEW}"


def _counted(step: Step) -> str:
    if not step.decided:
        return "none decided so far"
    counts = f"{step.passed:,} of {step.decided:,}"
    return f"{counts} ({rate_words(step.rate)})" if step.rate else f"{counts}, {_TOO_FEW}"


def _answered(time: TimeInStage) -> str:
    verb = "decided" if time.stage is Stage.OFFER else "answered"
    if not time.cases:
        return "none here whose days are known"
    if time.cases < ENOUGH:
        return f"{len(time.answered)} of {time.cases} {verb}, too few for a typical time"
    if time.half is not None:
        words = [f"half were {verb} {_within(time.half)}"]
        words += [f"a quarter {_within(time.quarter)}"] if time.quarter is not None else []
        words += (
            [f"three quarters {_within(time.three_quarters)}"]
            if time.three_quarters is not None
            else []
        )
        return ", ".join(words)
    few = f"a quarter {_within(time.quarter)}, " if time.quarter is not None else ""
    return f"{few}fewer than half were {verb} so far; the longest wait is {_days(time.longest)}"


def _within(days: int) -> str:
    return "the same day" if days == 0 else f"within {_days(days)}"


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


def _percents(share: float) -> str:
    hundredth = 100 * share
    if share in (0, 1) or 1 <= hundredth <= 99:
        return f"{hundredth:.0f}"
    if hundredth < 0.1:
        return "<0.1"
    return ">99.9" if hundredth > 99.9 else f"{hundredth:.1f}"
