"""Text measured in terminal cells: wide characters take two, combining ones none."""

from functools import lru_cache

from rich.cells import cell_len, chop_cells, set_cell_size

__all__ = ["bar", "cell_len", "clip", "fit", "in_parts", "settle", "wrap"]

ELLIPSIS = "…"
BOX, TICKED = "☐", "☑"
"""What stands before a line that can be ticked, and before one that is."""

_UNSETTLED: dict[int, str | None] = {
    **dict.fromkeys((0x200D, 0xFE0E, 0xFE0F, 0x20E3)),
    **dict.fromkeys(range(0x1F3FB, 0x1F400)),
    **{0x1F1E6 + place: chr(ord("A") + place) for place in range(26)},
}
"""What joins or colours emoji, and the letters of flags: terminals differ in the width of that."""


def settle(text: str) -> str:
    """Replace emoji whose width differs between terminals.

    A family becomes its members and a flag its two letters, so that what follows stays in line.
    """
    return text if text.isascii() else text.translate(_UNSETTLED)


def clip(text: str, width: int) -> str:
    """Cut `text` to at most `width` cells, with an ellipsis where it was cut."""
    if width <= 0:
        return ""
    # Cut by characters first, so that a long text is not measured whole: a cell holds a handful.
    text = settle(text[: width * 16])
    if len(text) * 2 <= width or cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def fit(text: str, width: int) -> str:
    """Cut or pad `text` to exactly `width` cells."""
    if text.isascii() and len(text) <= width:
        return text.ljust(width)
    return set_cell_size(clip(text, width), width) if width > 0 else ""


_BETWEEN = (" · ", ", ")
"""What stands between the parts of a text that are read one by one."""


def in_parts(text: str, width: int) -> str:
    """As many whole parts of `text` as `width` cells hold, the first of them cut if it must be.

    Parts are what stands between dots or commas; those that are left out leave no mark.
    """
    text = settle(text)
    if cell_len(text) <= width:
        return text
    ends = sorted(
        at for between in _BETWEEN for at in range(len(text)) if text.startswith(between, at)
    )
    fitting = [at for at in ends if cell_len(text[:at]) <= width]
    return text[: fitting[-1]] if fitting else clip(text, width)


def bar(share: float, cells: int) -> tuple[str, str]:
    """The full and the empty part of a bar of `cells`; `share` is 0 to 1, what is beyond is cut."""
    full = max(0, min(cells, round(share * cells)))
    return "▰" * full, "▱" * (cells - full)


@lru_cache(maxsize=1024)
def wrap(text: str, width: int, at_most: int = 1_000) -> tuple[str, ...]:
    """Wrap `text` into lines of at most `width` cells, between words where possible.

    After `at_most` lines an ellipsis stands for the rest. Line breaks of the text are kept.
    """
    if width <= 0:
        return ()
    lines: list[str] = []
    for paragraph in settle(text[: width * at_most * 4]).split("\n"):
        lines += _wrap_paragraph(paragraph, width)
        if width == 1:  # a character of two cells has no place there
            lines = [clip(line, width) for line in lines]
        if len(lines) > at_most:
            kept = lines[:at_most]
            last = kept[-1]
            roomy = cell_len(last) + 2 <= width
            kept[-1] = f"{last} {ELLIPSIS}" if roomy else clip(last + ELLIPSIS, width)
            return tuple(kept)
    return tuple(lines)


def _wrap_paragraph(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for word in paragraph.split():
        size = cell_len(word)
        if used and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if used:
            lines.append(line)
        if size > width:
            *full, word = chop_cells(word, width) or [""]
            lines += full
            size = cell_len(word)
        line, used = word, size
    lines.append(line)
    return lines
