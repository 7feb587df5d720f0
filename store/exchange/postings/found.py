"""What was found of a posting, ready for the form: each text cleaned, and short enough for it.

A file of its own: all who read postings fill it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from store.rules.fields import APPLICATION, TAG
from store.rules.text import Refused, clean, clean_tags, shorten


@dataclass(slots=True)
class FoundPosting:
    """The fields that were found, and which of them are guesses.

    `requirements` are offered as points to prepare, `remarks` are sentences for the user.
    """

    fields: dict[str, object] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)
    tags: list[str] = field(default_factory=list)
    requirements: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def put(self, name: str, text: str, *, guessed: bool = False) -> None:
        """Take `text` for the field `name`, unless that is known or nothing would be in it.

        What is too long is cut, which is remarked of all but guesses.
        """
        rule = APPLICATION[name]
        if self.fields.get(name) or not text.strip():
            return
        short = shorten(text.strip(), rule.limit)
        try:
            cleaned = clean(short, rule)
        except Refused:
            return  # such as a role of which nothing can be seen
        if not cleaned:
            return
        if len(text.strip()) > rule.limit and not guessed:
            self.remarks.append(
                f"{rule.label} is longer than the {rule.limit:,} characters that fit: it was cut."
            )
        self.fields[name] = cleaned
        if guessed:
            self.guessed.add(name)

    def put_day(self, name: str, day: date | None, *, guessed: bool = False) -> None:
        """Take `day` for the field `name`, unless that is known or there is none."""
        if day is not None and not self.fields.get(name):
            self.fields[name] = day
            if guessed:
                self.guessed.add(name)

    def values(self) -> Mapping[str, object]:
        """The fields with the tags, as the form holds them."""
        tags = [tag for tag in self.tags if len(tag) <= TAG.limit]
        return {**self.fields, "tags": clean_tags(tags)}
