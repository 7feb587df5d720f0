"""What else is typed in one line about applications: a reply, a reminder, a later day, new tags.

The readers answer as those in `tui.typed.interviews`.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from store.rules.dates import echo_day, short_day
from store.rules.fields import MESSAGE, REMINDER
from store.rules.text import Refused, as_sentence, clean, clean_tags, printable, quoted, shorten
from store.rules.typed.days import Later, NotADay, parse_day, parse_later, parse_window

_AUTOMATIC = ("auto", "automatic", "automatic reply")
_DAY_WORDS_AT_MOST = 6
_ECHO_AT_MOST = 60
"""Characters of the user's words that are said back."""


class Reply(NamedTuple):
    """What they wrote: when, by when they decide, whether a machine wrote it, and its words."""

    on: date
    decides_by: date | None = None
    said: str = ""
    automatic: bool = False
    text: str = ""


class TypedReminder(NamedTuple):
    """A follow-up of the user's own."""

    on: date
    label: str


def read_reply(text: str, today: date) -> tuple[Reply, str]:
    """Nothing for a reply today; “by fri”, “next week”: when they decide; “yesterday”, “auto”.

    Their words may follow after “ -- ”.
    """
    when, dashes, said = f" {text} ".partition(" -- ")
    reply, echo = _read_reply(" ".join(when.split()), today)
    if not dashes or not said.strip():
        return reply, echo
    words = clean(said, MESSAGE)
    return reply._replace(text=words), f"{echo}: {shorten(words, _ECHO_AT_MOST)}"


def _read_reply(words: str, today: date) -> tuple[Reply, str]:
    if not words:
        return Reply(today), "They replied today"
    if words.lower() in _AUTOMATIC:
        return Reply(today, automatic=True), "An auto-reply came today"
    before, by, after = f" {words} ".partition(" by ")
    if not by:
        on = _past_day(words, today)
        if on is not None:
            return Reply(on), f"They replied {echo_day(on, today)}"
        before, after = "", words
    try:
        on = parse_day(before, today, past=True) if before.strip() else today
        decides_by = parse_window(after.strip(), on)
    except NotADay:
        raise Refused(
            f"{quoted(words)} is not a date. "
            "Put their words after a date: “today -- they want to talk again”."
        ) from None
    replied = "today" if on == today else echo_day(on, today)
    echo = f"They replied {replied}, and decide by {echo_day(decides_by, today)}"
    return Reply(on, decides_by, after.strip()), echo


def read_later_day(text: str, today: date, due_on: date) -> tuple[date, str]:
    """A day after today: “+1d”, “fri”, “next week”; counted from `due_on` where that is ahead."""
    later = parse_later(text, today, due_on)
    more = explain_later(later, today, due_on)
    return later.day, f"{echo_day(later.day, today)}{f'; {more}' if more else ''}"


def explain_later(later: Later, today: date, due_on: date) -> str:
    """How a day to which something is put off lies to the day on which it is due, if ahead."""
    due = short_day(due_on, today)
    if later.earlier:
        return f"earlier than now, {due}"
    return f"counted from {due}, when it is due" if later.counted else ""


def read_reminder(text: str, today: date) -> tuple[TypedReminder, str]:
    """“fri call Ana”: a day, then what to do."""
    words = text.split()
    first: Refused | None = None
    for count in range(min(len(words), _DAY_WORDS_AT_MOST), 0, -1):
        day = " ".join(words[:count])
        try:
            on = parse_day(day, today, future=True)
        except Refused as refused:
            if _names_a_day(day, today):
                raise
            first = refused
            continue
        if on < today:
            raise Refused(f"{echo_day(on, today)}: that date is in the past. Choose a later date.")
        if count == len(words):
            raise Refused(f"{echo_day(on, today)}: what should I remind you of?")
        label = clean(" ".join(words[count:]), REMINDER)
        return TypedReminder(on, label), f"{echo_day(on, today)}: {label}"
    if first is not None and not isinstance(first, NotADay):
        raise first
    what = shorten(printable(" ".join(words)), _ECHO_AT_MOST) or "call Ana"
    raise Refused(as_sentence(f"Start with a date: fri {what}"))


def _names_a_day(words: str, today: date) -> bool:
    """Whether `words` are a day at all, one that is over too."""
    try:
        return parse_day(words, today) is not None
    except Refused:
        return False


def _past_day(words: str, today: date) -> date | None:
    """The day on which they replied, if `words` name one: “yesterday”, “last week”, “20 nov”.

    Words that can mean a day to come are those of a decision.
    """
    try:
        parse_window(words, today)
    except Refused:
        try:
            return parse_day(words, today, past=True)
        except Refused:
            return None
    return today if words.lower() == "today" else None


_BEFORE_SIGN = re.compile(r"\s*,\s*|\s+(?=[+#-])")
_CONTACT = {"no contact": True, "contact ok": False}


def read_edits(
    text: str, tags: Mapping[int, tuple[str, ...]]
) -> tuple[dict[int, dict[str, object]], str]:
    """“+remote -onsite, no contact”: what changes in each of several applications.

    A word without a sign is a tag too.

    Args:
        tags: those that each application has, by its id.
    """
    words = [word for word in _BEFORE_SIGN.split(text.strip()) if word]
    changes: dict[int, dict[str, object]] = {id_: {} for id_ in tags}
    left = {id_: list(each) for id_, each in tags.items()}
    said = []
    for word in words:
        contact = _CONTACT.get(" ".join(word.casefold().split()))
        if contact is not None:
            for change in changes.values():
                change["no_contact"] = contact
            said.append("no contact" if contact else "contact ok")
        else:
            said.append(_edit_tags(word, left))
    for id_, each in left.items():
        if tuple(each) != tags[id_]:
            changes[id_]["tags"] = clean_tags(each)
    changes = {id_: change for id_, change in changes.items() if change}
    if not words:
        raise Refused("Enter a tag to add, “+remote”, or one to remove, “-onsite”.")
    if not changes:
        raise Refused("They have that already.")
    return changes, "; ".join(said)


def _edit_tags(word: str, tags: Mapping[int, list[str]]) -> str:
    """Add a tag to those that do not have it, or remove it from those that do; says which."""
    removing = word.startswith("-")
    cleaned = clean_tags([word.lstrip("+-# ")])
    if not cleaned:
        raise Refused(f"{quoted(word)} names no tag.")
    (tag,) = cleaned
    key = tag.casefold()
    having = [id_ for id_, each in tags.items() if key in map(str.casefold, each)]
    if removing and not having:
        raise Refused(f"None of them has the tag {quoted(tag)}.")
    for id_, each in tags.items():
        if removing:
            each[:] = [one for one in each if one.casefold() != key]
        elif id_ not in having:
            each.append(tag)
    number = len(having) if removing else len(tags) - len(having)
    return f"{'-' if removing else '+'}{tag} on {number:,} of {len(tags):,}"
