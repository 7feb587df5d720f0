"""When two names mean one employer: a name folded to what tells employers apart.

Light on purpose: lists and forms load it.
"""

import re
from functools import lru_cache
from unicodedata import combining, normalize

from store.rules import fields

_LEGAL_FORMS = frozenset(
    (  # noqa: SIM905 (a list would take forty lines)
        "ab ag aps as asa bv co corp corporation ev gbr gmbh group holding holdings inc "
        "incorporated kft kg kgaa limited llc llp ltd mbh nv oy oyj plc pte pty sa sarl sas "
        "se sl spa spzoo srl sro ug"
    ).split()
)
"""Words at the end of a name that say how a company is organised, not which one it is."""
_LIMIT = fields.APPLICATION["company"].limit
_SMALL = frozenset({"and", "und", "et", "the"})
_APART = re.compile(r"[\W_]+")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=4_096)
def employer_key(name: str) -> str:
    """What two names of one employer have in common: "Globex GmbH" and "GLOBEX" give "globex".

    Case, accents, punctuation, spaces, legal forms at the end and small words do not count. A
    name that consists of nothing else keeps all of it; one without letters or digits is only
    stripped and folded.
    """
    folded = normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in folded if not combining(letter))
    # "S.A.", "B. V." and "GmbH & Co. KG" lose their dots before they are taken apart.
    words = _APART.sub(" ", re.sub(r"(?<=\b\w)\.\s?(?=\w\b)", "", plain)).split()
    kept = [word for word in words if word not in _SMALL] or words
    while len(kept) > 1 and kept[-1] in _LEGAL_FORMS:
        kept = kept[:-1]
    return "".join(kept)[:_LIMIT] or name.strip().casefold()[:_LIMIT]
