"""The two themes of rounds, and the inks with which its widgets draw under any theme.

Every ink that writes text keeps a contrast of at least 4.5:1 to what it is written on (WCAG 2.2,
AA): a colour of a theme that does not is moved towards black or white until it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from store.rules.stages import ORDER, Stage
from store.rules.urgency import Level

ROUNDS_DARK = Theme(
    name="rounds-dark",
    primary="#7cb7d6",
    secondary="#8f9bb3",
    accent="#7cb7d6",
    warning="#e5b567",
    error="#f0837a",
    success="#93c48b",
    foreground="#d6dbe3",
    background="#15181d",
    surface="#1b1f26",
    panel="#252a33",
    dark=True,
    variables={
        "block-cursor-background": "#2d3644",
        "block-cursor-foreground": "#eef2f7",
        "block-cursor-text-style": "none",
        "input-selection-background": "#7cb7d6 35%",
        "footer-background": "#15181d",
        "border": "#7cb7d6",
        "border-blurred": "#39414e",
        "stage-applied": "#9fb0d3",
        "stage-first": "#62c3b5",
        "stage-second": "#bd9cf0",
        "stage-offer": "#93c48b",
    },
)
ROUNDS_LIGHT = Theme(
    name="rounds-light",
    primary="#1f6f8f",
    secondary="#5f6b7a",
    accent="#1f6f8f",
    warning="#8a5a00",
    error="#b3372c",
    success="#3f7a37",
    foreground="#2a2f36",
    background="#f6f4ef",
    surface="#fdfcf9",
    panel="#e9e6de",
    dark=False,
    variables={
        "block-cursor-background": "#dce7ec",
        "block-cursor-foreground": "#14181d",
        "block-cursor-text-style": "none",
        "input-selection-background": "#1f6f8f 25%",
        "footer-background": "#f6f4ef",
        "border": "#1f6f8f",
        "border-blurred": "#c9c4b8",
        "stage-applied": "#4d5f8a",
        "stage-first": "#00706b",
        "stage-second": "#7246b4",
        "stage-offer": "#3a7431",
    },
)
OURS = (ROUNDS_DARK, ROUNDS_LIGHT)

TEXT_CONTRAST = 4.5
"""The least contrast of text to its ground (WCAG 2.2, 1.4.3)."""
CARD_CONTRAST = 1.25
"""The least contrast of a card to the ground that it lies on."""
_FAINT = 0.26
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
class Inks:
    """The styles with which lanes, panel, header and key bar are drawn under one theme.

    Compared by identity: one object for each theme, so that it can stand in cache keys.
    """

    ground: Style
    """Blank places."""
    text: Style
    strong: Style
    muted: Style
    frame: Style
    """Border lines of what is not active."""
    frame_active: Style
    title: Style
    title_active: Style
    accent: Style
    levels: Mapping[Level, Style]
    """What a card's line is written with."""
    card_ground: Style
    """Cards lie on a surface of their own, with inks of their own."""
    card_text: Style
    card_strong: Style
    card_muted: Style
    card_levels: Mapping[Level, Style]
    cursor_ground: Style
    """The same inks on the card under the cursor."""
    cursor_text: Style
    cursor_strong: Style
    cursor_muted: Style
    cursor_bar: Style
    cursor_levels: Mapping[Level, Style]
    stages: Mapping[Stage, Style]
    """The accent of each stage: its title, and the frame of the panel."""
    chosen: Style
    """The day under the cursor in the strip of days."""
    lifted: Style
    """A card while it is dragged."""
    key: Style
    key_label: Style


def inks_of(variables: Mapping[str, str], *, ansi: bool = False) -> Inks:
    """The inks under the theme whose CSS variables are `variables`.

    Args:
        variables: `App.theme_variables`.
        ansi: whether the terminal's own sixteen colours are to be used.
    """
    return _ansi_inks() if ansi else _inks(variables)


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


def _lifted_off(ground: Color, text: Color) -> Color:
    """`ground`, moved towards the colour of text until it has `CARD_CONTRAST` to itself."""
    for step in range(1, _STEPS):
        moved = ground.blend(text, step / _STEPS, alpha=1)
        if contrast(moved, ground) >= CARD_CONTRAST:
            return moved
    return ground


def _inks(variables: Mapping[str, str]) -> Inks:
    def named(name: str) -> Color:
        return Color.parse(variables[name])

    ground = named("background")
    text = readable(named("foreground").blend(ground, 0, alpha=1), ground, 7)
    accent = named("accent")
    card = _lifted_off(ground, text)
    lit = _lifted_off(card, text).blend(accent, _CURSOR, alpha=1)

    def style(color: Color, on: Color, *, bold: bool = False) -> Style:
        return Style(color=readable(color, on).rich_color, bgcolor=on.rich_color, bold=bold)

    def levels(on: Color) -> dict[Level, Style]:
        muted = ground.blend(text, _MUTED, alpha=1)
        colors = {
            Level.LATE: named("error"),
            Level.TODAY: named("warning"),
            Level.SOON: accent,
            Level.ASK: accent,
            Level.COMING: muted,
            Level.IDLE: muted,
            Level.QUIET: muted,
        }
        return {level: style(color, on) for level, color in colors.items()}

    muted = ground.blend(text, _MUTED, alpha=1)
    faint = ground.blend(text, _FAINT, alpha=1)
    frame = Style(color=faint.rich_color, bgcolor=ground.rich_color)
    return Inks(
        ground=Style(bgcolor=ground.rich_color),
        text=style(text, ground),
        strong=style(text, ground, bold=True),
        muted=style(muted, ground),
        frame=frame,
        frame_active=style(accent, ground),
        title=style(muted, ground),
        title_active=style(accent, ground, bold=True),
        accent=style(accent, ground),
        levels=levels(ground),
        card_ground=Style(bgcolor=card.rich_color),
        card_text=style(text, card),
        card_strong=style(text, card, bold=True),
        card_muted=style(muted, card),
        card_levels=levels(card),
        cursor_ground=Style(bgcolor=lit.rich_color),
        cursor_text=style(text, lit),
        cursor_strong=style(text, lit, bold=True),
        cursor_muted=style(muted, lit),
        cursor_bar=style(accent, lit),
        cursor_levels=levels(lit),
        stages={
            stage: style(Color.parse(variables.get(f"stage-{stage}") or variables[name]), ground)
            for stage, name in _STAGE_INKS.items()
        },
        chosen=style(text, lit, bold=True),
        lifted=style(muted, ground) + Style(italic=True),
        key=style(accent, ground, bold=True),
        key_label=style(muted, ground),
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
    return Inks(
        ground=plain,
        text=plain,
        strong=bold,
        muted=dim,
        frame=dim,
        frame_active=Style(color="cyan"),
        title=plain,
        title_active=accent,
        accent=accent,
        levels=levels,
        card_ground=plain,
        card_text=plain,
        card_strong=bold,
        card_muted=dim,
        card_levels=levels,
        cursor_ground=plain,
        cursor_text=plain,
        cursor_strong=Style(bold=True, reverse=True),
        cursor_muted=plain,
        cursor_bar=accent,
        cursor_levels=levels,
        stages=dict.fromkeys(ORDER, accent),
        chosen=Style(bold=True, reverse=True),
        lifted=Style(dim=True, italic=True),
        key=accent,
        key_label=plain,
    )
