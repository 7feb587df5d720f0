"""Where applications went, as a picture: the funnel of stages, and their flow to where they ended.

Plain SVG without scripts. Colours are names that a page or the picture itself gives a value, for
light and for dark. There is no text of the user's in it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import NamedTuple

from store.rules.chances.chances import ENOUGH, FunnelStep, History, course
from store.rules.stages import ORDER, Outcome, Stage
from store.rules.text import plural

_WORDS = {
    Stage.APPLIED: "Applied",
    Stage.FIRST: "First interview",
    Stage.SECOND: "Further interviews",
    Stage.OFFER: "Offer",
}
_OPEN = "Still open"
_ENDS: dict[Outcome | None, tuple[str, str]] = {
    Outcome.ACCEPTED: ("Accepted", "good"),
    None: (_OPEN, "open"),
    Outcome.DECLINED: ("Declined by you", "own"),
    Outcome.WITHDRAWN: ("Withdrawn by you", "own"),
    Outcome.REJECTED: ("Rejected", "bad"),
    Outcome.NO_RESPONSE: ("No response", "silent"),
    Outcome.CANCELLED: ("Cancelled by them", "silent"),
}
"""Where applications end, in the order from above, in words, and the colour of each."""

STYLE = """\
svg.rounds{--ink:#1d2433;--dim:#5b6475;--paper:#fff;--stage:#3567b5;--good:#2e7d4f;--open:#7a8599;
--own:#8a5fa8;--bad:#b5473c;--silent:#a9792b;--rail:#e6e9ef;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
max-width:100%;height:auto}
svg.rounds text{fill:var(--ink);font-size:13px}
svg.rounds .dim,svg.rounds text.dim{fill:var(--dim)}
svg.rounds .stage{fill:var(--stage)}svg.rounds .good{fill:var(--good)}
svg.rounds .open{fill:var(--open)}svg.rounds .own{fill:var(--own)}svg.rounds .bad{fill:var(--bad)}
svg.rounds .silent{fill:var(--silent)}svg.rounds .rail{fill:var(--rail)}
svg.rounds path{fill-opacity:.34}
"""
DARK = """\
svg.rounds{--ink:#e6e9ef;--dim:#a4adbd;--paper:#171b23;--stage:#6f9fe8;--good:#5cbf86;
--open:#8b96aa;--own:#b791d6;--bad:#e0796e;--silent:#d6a453;--rail:#2a303c}
"""
"""The same colours on a dark ground."""

_WIDTH, _HEIGHT = 900, 420
_NODE = 14
"""How wide a node of the flow is; all lengths here are pixels of the picture."""
_TOP, _LEFT, _RIGHT = 40, 6, 185
_GAP = 12
_SLOT = 17
"""The least height that a node takes, so that its words have room."""


def flow_picture(histories: Iterable[History], today: date) -> str:
    """The flow of these applications as a whole SVG file."""
    courses = [course(history, today) for history in histories]
    found = Counter((one.reached, one.history.outcome) for one in courses)
    styled = (
        f"<style>{STYLE}svg.rounds .ground{{fill:var(--paper)}}"
        f"@media (prefers-color-scheme: dark){{{DARK}}}</style>"
    )
    ground = f'<rect class="ground" width="{_WIDTH}" height="{_HEIGHT}"/>'
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _flow(found, styled + ground) + "\n"


def inline_flow(histories: Iterable[History], today: date) -> str:
    """The same to stand in a page, which has `STYLE` and `DARK`."""
    courses = [course(history, today) for history in histories]
    return _flow(Counter((one.reached, one.history.outcome) for one in courses), "")


class _Node(NamedTuple):
    """A node: where it stands, how many are in it, and what is written beside it."""

    x: float
    y: float
    height: float
    many: int
    words: str
    colour: str


def _flow(found: "Counter[tuple[Stage, Outcome | None]]", inside: str) -> str:
    total = sum(found.values())
    reached = {
        stage: sum(many for (last, _), many in found.items() if last.place >= stage.place)
        for stage in ORDER
    }
    stages = [stage for stage in ORDER if reached[stage]]
    said = _in_words(total, found)
    parts = [_open(_WIDTH, _HEIGHT, "Flow of applications", said), inside]
    if not total:
        parts.append(_text(_WIDTH / 2, _HEIGHT / 2, "No applications yet", "dim", "middle"))
        return "".join([*parts, "</svg>"])
    columns = len(stages) + 1
    step = (_WIDTH - _LEFT - _RIGHT - _NODE) / max(1, columns - 1)
    ends_at = {stage: _ends_of(stage, found) for stage in stages}
    scale = _scale(total, stages, reached, ends_at)
    bands, nodes = [], [_Node(_LEFT, _TOP, total * scale, total, _WORDS[stages[0]], "stage")]
    x, node = float(_LEFT), nodes[0]
    for place, stage in enumerate(stages):
        x_next = x + step
        y, leaving = float(_TOP), node.y
        following = stages[place + 1] if place + 1 < len(stages) else None
        targets = [(_WORDS[following], "stage", reached[following])] if following else []
        targets += [(words, colour, many) for words, colour, many in ends_at[stage]]
        coming = None
        for words, colour, many in targets:
            height = max(many * scale, 1.0)
            at = _Node(x_next, y, height, many, words, colour)
            bands.append(_band(node.x + _NODE, leaving, x_next, y, many * scale, colour))
            leaving += many * scale
            nodes.append(at)
            if colour == "stage":
                coming = at
            y += max(height, _SLOT) + _GAP
        if coming is None:
            break
        x, node = x_next, coming
        if place + 1 < len(stages):
            continue
    parts += bands
    parts += [_rect(one.x, one.y, _NODE, one.height, one.colour) for one in nodes]
    parts += [_label(one, total) for one in nodes]
    return "".join([*parts, "</svg>"])


def _ends_of(
    stage: Stage, found: "Counter[tuple[Stage, Outcome | None]]"
) -> Sequence[tuple[str, str, int]]:
    return [
        (words, colour, found[stage, outcome])
        for outcome, (words, colour) in _ENDS.items()
        if found[stage, outcome]
    ]


def _scale(
    total: int,
    stages: Sequence[Stage],
    reached: dict[Stage, int],
    ends_at: dict[Stage, Sequence[tuple[str, str, int]]],
) -> float:
    """Pixels for one application, so that the fullest column fits."""
    room = _HEIGHT - _TOP - 14.0
    scale = room / total
    for _ in range(60):
        heights = [total * scale]
        for place, stage in enumerate(stages):
            targets = [many for _, _, many in ends_at[stage]]
            if place + 1 < len(stages):
                targets.append(reached[stages[place + 1]])
            heights.append(sum(max(many * scale, _SLOT) + _GAP for many in targets) - _GAP)
        if max(heights) <= room:
            break
        scale *= 0.93
    return scale


def _band(x1: float, y1: float, x2: float, y2: float, height: float, colour: str) -> str:
    """What flows from one node to another."""
    middle = (x1 + x2) / 2
    height = max(height, 1.0)
    return (
        f'<path class="{colour}" d="M{x1:.1f},{y1:.1f} C{middle:.1f},{y1:.1f} {middle:.1f},'
        f"{y2:.1f} {x2:.1f},{y2:.1f} L{x2:.1f},{y2 + height:.1f} C{middle:.1f},"
        f'{y2 + height:.1f} {middle:.1f},{y1 + height:.1f} {x1:.1f},{y1 + height:.1f} Z"/>'
    )


def _label(node: _Node, total: int) -> str:
    """The words of a node: of a stage they stand above it, where nothing flows, else beside."""
    share = f", {round(100 * node.many / total)} %" if node.many != total else ""
    many = f"{node.many:,}{share}"
    if node.colour == "stage":
        x, y, below = node.x, node.y - 24, f' x="{node.x:.1f}" dy="16"'
    else:
        x, y, below = node.x + _NODE + 6, node.y + max(node.height / 2 + 4.5, 12), ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}">{escape(node.words)} '
        f'<tspan class="dim"{below}>{many}</tspan></text>'
    )


def funnel_picture(steps: Sequence[FunnelStep]) -> str:
    """How many came to each stage, as bars, with the share that went on; to stand in a page."""
    reached = [step.counted + len(step.withdrawn) for step in steps]
    accepted = len(steps[-1].went_on) if steps else 0
    lines = [(_WORDS[step.stage], many, step) for step, many in zip(steps, reached, strict=True)]
    most = max([1, *reached])
    width, row = 900, 40
    said = ", ".join(f"{words}: {many:,}" for words, many, _ in lines)
    parts = [_open(width, row * (len(lines) + 1) - 6, "Stages reached", f"{said}.")]
    for place, (words, many, step) in enumerate(lines):
        y = row * place + 4
        parts.append(_text(0, y + 19, words))
        parts.append(_rect(150, y, 470, 28, "rail"))
        parts.append(_rect(150, y, max(470 * many / most, 2 if many else 0), 28, "stage"))
        parts.append(_text(632, y + 19, f"{many:,}"))
        parts.append(_text(690, y + 19, _went_on(step), "dim"))
    y = row * len(lines) + 4
    parts.append(_text(0, y + 19, "Accepted"))
    parts.append(_rect(150, y, 470, 28, "rail"))
    parts.append(_rect(150, y, max(470 * accepted / most, 2 if accepted else 0), 28, "good"))
    parts.append(_text(632, y + 19, f"{accepted:,}"))
    return "".join([*parts, "</svg>"])


def _went_on(step: FunnelStep) -> str:
    """What became of those that came so far."""
    if step.so_far is None:
        return f"{step.passed:,} went on" if step.counted >= ENOUGH else ""
    return f"{step.passed:,} of {step.counted:,} went on ({round(100 * step.so_far)} %)"


def _in_words(total: int, found: "Counter[tuple[Stage, Outcome | None]]") -> str:
    """The picture in words, for those who do not see it."""
    ends = Counter[str]()
    for (stage, outcome), many in found.items():
        ends[f"{_ENDS[outcome][0].lower()} at {_WORDS[stage].lower()}"] += many
    told = ", ".join(f"{many:,} {words}" for words, many in ends.most_common())
    return f"{plural(total, 'application')}: {told}." if total else "No applications yet."


def _open(width: float, height: float, title: str, said: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="rounds" role="img" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}">'
        f"<title>{escape(title)}</title><desc>{escape(said)}</desc>"
    )


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return (
        f'<rect class="{colour}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" rx="2"/>'
    )


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "") -> str:
    kind = f' class="{kind}"' if kind else ""
    anchor = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{kind}{anchor}>{escape(words)}</text>'
