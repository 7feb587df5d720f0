"""The door for an application's details: texts cleaned, days plausible, nothing unknown."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from store.rules import fields
from store.rules.dates import short_day
from store.rules.employers import folded_employer
from store.rules.followups.presets import check_preset
from store.rules.people import check_relation
from store.rules.text import Refused, clean, clean_tags

_DAYS = ("posted_on", "closing_on", "expected_by")
OF_THE_CONTACT = ("contact_name", "contact_email", "contact_relation")
"""What belongs to the person to write to: see `store.pipeline.contacts.set_main`."""
_SWITCHES = ("no_contact", "stay_in_touch", "feedback_asked")


def checked(details: Mapping[str, Any], *, applied_on: date | None) -> dict[str, Any]:
    """The columns of `application` that `details` stand for, and what `OF_THE_CONTACT` names.

    Args:
        details: names of `store.rules.fields.APPLICATION` with texts, `tags` with a sequence of
            texts, `posted_on`, `closing_on`, `expected_by` with a day or None, `no_contact`,
            `stay_in_touch` and `feedback_asked` with a bool, `preset` with the name of one or "",
            `contact_relation` with one of `store.rules.people` or "", `applied_on` (left to the
            caller).
        applied_on: the day of the application, before which nobody can have named a date.

    Raises Refused for a text that does not fit and a day that cannot be; TypeError for a name
    that is none of these, since that is a mistake in the program.
    """
    columns: dict[str, Any] = {}
    for name, value in details.items():
        if name in fields.APPLICATION:
            columns[name] = clean(value, fields.APPLICATION[name])
            if name == "company":
                columns["employer"] = folded_employer(columns[name])
        elif name == "tags":
            columns[name] = json.dumps(clean_tags(value), ensure_ascii=False)
        elif name in _DAYS:
            columns[name] = value
        elif name in _SWITCHES:
            columns[name] = bool(value)
        elif name == "contact_relation":
            columns[name] = check_relation(value) if value else ""
        elif name == "preset":
            if value:
                check_preset(value)
            columns[name] = value
        elif name != "applied_on":
            raise TypeError(f"an application has no detail {name!r}")
    by = columns.get("expected_by")
    if by is not None and applied_on is not None and by < applied_on:
        raise Refused(
            f"The date they named ({short_day(by)}) lies before the application "
            f"({short_day(applied_on)})."
        )
    return columns
