"""The two themes of rounds, and the inks with which its widgets draw under any theme.

Every ink that writes text keeps a contrast of at least 4.5:1 to what it is written on (WCAG 2.2,
AA): a colour of a theme that does not is moved towards black or white until it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from store.rules.stages import ORDER, Stage
from store.rules.urgency import Level

_COLORS = {
    "primary": ("#7cb7d6", "#1f6f8f"),
    "secondary": ("#8f9bb3", "#5f6b7a"),
    "accent": ("#7cb7d6", "#1f6f8f"),
    "warning": ("#e5b567", "#8a5a00"),
    "error": ("#f0837a", "#b3372c"),
    "success": ("#93c48b", "#3f7a37"),
    "foreground": ("#d6dbe3", "#2a2f36"),
    "background": ("#15181d", "#f6f4ef"),
    "surface": ("#1b1f26", "#fdfcf9"),
    "panel": ("#252a33", "#e9e6de"),
}
_VARIABLES = {
    "block-cursor-background": ("#2d3644", "#dce7ec"),
    "block-cursor-foreground": ("#eef2f7", "#14181d"),
    "block-cursor-text-style": ("none", "none"),
    "input-selection-background": ("#7cb7d6 35%", "#1f6f8f 25%"),
    "footer-background": ("#15181d", "#f6f4ef"),
    "border": ("#7cb7d6", "#1f6f8f"),
    "border-blurred": ("#39414e", "#c9c4b8"),
    "stage-applied": ("#9fb0d3", "#4d5f8a"),
    "stage-first": ("#62c3b5", "#00706b"),
    "stage-second": ("#bd9cf0", "#7246b4"),
    "stage-offer": ("#93c48b", "#3a7431"),
}
"""The colours of our themes, each in the dark and in the light one."""


def _theme(name: str, *, light: bool) -> Theme:
    colors: dict[str, Any] = {key: pair[light] for key, pair in _COLORS.items()}
    variables = {key: pair[light] for key, pair in _VARIABLES.items()}
    return Theme(name, **colors, dark=not light, variables=variables)


ROUNDS_DARK = _theme("rounds-dark", light=False)
ROUNDS_LIGHT = _theme("rounds-light", light=True)
OURS = (ROUNDS_DARK, ROUNDS_LIGHT)

TEXT_CONTRAST = 4.5
"""The least contrast of text to its ground (WCAG 2.2, 1.4.3)."""
CARD_CONTRAST = 1.25
"""The least contrast of a card to the ground that it lies on."""
FRAME_CONTRAST = 2
"""The least contrast of a border line to its ground (product)."""
_FAINT = 0.36
"""Border lines; the style sheets say the same share."""
_MUTED = 0.68
_CURSOR = 0.16
_STEPS = 40
_STAGE_INKS: Mapping[Stage, str] = {
    Stage.APPLIED: "secondary",
    Stage.FIRST: "primary",
    Stage.SECOND: "accent",
    Stage.OFFER: "success",
}
"""The colour of a theme that stands for a stage where the theme has none of its own for it."""


@dataclass(frozen=True, eq=False)
class Shade:
    """The styles of what is written on one ground."""

    ground: Style
    """Blank places."""
    text: Style
    strong: Style
    muted: Style
    accent: Style
    levels: Mapping[Level, Style]
    """What a line of such an urgency is written with."""


@dataclass(frozen=True, eq=False)
class Inks(Shade):
    """The styles with which lanes, panel, header and key bar are drawn under one theme.

    Those of the blank ground are its own. Compared by identity: one object for each theme, so
    that it can stand in cache keys.
    """

    card: Shade
    """Cards lie on a surface of their own."""
    cursor: Shade
    """The card, row or day under the cursor."""
    frame: Style
    """Border lines of what is not active."""
    frame_active: Style
    title: Style
    """The name of a section, and of a key."""
    stages: Mapping[Stage, Style]
    """The accent of each stage: its title, and the frame of the panel."""
    lifted: Style
    """A card while it is dragged."""
    key_label: Style


def readable(color: Color, ground: Color, least: float = TEXT_CONTRAST) -> Color:
    """`color`, moved towards black or white until it has the contrast `least` to `ground`."""
    end = max(Color(255, 255, 255), Color(0, 0, 0), key=lambda ink: contrast(ink, ground))
    for tenth in range(11):
        moved = color.blend(end, tenth / 10, alpha=1)
        if contrast(moved, ground) >= least:
            return moved
    return end


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lift_off(ground: Color, text: Color) -> Color:
    """`ground`, moved towards the colour of text until it has `CARD_CONTRAST` to itself."""
    for step in range(1, _STEPS):
        moved = ground.blend(text, step / _STEPS, alpha=1)
        if contrast(moved, ground) >= CARD_CONTRAST:
            return moved
    return ground


def inks_of(variables: Mapping[str, str], *, ansi: bool = False) -> Inks:
    """The inks under the theme whose CSS variables are `variables`; with `ansi` those of the
    terminal's own sixteen colours."""
    if ansi:
        return _ansi_inks()

    def color(name: str) -> Color:
        return Color.parse(variables[name])

    ground = color("background")
    text = readable(color("foreground").blend(ground, 0, alpha=1), ground, 7)
    accent = color("accent")
    card = _lift_off(ground, text)
    lit = _lift_off(card, text).blend(accent, _CURSOR, alpha=1)

    muted = ground.blend(text, _MUTED, alpha=1)
    faint = readable(ground.blend(text, _FAINT, alpha=1), ground, FRAME_CONTRAST)
    colors = {
        Level.LATE: color("error"),
        Level.TODAY: color("warning"),
        Level.SOON: accent,
        Level.ASK: accent,
        Level.COMING: muted,
        Level.IDLE: muted,
        Level.QUIET: muted,
    }

    def style(color: Color, on: Color, *, bold: bool = False) -> Style:
        return Style(color=readable(color, on).rich_color, bgcolor=on.rich_color, bold=bold)

    def shade(on: Color) -> Shade:
        return Shade(
            ground=Style(bgcolor=on.rich_color),
            text=style(text, on),
            strong=style(text, on, bold=True),
            muted=style(muted, on),
            accent=style(accent, on),
            levels={level: style(color, on) for level, color in colors.items()},
        )

    blank = shade(ground)
    return Inks(
        **vars(blank),
        card=shade(card),
        cursor=shade(lit),
        frame=Style(color=faint.rich_color, bgcolor=ground.rich_color),
        frame_active=blank.accent,
        title=style(accent, ground, bold=True),
        stages={
            stage: style(Color.parse(variables.get(f"stage-{stage}") or variables[name]), ground)
            for stage, name in _STAGE_INKS.items()
        },
        lifted=blank.muted + Style(italic=True),
        key_label=blank.muted,
    )


def _ansi_inks() -> Inks:
    """With the terminal's own colours: what they look like is for the terminal to say."""
    plain, bold, dim = Style(), Style(bold=True), Style(dim=True)
    levels = {
        Level.LATE: Style(color="red", bold=True),
        Level.TODAY: Style(color="yellow"),
        Level.SOON: Style(color="cyan"),
        Level.ASK: Style(color="cyan"),
        Level.COMING: plain,
        Level.IDLE: dim,
        Level.QUIET: dim,
    }
    accent = Style(color="cyan", bold=True)
    blank = Shade(plain, plain, bold, dim, accent, levels)
    return Inks(
        **vars(blank),
        card=blank,
        cursor=replace(blank, strong=Style(bold=True, reverse=True), muted=plain),
        frame=dim,
        frame_active=Style(color="cyan"),
        title=accent,
        stages=dict.fromkeys(ORDER, accent),
        lifted=Style(dim=True, italic=True),
        key_label=plain,
    )
