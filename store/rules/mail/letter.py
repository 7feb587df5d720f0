"""The parts of the text of a message that its sender wrote anew."""

import re
from collections.abc import Sequence
from functools import cached_property

from store.rules.mail.message import Letter
from store.rules.mail.phrases import Folded, Language, told_languages
from store.rules.text import searchable

_ANSWERS = ("re:", "aw:", "fw:", "fwd:", "wg:", "tr:", "rv:", "antw:", "sv:", "r:")


def answers(subject: str) -> bool:
    """Whether a subject is that of another message, which is answered or forwarded."""
    return subject.strip().lower().startswith(_ANSWERS)


_QUOTED = re.compile(r"\s*(?:>|\|(?=\s))")
_ATTRIBUTION = re.compile(
    r"""\s*(?:
        on\b.{6,160}\bwrote\s?:
        | am\b.{6,160}\bschrieb\b.{0,120}:
        | (?:.{0,80}\s)?schrieb\s+am\b.{6,120}:
        | le\b.{6,160}\ba\s+(?:e|é)crit\s?:
        | el\b.{6,160}\bescribi(?:o|ó)\s?:
        | .{3,80}\s(?:wrote|schrieb|escribió|a\s+écrit)\s?:
        | (?:.{0,80}\s)?(?:wrote\son|a\s+(?:e|é)crit\sle|escribi(?:o|ó)\sel)\b.{6,120}:
        | (?:you\swrote|sie\sschrieben|du\sschriebst|vous\s(?:e|é)criviez|tu\s(?:e|é)crivais
          |usted\sescribi(?:o|ó)|escribiste)\b.{0,60}:
        | (?:your|ihre|deine|votre|ton|su|tu)\s(?:message|e?-?mail|nachricht|mensaje|correo)
          \s(?:of|from|vom|von|du|de|del)\b.{4,80}:
        | (?:quoting|zitat\svon|citando\sa)\b.{3,80}:
    )\s*$""",
    re.I | re.X,
)
_ATTRIBUTION_BEGINS = re.compile(r"\s*(?:on|am|le|el)\b.*\d", re.I)
_DIVIDER = re.compile(
    r"""\s*(?:[-_=*]{2,}\s*)?(?:begin\s)?(?:original\s(?:message|appointment)|forwarded\smessage
    |urspr(?:ü|ue)ngliche\snachricht|weitergeleitete\snachricht|message\sd.origine|message\stransf
    (?:é|e)r(?:é|e)|mensaje\soriginal|mensaje\sreenviado
    |original-?nachricht|original-?mail|(?:previous|earlier|your)\smessage|(?:vorherige|fr(?:ü|ue)here|ihre
    |deine)\snachricht|(?:votre\s)?message\spr(?:é|e)c(?:é|e)dent|votre\smessage|(?:su\s|tu\s)?mensaje
    (?:\santerior)?|forwarded\sby.{0,60}|conversation\shistory)\s*:?\s*[-_=*]*\s*$""",
    re.I | re.X,
)
_HEAD = re.compile(r"\s*\*?(?:from|von|de|expéditeur)\s?:\*?\s*\S", re.I)
_HEAD_TOO = re.compile(
    r"\s*\*?(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|fecha|para"
    r"|asunto|cc)(?: el| le)?\s?:",
    re.I,
)
_SIGNATURE = re.compile(r"\s*(?:--|—|__+|—+|\*{3,}|-{3,})\s*$")
_CLOSING = re.compile(
    r"""\s*(?:(?:with\s)?(?:kind|best|warm|warmest|many|kindest)\s(?:regards|wishes|thanks)|regards
    |best|cheers|thanks|thank\syou|sincerely|yours(?:\s(?:sincerely|faithfully|truly))?|warmly
    |all\sthe\sbest|talk\ssoon|many\sthanks|with\sthanks|take\scare|speak\ssoon|love|yours|all\sbest
    |(?:mit\s)?(?:freundlichen?|vielen?|beste[nr]?|liebe[nr]?|herzliche[nr]?|sch(?:ö|oe)ne[nr]?|viele)
      \sgr(?:ü|ue)(?:ß|ss)en?(?:\saus\s\w+)?|gr(?:ü|ue)(?:ß|ss)e|gru(?:ß|ss)|mfg|lg|vg
      |hochachtungsvoll|herzlich(?:st)?|ihre?|bis\s(?:dann|bald)|(?:im|i\.\s?a\.)\sauftrag|i\.\s?a\.
      |(?:freundliche|liebe|herzliche|beste|sch(?:ö|oe)ne|viele)\sgr(?:ü|ue)(?:ß|ss)e
    |(?:bien\s)?cordialement|bien\s(?:à|a)\s(?:vous|toi)|bonne\sjourn(?:é|e)e|salutations
      |sinc(?:è|e)res\ssalutations|cdt|(?:meilleures|bonnes)\ssalutations|bises|bisous|amicalement
      |(?:bien\s)?(?:à|a)\s(?:bient(?:ô|o)t|toi|vous)|respectueusement
    |(?:un\s)?(?:cordial\s)?saludos?(?:\scordial(?:es)?)?|atentamente|un\sabrazo|gracias|(?:muy\s)?cordialmente|(?:un\s)?(?:besos?|besito)|hasta\spronto
      |reciba\sun\s(?:cordial\s)?saludo
    )\s*[,.!]*\s*$""",
    re.I | re.X,
)
_SENT_FROM = re.compile(
    r"\s*(?:sent from my|get outlook for|von meinem .{0,30} gesendet|gesendet von"
    r"|envoyé de(?:puis)? mon|enviado desde)\b.{0,60}$",
    re.I,
)
_LEGAL = re.compile(
    r"""\s*\W*(?:this\s(?:e-?mail|message)(?:\sand|\s\(|\sis\s(?:confidential|intended)|\smay\scontain)
    |confidentiality\snotice|disclaimer|diese\s(?:e-?mail|nachricht)\s(?:kann|enth(?:ä|ae)lt|ist\s(?:nur
    |vertraulich))|ce\s(?:message|courriel)\s(?:et|est\sconfidentiel|contient)|este\s(?:mensaje|correo)\s
    (?:y|contiene|es\sconfidencial|puede))""",
    re.I | re.X,
)
_LINES_AT_MOST = 2_000
"""Lines of one message that are looked at (product): a longer one is a log or a list."""


class LetterText:
    """The text of a message, taken apart.

    Args:
        letter: whose text it is.
    """

    def __init__(self, letter: Letter) -> None:
        lines = letter.text.split("\n")[:_LINES_AT_MOST]
        kept = _drop_quotes(lines)
        if not any(line.strip() for line in kept):
            # Forwarded without a word: what is quoted is the message.
            kept = [_QUOTED.sub("", line) for line in lines if not _DIVIDER.match(line)]
            kept = [line for line in kept if not (_HEAD.match(line) or _HEAD_TOO.match(line))]
        end = _signature(kept, letter.name)
        self.own = "\n".join(_without_tails(kept[:end])).strip()
        """What the sender wrote: without quotations, signature and legal notices."""
        self.below = "\n".join(kept[end:])
        """The signature and what comes after it."""

        self._subject = letter.subject

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The subject, unless it is that of the message that is answered, and the sentences."""
        return ("" if answers(self._subject) else self._subject, *self.sentences)

    @cached_property
    def folded(self) -> Folded:
        """The lines, to look for phrases in."""
        return Folded(self.lines)

    @cached_property
    def languages(self) -> Sequence[Language]:
        """The languages in which it is written, the likeliest first."""
        return told_languages(self.folded)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """What the sender wrote, sentence by sentence."""
        return sentences(self.own)


def _drop_quotes(lines: Sequence[str]) -> list[str]:
    """`lines` without what is quoted: marked lines, and all below a head of a message above."""
    kept: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if _QUOTED.match(line):
            place += 1
            continue
        following = lines[place + 1 : place + 6]
        if _DIVIDER.match(line) or (
            _HEAD.match(line) and sum(bool(_HEAD_TOO.match(one)) for one in following) > 1
        ):
            break
        length = _attribution(lines, place)
        if length:
            place += length
            while place < len(lines) and not lines[place].strip():
                place += 1
            if place < len(lines) and not _QUOTED.match(lines[place]):
                break  # the quotation is not marked: everything from here on is it
            continue
        kept.append(line)
        place += 1
    while kept and re.fullmatch(r"\s*[-_=*]{3,}\s*", kept[-1]):
        kept.pop()
    return kept


def _attribution(lines: Sequence[str], place: int) -> int:
    """How many lines from `place` on say who wrote what is quoted below; 0 when they do not."""
    line = lines[place]
    if len(line) <= 200 and _ATTRIBUTION.match(line):
        return 1
    if not _ATTRIBUTION_BEGINS.match(line):
        return 0
    for length in (2, 3):
        whole = " ".join(part.strip() for part in lines[place : place + length])
        if len(whole) <= 250 and _ATTRIBUTION.match(whole):
            return length
    return 0


def _signature(lines: Sequence[str], name: str) -> int:
    """The place of the line from which on it is the signature."""
    folded = searchable(name).strip(" '\"")
    names = {folded, folded.partition(" ")[0]} - {""} if "@" not in folded else set()
    said = False
    for place, line in enumerate(lines):
        stripped = line.strip()
        if not stripped:
            continue
        if said and (
            _SIGNATURE.match(line)
            or _CLOSING.match(line)
            or searchable(stripped).strip(" ,.!-") in names
        ):
            return place
        said = True
    return len(lines)


def _without_tails(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if _LEGAL.match(line):
            break
        if not _SENT_FROM.match(line):
            kept.append(line)
    return kept


_ENDS = re.compile(r"(?<=[.!?…])[\"”»)]*\s+(?=\S)")
_NO_END = re.compile(
    r"(?:(?<!\d)\d{1,2}|\b[A-Z]|\b(?:mr|mrs|ms|dr|prof|st|no|nr|ca|bzw|usw|inkl|z\.? ?b|d\. ?h"
    r"|e\.g|i\.e|approx|dept|inc|ltd|co|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tue|wed|thu"
    r"|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|sr|sra|srta|ud|uds|vd|janv|fevr"
    r"|juil|dez|okt|mai|m|mme))\.$",
    re.I,
)
_WRAPPED_FROM = 44
"""Characters from which on a line without an end is taken as wrapped (product)."""
_SENTENCE_AT_MOST = 600
_SENTENCES_AT_MOST = 300


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text`; a line that is not full ends one, too."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        lines = [" ".join(line.split()) for line in paragraph.split("\n")]
        whole = ""
        for line in filter(None, lines):
            wrapped = len(whole.rpartition("\n")[2]) >= _WRAPPED_FROM and line[0] not in "-*•·"
            whole += (" " if wrapped else "\n") + line if whole else line
        for line in whole.split("\n"):
            found += _split(line)
            if len(found) >= _SENTENCES_AT_MOST:
                return tuple(found[:_SENTENCES_AT_MOST])
    return tuple(found)


def _split(line: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for end in _ENDS.finditer(line):
        part = line[start : end.start()]
        if _NO_END.search(part[-12:]):
            continue
        parts.append(part)
        start = end.end()
    parts.append(line[start:])
    return [part[:_SENTENCE_AT_MOST].strip() for part in parts if part.strip()]
