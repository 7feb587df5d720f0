"""JSON-LD of the kind `JobPosting`, as sites lay it into their pages for search engines.

Read by what sites write rather than by what schema.org allows: a text where an object belongs, a
list where one value does, HTML that is escaped twice.
"""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, tzinfo
from html import unescape
from typing import Any

from store.exchange.days import local_day, read_day
from store.exchange.postings.found import FoundPosting
from store.exchange.postings.page import plain_text
from store.rules.dates import MONTHS
from store.rules.text import Refused, plural, printable, quoted

DEEP_AT_MOST = 50
"""Objects within objects; a `JobPosting` of today has six."""
_NODES_AT_MOST = 100_000
_KIND = re.compile(r"(?:https?://schema\.org/|schema:)?JobPosting", re.I)
_UNITS = {
    **dict.fromkeys(("year", "yearly", "annual", "ann", "anno", "per year", "p.a."), "a year"),
    **dict.fromkeys(("month", "monthly", "mon", "per month"), "a month"),
    **dict.fromkeys(("week", "weekly", "wee", "per week"), "a week"),
    **dict.fromkeys(("day", "daily", "per day"), "a day"),
    **dict.fromkeys(("hour", "hourly", "hur", "per hour"), "an hour"),
}
"""How units of time are written, UN/CEFACT's codes among them."""
_EMPLOYMENT = {
    "part_time": "part-time",
    "contractor": "contract",
    "contract": "contract",
    "temporary": "temporary",
    "intern": "internship",
    "internship": "internship",
    "volunteer": "volunteer",
    "per_diem": "per diem",
    "freelance": "freelance",
}
"""Kinds of employment that become a tag; full time goes without saying."""
_MORE = {
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "skills": "Skills",
    "educationRequirements": "Education",
    "experienceRequirements": "Experience",
    "jobBenefits": "Benefits",
}
"""What a posting may say beside its description, and the headings that it gets."""
_PLACES_AT_MOST = 4


def read_structured(
    blocks: Sequence[str], zone: tzinfo, *, title: str = "", link: str = ""
) -> FoundPosting | None:
    """What the blocks of JSON-LD of one page say of its posting; None when none is there.

    Of several postings the one with the address `link`, or whose title stands in `title`, is meant,
    else the first.
    """
    found: list[tuple[Mapping[str, Any], Mapping[str, Any]]] = []
    for block in blocks:
        whole = read_json(block)
        if whole is None:
            continue
        named: dict[str, Mapping[str, Any]] = {}
        postings: list[Mapping[str, Any]] = []
        for node in _nodes(whole):
            if isinstance(ident := node.get("@id"), str) and len(node) > 1:
                named.setdefault(ident, node)
            if _is_posting(node):
                postings.append(node)
        found += [(posting, named) for posting in postings]
    if not found:
        return None
    # Of one without a title, such as what somebody looks for, nobody could tell what it is.
    titled = [one for one in found if _text(one[0].get("title") or one[0].get("name"))]
    posting, around = _best_match(titled or found, title, link)
    result = _JobPosting(posting, around, zone).read()
    if len(found) > 1:
        result.remarks.append(
            f"There are {len(found):,} postings in it; this is "
            f"{quoted(str(result.fields.get('role', '')))}."
        )
    return result


def read_json(text: str) -> object:
    """The value of a block; None for one that is none. Escaped signs and a comma too many, which
    some sites write, are forgiven."""
    for attempt in (text, unescape(text), re.sub(r",(\s*[}\]])", r"\1", text)):
        try:
            value: object = json.loads(attempt.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _nodes(whole: object) -> Iterator[Mapping[str, Any]]:
    """Every object in a value, the outer ones first; never more than there is time for."""
    waiting: deque[tuple[object, int]] = deque([(whole, 0)])
    seen = 0
    while waiting and seen < _NODES_AT_MOST:
        value, depth = waiting.popleft()
        seen += 1
        if isinstance(value, dict):
            yield value
            inner: list[object] = list(value.values())
        elif isinstance(value, list):
            inner = value
        else:
            continue
        if depth < DEEP_AT_MOST:
            waiting += [(one, depth + 1) for one in inner if isinstance(one, dict | list)]


def _is_posting(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type") or node.get("type")
    return any(isinstance(kind, str) and _KIND.fullmatch(kind.strip()) for kind in _as_list(kinds))


def _best_match(
    found: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]], title: str, link: str
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    for one in found:
        if link and _text(one[0].get("url")).rstrip("/") == link.rstrip("/"):
            return one
    for one in found:
        called = _text(one[0].get("title") or one[0].get("name")).casefold()
        if called and re.search(rf"\b{re.escape(called)}(?!\w)", title.casefold()):
            return one
    return found[0]


class _JobPosting:
    """One `JobPosting`; `named` are the objects that others point to by their "@id"."""

    def __init__(self, node: Mapping[str, Any], named: Mapping[str, Any], zone: tzinfo) -> None:
        self._node = node
        self._named = named
        self._zone = zone

    def read(self) -> FoundPosting:
        """Everything that it says which an application has a field for."""
        found, node = FoundPosting(), self._node
        found.put("role", _text(node.get("title") or node.get("name")))
        found.put("company", self._organisation(node.get("hiringOrganization")))
        found.put("location", self._place())
        found.put("url", _link(node.get("url")) or _link(node.get("mainEntityOfPage")))
        found.put("salary", self._salary())
        found.put_day("posted_on", self._day(node.get("datePosted")))
        found.put_day("closing_on", self._day(node.get("validThrough")))
        found.tags = self._tags()
        found.put("posting_text", self._description())
        return found

    def _see(self, value: object) -> Any:
        """`value`, or what it only points to."""
        if isinstance(value, dict) and set(value) == {"@id"}:
            return self._named.get(str(value["@id"]), value)
        return value

    def _organisation(self, value: object) -> str:
        for one in map(self._see, _as_list(value)):
            if isinstance(one, dict):
                name = _text(one.get("name") or one.get("legalName"))
            else:
                name = _text(one)
            if name and not name.startswith(("http://", "https://")):
                return name
        return ""

    def _place(self) -> str:
        places = [self._one_place(one) for one in _as_list(self._node.get("jobLocation"))]
        known = [one for one in dict.fromkeys(places) if one]
        shown = "; ".join(known[:_PLACES_AT_MOST])
        if len(known) > _PLACES_AT_MOST:
            shown += f"; {len(known) - _PLACES_AT_MOST} more"
        if not self._is_remote():
            return shown
        allowed_in = _as_list(self._node.get("applicantLocationRequirements"))
        where = map(self._one_place, allowed_in)
        allowed = ", ".join(one for one in dict.fromkeys(where) if one)
        if shown:
            return f"{shown}; remote"
        return f"Remote ({allowed})" if allowed else "Remote"

    def _one_place(self, value: object) -> str:
        value = self._see(value)
        if isinstance(value, str):
            return _text(value)
        if not isinstance(value, dict):
            return ""
        address = self._see(value.get("address"))
        if isinstance(address, list):
            address = self._see(address[0]) if address else None
        if isinstance(address, str):
            return _text(address)
        if not isinstance(address, dict):
            address = value
        parts = [
            _name(self._see(address.get(key)))
            for key in ("addressLocality", "addressRegion", "addressCountry")
        ]
        told = ", ".join(part for part in dict.fromkeys(parts) if part)
        return told or _name(value)

    def _is_remote(self) -> bool:
        kinds = (_text(one).upper() for one in _as_list(self._node.get("jobLocationType")))
        return any(kind in ("TELECOMMUTE", "REMOTE") for kind in kinds)

    def _tags(self) -> list[str]:
        kinds = _as_list(self._node.get("employmentType"))
        words = [one for kind in kinds for one in _text(kind).split(",")]
        keys = (re.sub(r"[\s-]+", "_", word.strip().lower()) for word in words)
        tags = [_EMPLOYMENT[key] for key in keys if key in _EMPLOYMENT]
        return [*(["remote"] if self._is_remote() else []), *dict.fromkeys(tags)]

    def _salary(self) -> str:
        for key in ("baseSalary", "estimatedSalary"):
            for one in _as_list(self._node.get(key)):
                told = self._pay(self._see(one))
                if told:
                    return told
        return ""

    def _pay(self, value: object) -> str:
        currency = _text(self._node.get("salaryCurrency"))
        if not isinstance(value, dict):
            number = _amount(value)
            if number:
                return _join(currency, number, "")
            return _text(value) if isinstance(value, str) and re.search(r"[^\W\d_]", value) else ""
        currency = _text(value.get("currency") or value.get("priceCurrency")) or currency
        inner = self._see(value.get("value"))
        if isinstance(inner, list) and all(map(_amount, inner)):
            inner = {"minValue": inner[0], "maxValue": inner[-1]} if inner else None
        elif isinstance(inner, list):
            inner = self._see(inner[0])
        span = inner if isinstance(inner, dict) else value
        currency = _text(span.get("currency")) or currency
        unit = _text(span.get("unitText") or span.get("unitCode") or value.get("unitText"))
        least = _amount(span.get("minValue") or span.get("minPrice"))
        most = _amount(span.get("maxValue") or span.get("maxPrice"))
        only = _amount(span.get("value") if span is inner else inner) or _amount(span.get("price"))
        per = _UNITS.get(unit.lower(), unit.lower())
        if least and most and least != most:
            return _join(currency, f"{least}–{most}", per)
        if not only and least and not most:
            return _join(currency, f"from {least}" if not currency else least, per, "and more")
        if not only and most and not least:
            return _join(currency, most, per, "at most")
        number = only or least or most
        if number:
            return _join(currency, number, per)
        return "" if isinstance(inner, dict) else _text(inner)

    def _day(self, value: object) -> date | None:
        """The day of a text: of an instant the earlier of the day that is written there and the
        day that it is here, since nothing may be closed by then."""
        text = _text(value)
        days = (read_day(text), local_day(text, self._zone))
        return min((day for day in days if day is not None), default=None)

    def _description(self) -> str:
        node = self._node
        told = _prose(node.get("description"))
        parts = [told] if told else []
        for key, heading in _MORE.items():
            lines = [more for one in _as_list(node.get(key)) if (more := _prose(_in_words(one)))]
            more = "\n".join(line for line in lines if line not in told)
            if more:
                parts.append(f"{heading}\n{more}")
        if reference := _name(self._see(node.get("identifier")), "value"):
            parts.append(f"Reference: {reference}")
        return "\n\n".join(parts)


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: object) -> str:
    """A short text in one line, its entities read."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)
    if "&" in text:
        text = unescape(unescape(text))
    if "<" in text:
        text = _quietly_plain(text)
    return " ".join(printable(text).split())


def _name(value: object, key: str = "name") -> str:
    """A name that may stand alone or in an object."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return _text(value.get(key) or value.get("name")) if isinstance(value, dict) else _text(value)


def _in_words(value: object) -> object:
    """What an object with a description or so many months of experience says in words."""
    if not isinstance(value, dict):
        return value
    months = _amount(value.get("monthsOfExperience"))
    if months and months.isdigit():
        years, rest = divmod(int(months), len(MONTHS))
        long = plural(int(months), "month") if rest or not years else plural(years, "year")
        return f"{long} of experience"
    return value.get("description") or value.get("credentialCategory") or value.get("name")


def _prose(value: object) -> str:
    """A long text, its HTML read; one that is escaped once more is read twice."""
    if isinstance(value, list):
        return "\n".join(filter(None, map(_prose, value)))
    if not isinstance(value, str):
        return ""
    if "<" not in value and re.search(r"&lt;/?[a-z]", value):
        value = unescape(value)
    return _quietly_plain(value)


def _quietly_plain(html: str) -> str:
    try:
        return plain_text(html)
    except Refused:
        return ""


def _link(value: object) -> str:
    text = _name(value, "@id")
    return text if text.startswith(("http://", "https://")) else ""


def _amount(value: object) -> str:
    """A sum as people write it: "70,000", "35.50"; "" for none, nothing and what is no number."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, str):
        plain = re.sub(r"[\s'’€$£¥]|[A-Z]{3}", "", value)
        if re.fullmatch(r"\d{1,3}([.,]\d{3})+", plain):
            plain = re.sub(r"[.,]", "", plain)
        if not re.fullmatch(r"\d{1,12}(\.\d+)?", plain):
            return ""
        value = float(plain)
    if not isinstance(value, int | float) or not 0 < value < 1e12:
        return ""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def _join(currency: str, number: str, per: str, more: str = "") -> str:
    return " ".join(part for part in (currency, number, more, per) if part)
