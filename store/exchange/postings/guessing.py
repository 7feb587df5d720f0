"""What a posting without JSON-LD is about, guessed from its text: always to be looked at.

The words are in `words.toml`, in English, German, French and Spanish.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from store.exchange.days import read_day
from store.exchange.postings.found import FoundPosting
from store.exchange.postings.page import ITEM, PostingPage
from store.rules.fields import POINT
from store.rules.text import searchable, shorten

LINES_AT_MOST = 2_000
"""Lines of a text that are looked through; a posting has a hundred."""
LINE_AT_MOST = 2_000
"""Characters of one line that are looked through."""
TITLE_AT_MOST = 140
_COMPANY_AT_MOST = 60
REQUIREMENTS_AT_MOST = 25
_HEADING_AT_MOST = 60
_NAME_LINES = 8
"""Lines within which an employer's name stands alone (product)."""
_HEAD_LINES = 15
"""Lines within which the title of a pasted text stands."""

_MARKS = re.compile(r"^(?:[•·▪◦‣●○■✓✔➤→*+–—-]|\d{1,2}[.)])\s+")
_MAY_BEGIN = ("you ", "must ", "nice ", "vous ", "du ", "sie ", "wir ", "we ")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_LABEL = re.compile(r"^([^:：]{2,40}?)\s*[:：]\s*(.*)$")
_GENDERS = re.compile(
    r"\s*[(\[|/]\s*(?:all genders?|(?:[mwfdxhgi*]|div|gn)(?:\s*[/|,*]\s*(?:[mwfdxhgi*]|div|gn))+)"
    r"\s*[)\]]?",
    re.I,
)
"""“(m/w/d)”, “(H/F)”, “(all genders)”: what the law wants in a title, and no part of the role."""
_SPLIT = re.compile(r"\s+[|·•–—-]\s+|\s*\|\s*")
_HIRING = re.compile(r"^(?P<company>.+?) (?:is )?hiring (?P<role>.+?)(?: in (?P<place>.+))?$", re.I)
_AT = re.compile(r"^(?P<role>.+?)\s+(?:at|bei|chez|@)\s+(?P<company>[^,|]+?)$", re.I)
_APPLY = re.compile(
    r"^(?:job application for|apply for|jetzt bewerben:?|stellenangebot:?)\s+", re.I
)
_LEAD = re.compile(
    r"^(?:we(?:'|’)?re hiring|we are hiring|we(?:'|’)?re looking for|we are looking for|now hiring"
    r"|hiring|wir suchen|gesucht|nous recherchons|nous recrutons|buscamos|se busca)\s*:?\s+"
    r"(?:an?\s|eine?n?\s|une?\s|una?\s)?",
    re.I,
)
_SITE_WORDS = re.compile(
    r"\b(?:careers?|jobs?(?: board)?|job openings|karriere|stellen(?:angebote|markt)?|recruiting"
    r"|emplois?|empleo|carrieres?|join us|portal|site)\b",
    re.I,
)
_MONEY = r"(?:[€$£¥]|EUR|USD|GBP|CHF|CAD|AUD|SEK|NOK|DKK|PLN|Euro|US\$|C\$|A\$)"
_SUM = r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?|\d{2,6}(?:[.,]\d{1,2})?\s?[kK]?"
_PER = (
    r"(?:\s*(?:/|per|pro|par|por|a|an|brutto|gross|p\.\s?a\.?|im|al|annually|yearly|per annum|year"
    r"|jahr|month|monat|hour|stunde|an|ano|año|mois|mes|hora|heure|annum|brut|bruto|day|tag)\b\.?){0,4}"
)
_SALARY = re.compile(
    rf"(?:{_MONEY}\s?(?:{_SUM})(?:\s?(?:[-–—]|to|bis|à|a|and|und)\s?{_MONEY}?\s?(?:{_SUM}))?"
    rf"(?:\s?{_MONEY}(?!\w))?|(?:{_SUM})\s?{_MONEY}\s?(?:[-–—]|to|bis|à|a)\s?(?:{_SUM})"
    rf"\s?{_MONEY}(?!\w)|(?:{_SUM})(?:\s?(?:[-–—]|to|bis|à|a)\s?(?:{_SUM}))?\s?{_MONEY}(?!\w))"
    rf"{_PER}",
    re.I,
)
_PAY_AT_LEAST = 10
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}/\d{1,2}/\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?[^\W\d_]{3,10}\.?\s+(?:de\s+)?\d{4}"
    r"|[^\W\d_]{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}",
    re.I,
)
_REMOTE = re.compile(r"\b(?:remote|t[eé]l[eé]travail|teletrabajo|home\s?office)\b", re.I)
_AT_START = re.compile(
    r"^(?:At|Bei|Chez|En) ([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3}),? "
    r"(?:we|our|you|wir|nous|vous)\b"
)
_SECOND = ("co", "com", "org", "ac", "gov", "net")
"""What goes before the country in an address: globex.co.uk."""


@dataclass(frozen=True, slots=True)
class PostingWords:
    """The words of `words.toml`."""

    requirements: frozenset[str]
    others: frozenset[str]
    labels: Mapping[str, str]
    """The field that each label names."""
    roles: frozenset[str]
    seeks: Sequence[str]
    about: Sequence[str]
    nobody: frozenset[str]
    boards: Mapping[str, str]
    hosts: Mapping[str, str]
    forms: frozenset[str]
    """Legal forms, folded and without dots."""


@cache
def words() -> PostingWords:
    """The words by which postings are read."""
    import tomllib

    path = Path(__file__).with_name("words.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return PostingWords(
        frozenset(table["requirements"]),
        frozenset(table["others"]),
        {label: name for name, labels in table["labels"].items() for label in labels},
        frozenset(table["roles"]),
        table["seeks"],
        table["about"],
        frozenset(table["nobody"]),
        table["boards"],
        table["hosts"],
        frozenset(table["forms"]),
    )


def guess(page: PostingPage, found: FoundPosting, *, all_of_it: bool = True) -> None:
    """Fill what is missing in `found` with guesses from `page`: company and role, and with
    `all_of_it` the salary, the place and the closing day."""
    every = page.text.split("\n", LINES_AT_MOST)[:LINES_AT_MOST]
    lines = [line[:LINE_AT_MOST] for line in every if line.strip()]
    labelled = _read_labels(lines)
    role, company, place = _of_titles(page)
    if (called := labelled.get("role")) or role:
        found.put("role", _trim(called or role), guessed=True)
    found.put("role", _trim(_first_title(lines)), guessed=True)
    for one in (labelled.get("company", ""), company, _in_sentences(lines), of_address(page.link)):
        if one and searchable(one) not in words().nobody:
            found.put("company", shorten(one, _COMPANY_AT_MOST), guessed=True)
    if not all_of_it:
        return
    found.put("salary", _salary(labelled.get("salary", ""), lines), guessed=True)
    found.put("location", labelled.get("location", "") or place, guessed=True)
    day = next((read_day(each) for each in _DATE.findall(labelled.get("closing_on", ""))), None)
    found.put_day("closing_on", day, guessed=True)
    if _REMOTE.search(f"{page.heading} {page.title} {found.fields.get('location', '')}"):
        found.tags.append("remote")
        found.guessed.add("tags")


def find_requirements(text: str) -> list[str]:
    """What a posting asks for: the lines below the headings that say so, as they stand there."""
    found: dict[str, str] = {}
    lines = [line.strip() for line in text.split("\n", LINES_AT_MOST)[:LINES_AT_MOST]]
    inside, marked, gap = False, False, False
    for place, line in enumerate(lines):
        heading = _heading_of(line)
        if heading is not None:
            inside, marked, gap = heading, False, False
            continue
        if not inside or not line:
            gap = gap or (inside and not line)
            continue
        item = _MARKS.match(line)
        if item is not None:
            marked = True
        elif marked or (gap and found and not _is_listed(lines, place)):
            # After a list, or behind an empty line, something else begins.
            inside = False
            continue
        gap = False
        words_of = line[item.end() :] if item is not None else line
        asked = shorten(words_of.strip(" ;,"), POINT["text"].limit)
        if len(asked) > 1 and not asked.endswith(":") and any(map(str.isalnum, asked)):
            found.setdefault(asked.casefold(), asked)
        if len(found) >= REQUIREMENTS_AT_MOST:
            break
    return [*found.values()]


def _is_listed(lines: Sequence[str], place: int) -> bool:
    """Whether a line without a mark stands in a list of such, an empty line between each."""
    return place > 1 and not lines[place - 1] and bool(lines[place - 2]) and (
        place + 1 >= len(lines) or not lines[place + 1]
    ) and _heading_of(lines[place - 2]) is None  # fmt: skip


def _heading_of(line: str) -> bool | None:
    """True for a heading above what is asked for, False for another one, None for none."""
    if not line or len(line) > _HEADING_AT_MOST or _MARKS.match(line):
        return None
    key = _AROUND.sub("", searchable(line))
    known = words()
    if key in known.requirements:
        return True
    if key in known.others:
        return False
    ended = line.rstrip().endswith((":", "?"))
    if any(_leads(key, one, ended=ended) for one in known.requirements):
        return True
    return False if ended and len(key.split()) <= 6 and not known.labels.get(key) else None


def _leads(key: str, known: str, *, ended: bool) -> bool:
    """Whether a line begins with a known heading: “What you bring to the team”, “Skills for it:”.

    Without a colon not after a single word or a pronoun, with which a requirement may begin.
    """
    if not key.startswith(f"{known} "):
        return False
    more = key[len(known) :].split()
    whole = " " in known and not known.startswith(_MAY_BEGIN) and not re.search(r"\d", key)
    return ended or (whole and len(more) <= 4)


def _read_labels(lines: Sequence[str]) -> dict[str, str]:
    """What stands behind a label, or on the line below one, by field."""
    known, found = words().labels, dict[str, str]()
    for place, line in enumerate(lines):
        label = _LABEL.match(line.removeprefix(ITEM))
        name = known.get(_AROUND.sub("", searchable(label[1])) if label else "")
        if label is None or name is None:
            name = _label_in(line)
            value = line if name else ""
        else:
            value = label[2] or (lines[place + 1] if place + 1 < len(lines) else "")
        if name and value.strip() and len(value) <= TITLE_AT_MOST:
            found.setdefault(name, value.strip())
    return found


def _label_in(line: str) -> str:
    """The closing day may be told in a sentence: “Please apply by 3 December 2026.”"""
    if len(line) > TITLE_AT_MOST or not _DATE.search(line):
        return ""
    folded = searchable(line)
    known = words().labels
    told = (label for label, name in known.items() if name == "closing_on" and label in folded)
    return "closing_on" if next(told, "") else ""


def _of_titles(page: PostingPage) -> tuple[str, str, str]:
    """Role, company and place, as far as the title, the heading and the site tell them."""
    role, company, place = page.heading, "", ""
    title = _APPLY.sub("", page.title)
    site = _site_name(page.site)
    parts = [part for part in _SPLIT.split(title) if part and not _is_board(part)]
    if parts and (hiring := _HIRING.match(parts[0])):
        role, company = role or hiring["role"], hiring["company"]
        place = hiring["place"] or ""
    elif parts and (at := _AT.match(parts[0])):
        role, company = role or at["role"], at["company"]
    elif len(parts) > 1:
        known = [part for part in parts if searchable(part) == searchable(site)] if site else []
        first, *rest = parts
        if _sounds_like_a_role(first) or not _sounds_like_a_role(rest[0]):
            role = role or first
            company = known[0] if known else next(filter(None, map(_site_name, rest)), "")
        else:
            role, company = role or rest[0], _site_name(first)
    elif parts:
        role = role or parts[0]
    if role and site and searchable(role) == searchable(site):
        role = parts[0] if parts else ""
    return role, company or site, place


def _site_name(site: str) -> str:
    """What is left of the name of a site without “Careers”; "" for a job board."""
    if _is_board(site):
        return ""
    return " ".join(_SITE_WORDS.sub(" ", site).split()).strip(" -|@·")


def _is_board(name: str) -> bool:
    key = re.sub(r"[^a-z]", "", searchable(name).removesuffix(".com").removesuffix(".de"))
    return key in words().boards


def _sounds_like_a_role(text: str) -> bool:
    folded = searchable(text)
    parts = re.findall(r"[^\W\d_]+", folded)
    known = words().roles
    return bool(_GENDERS.search(text)) or any(
        part in known or any(part.endswith(role) and len(role) > 5 for role in known)
        for part in parts
    )


def _first_title(lines: Sequence[str]) -> str:
    """The first line that sounds like the title of a job, else the first that is short."""
    head = [line for line in lines[:_HEAD_LINES] if len(line) <= TITLE_AT_MOST]
    for line in head:
        if _sounds_like_a_role(line) and not line.rstrip().endswith((".", ":", "!", "?")):
            at = _AT.match(line)
            return at["role"] if at else line
    for line in head:
        if seeking := _role_wanted(line):
            return seeking
    return head[0] if head else ""


def _role_wanted(line: str) -> str:
    """ "SRE" of “Globex is looking for an SRE”."""
    ended = line.rstrip(" .!")
    for seeks in words().seeks:
        place = searchable(ended).find(f" {seeks} ")
        if place > 0:
            rest = ended[place + len(seeks) + 2 :]
            return re.sub(r"^(?:an?|the|eine?n?|une?|un[ao]?)\s+", "", rest, flags=re.I)
    return ""


def _in_sentences(lines: Sequence[str]) -> str:
    """The employer that a sentence names: “Globex is looking for”, “About Globex”."""
    for line in lines[:_HEAD_LINES]:
        at = _AT.match(line)
        if at and _sounds_like_a_role(at["role"]) and at["company"][:1].isupper():
            return at["company"].rstrip(" .!")
    return next(_find_names(lines), "") or next(_with_form(lines), "")


def _with_form(lines: Sequence[str]) -> Iterator[str]:
    """The lines near the beginning that are a name with its legal form: “Globex Ltd”."""
    for line in lines[:_NAME_LINES]:
        last = searchable(line).rpartition(" ")[2].replace(".", "")
        if last in words().forms and line[:1].isupper() and 1 < len(line.split()) <= 6:
            yield line.strip()


def _find_names(lines: Sequence[str]) -> Iterator[str]:
    known = words()
    for line in lines:
        folded = searchable(line)
        for seeks in known.seeks:
            place = folded.find(f" {seeks} ")
            name = line[:place].strip() if 0 < place <= _COMPANY_AT_MOST else ""
            name = re.sub(r"^(?:.*[.!?,:]\s+)?(?:[Tt]he |[Dd]ie |[Ll]a )?", "", name)
            if name[:1].isupper() and len(name.split()) <= 5 and _is_somebody(name):
                yield name
        for about in known.about[:5]:
            if folded.startswith(f"{about} ") and len(folded.split()) <= 6:
                name = line[len(about) :].strip(" :.")
                if name[:1].isupper() and _is_somebody(name):
                    yield name
        if found := _AT_START.match(line):
            yield found[1]


def _is_somebody(name: str) -> bool:
    folded = searchable(name)
    return folded not in words().nobody and folded.split()[0] not in words().nobody


def _salary(labelled: str, lines: Sequence[str]) -> str:
    """The first sum of money that looks like pay."""
    for line in (labelled, *lines):
        for found in _SALARY.finditer(line):
            told = " ".join(found[0].split()).rstrip(" .,")
            digits = [int(part) for part in re.findall(r"\d+", told)]
            if max(digits, default=0) >= _PAY_AT_LEAST and not _is_turnover(line, found.end()):
                return told
    return labelled if re.search(r"\d", labelled) else ""


def _is_turnover(line: str, end: int) -> bool:
    """Whether a sum is one of millions: what a company turns over, not what it pays."""
    return re.match(r"\s?(?:m\b|mn|mio|million|bn|billion|mrd|milli)", line[end:], re.I) is not None


def _trim(title: str) -> str:
    """A title without what only the law wants in it, and without what leads to it."""
    return shorten(_LEAD.sub("", _GENDERS.sub("", title)).strip(" -|·:"), TITLE_AT_MOST)


def of_address(link: str) -> str:
    """The employer that an address names: by its page on a site for many, or by its own domain."""
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    names = host.removeprefix("www.").split(".")
    if len(names) < 2:
        return ""
    known = words()
    for site, where in known.hosts.items():
        if where == "path" and host == site:
            return _spell(unquote(parts.path).strip("/").partition("/")[0])
        if where == "host" and host.endswith(f".{site}"):
            return _spell(host.removesuffix(f".{site}").split(".")[0])
    own = names[-3] if len(names) > 2 and names[-2] in _SECOND else names[-2]
    return "" if own in known.boards or _is_board(own) else _spell(own)


def board_of(link: str) -> str:
    """The job board that an address belongs to; "" for an employer's own page."""
    try:
        host = (urlsplit(link).hostname or "").lower()
    except ValueError:
        return ""
    known = words().boards
    return next((known[part] for part in host.split(".") if known.get(part)), "")


def _spell(name: str) -> str:
    """A name in an address as people write it: "acme-labs" is Acme Labs."""
    return " ".join(part[:1].upper() + part[1:] for part in re.split(r"[-_\s]+", name) if part)
