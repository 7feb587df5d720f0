"""Derives what words and signs tell from the labelled messages: writes the files of `weights`.

Run it after a change of the phrases, of `said`, of `kinds` or of `letters`:
`python -m tests.store.rules.mail.learn`. It takes some minutes and always comes to the same.

A sentence of `said` says what it stands under, and so does the one of a message that tells its
kind. All others of a message say that or nothing. What a condition comes before says nothing. The
weights of a language are those that make this likeliest (multinomial logistic regression, held
small by a penalty). The signs of a message are weighed in the same way, from sentences that were
left out when the words of its language were weighed: otherwise they would be trusted too much.
"""

import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from email.utils import parseaddr
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from store.rules.mail import kinds, weighing
from store.rules.mail.cues import ALWAYS, SAYINGS, cues_of, weigh, words_of
from store.rules.mail.letter import LetterText
from store.rules.mail.message import Letter, MailKind
from store.rules.mail.phrases import LANGUAGES, language
from store.rules.mail.senders import Sender, read_sender
from store.rules.text import searchable
from tests.store.rules.mail.labelled import TODAY, read_letters

HERE = Path(__file__).parent
OUT = Path(kinds.__file__).with_name("weights")
FOLDS = 4
ROUNDS, RATE, PENALTY, FIRST = 20, 0.5, 0.5, 1.0
ROUNDS_OF_SIGNS, PENALTY_OF_SIGNS = 120, 1.0
LEAST = 0.1
"""Weights below it are left out: they are many, and tell little."""
REST, SUPPOSED, OLDER = 0.4, 0.3, 0.4
"""What counts less than a sentence that is labelled: the rest of a message, what a condition comes
before, and messages that the phrases were mended by."""
BELOW = "below"
WIDE = {
    "en": "not t no never cannot unable if unless should whether once when",
    "de": "nicht kein keine keinen keiner keinem leider falls wenn sollten sollte ob sobald sofern "
    "nie",
    "fr": "ne n pas ni aucun aucune si sauf lorsque quand des",
    "es": "no ni ningun ninguna si cuando en sin caso",
}
CONDITIONS = {
    "en": (
        "If your profile fits,", "If you are selected,", "Once we have gone through everything,",
        "Should we decide to go ahead,", "In case of a match,", "If you are shortlisted,",
        "Candidates who pass the first stage will hear:", "Afterwards, if all goes well,",
    ),
    "de": (
        "Wenn Ihr Profil passt,", "Falls du ausgewählt wirst,", "Sobald wir alles gesichtet haben,",
        "Sollten wir uns dafür entscheiden,", "Bei Eignung", "Im Falle einer Auswahl",
        "Passt es,", "Danach, wenn alles klappt,",
    ),
    "fr": (
        "Si votre profil convient,", "Si vous êtes retenu,", "Une fois tous les dossiers examinés,",
        "En cas de sélection,", "Le cas échéant,", "Si ça matche,",
        "Les candidats présélectionnés sauront ensuite :", "Ensuite, si tout va bien,",
    ),
    "es": (
        "Si tu perfil encaja,", "Si eres seleccionado,", "Una vez revisadas las candidaturas,",
        "En caso de ser elegido,", "Si procede,", "Si hay match,",
        "Los candidatos que pasen a la siguiente fase:", "Después, si todo va bien,",
    ),
}  # fmt: skip
_PLAIN = SAYINGS.index("plain")
_SAYING = {kind: place for place, kind in enumerate(weighing.WEIGHED)}


class Example(NamedTuple):
    """The cues of a sentence, the sayings of which it is one, and how much it counts."""

    cues: frozenset[str]
    sayings: tuple[int, ...]
    weight: float


class Told(NamedTuple):
    """A labelled message, taken apart."""

    spoken: str
    kind: MailKind
    letter: Letter
    body: LetterText
    sender: Sender
    telling: frozenset[int]
    """The sentences that tell its kind."""
    weight: float


def cues(sentence: str, spoken: str, *, subject: bool = False) -> frozenset[str]:
    folded = " ".join(searchable(sentence).split())
    words = words_of(folded, language(spoken))
    return frozenset(cues_of(words, frozenset(WIDE[spoken].split()), subject=subject))


def read_said(spoken: str) -> list[Example]:
    """The sentences of `said`, and some of them with a condition before."""
    read: dict[str, str] = tomllib.loads((HERE / "said" / f"{spoken}.toml").read_text("utf-8"))
    found: list[Example] = []
    supposed = 0
    for saying, lines in read.items():
        if saying == BELOW:
            continue
        for line in lines.strip().split("\n"):
            found.append(Example(cues(line, spoken), (SAYINGS.index(saying),), 1.0))
            if saying not in ("invitation", "offer", "rejection") or "?" in line:
                continue
            if len(line.split()) > 4:
                supposed += 1
                if supposed % 2 == 0:
                    lead = CONDITIONS[spoken][supposed // 2 % len(CONDITIONS[spoken])]
                    text = f"{lead} {line[0].lower()}{line[1:]}"
                    found.append(Example(cues(text, spoken), (_PLAIN,), SUPPOSED))
    return found


def read_below(spoken: str) -> list[str]:
    """What stands below messages and is meant for nobody."""
    read: dict[str, str] = tomllib.loads((HERE / "said" / f"{spoken}.toml").read_text("utf-8"))
    return read[BELOW].strip().split("\n")


def read_told() -> list[Told]:
    """All labelled messages: those of `kinds`, which say which sentence tells, and of `letters`."""
    found: list[Told] = []
    for spoken in LANGUAGES:
        whole = tomllib.loads((HERE / "kinds" / f"{spoken}.toml").read_text("utf-8"))
        for label in whole["letter"]:
            letter = letter_of(label)
            body = LetterText(letter)
            telling = saying(body, label.get("says", ""))
            found.append(_told(spoken, label["kind"], letter, body, telling, 1.0))
    for file in ("en", "de", "fr", "es", "mixed", "fresh", "later"):
        for label, letter in read_letters(file):
            body = LetterText(letter)
            kind = label["kind"]
            strong = kinds.look(body).strong
            telling = {one.sentence for one in strong[kind]} if kind in strong else set()
            if kind == "date":
                telling = {kinds.decision(body.folded, body.languages, letter.sent_on)[1]}
            found.append(_told(body.languages[0].name, kind, letter, body, telling, OLDER))
    return found


def letter_of(label: Mapping[str, Any]) -> Letter:
    """A message of `kinds`."""
    name, address = parseaddr(label["from"])
    return Letter(TODAY, name, address, label["subject"], label["text"])


def saying(body: LetterText, says: str) -> set[int]:
    """The sentences of a message that `says` is, or is part of."""
    wanted = " ".join(searchable(says).split())
    return {
        place
        for place, one in enumerate(body.folded.sentences)
        if wanted and len(one) > 6 and (one in wanted or wanted in one or one[:30] == wanted[:30])
    }


def _told(
    spoken: str, kind: str, letter: Letter, body: LetterText, telling: set[int], weight: float
) -> Told:
    sender = read_sender(letter.name, letter.address)
    return Told(spoken, MailKind(kind), letter, body, sender, frozenset(telling), weight)


def sentences(told: Told) -> Iterable[Example]:
    """What the sentences of a message say."""
    own = _SAYING[told.kind]
    for place, line in enumerate(told.body.lines):
        if line.strip():
            found = cues(line, told.spoken, subject=not place)
            tells = place in told.telling
            yield Example(found, (own,) if tells else (own, _PLAIN), 1.0 if tells else REST)


def fit(examples: Sequence[Example]) -> dict[str, list[float]]:
    """The weights of all cues that make what the examples say likeliest."""
    size = len(SAYINGS)
    weights: dict[str, list[float]] = {ALWAYS: [0.0] * size}
    steps: dict[str, float] = {ALWAYS: FIRST}
    counts: dict[str, float] = {ALWAYS: 1e9}
    for example in examples:
        for cue in example.cues:
            weights.setdefault(cue, [0.0] * size)
            steps[cue] = FIRST
            counts[cue] = counts.get(cue, 0) + 1
    order = list(examples)
    random = Random(1)
    for _ in range(ROUNDS):
        random.shuffle(order)
        for example in order:
            shares = weigh(example.cues, weights)
            right = sum(shares[one] for one in example.sayings) + 1e-12
            slopes = [example.weight * share for share in shares]
            for one in example.sayings:
                slopes[one] -= example.weight * shares[one] / right
            steep = sum(slope * slope for slope in slopes)
            for cue in (*example.cues, ALWAYS):
                steps[cue] += steep
                rate = RATE / sqrt(steps[cue])
                held = 1.0 - rate * PENALTY / counts[cue]
                row = weights[cue]
                weights[cue] = [
                    held * weight - rate * slope for weight, slope in zip(row, slopes, strict=True)
                ]
    return weights


def fit_signs(
    rows: Sequence[tuple[Mapping[str, float], int, float]],
) -> dict[str, list[float]]:
    """The weights of all signs that make the kinds of the messages likeliest."""
    size = len(weighing.WEIGHED)
    signs = sorted({sign for row, _, _ in rows for sign in row})
    weights = {sign: [0.0] * size for sign in signs}
    squares = {sign: [1e-3] * size for sign in signs}
    for _ in range(ROUNDS_OF_SIGNS):
        slopes = {
            sign: [PENALTY_OF_SIGNS * one * (sign != "always") for one in weights[sign]]
            for sign in signs
        }
        for row, kind, weight in rows:
            shares = weighing.kinds_of(row, weights)
            shares[kind] -= 1.0
            for sign, value in row.items():
                if value:
                    slope = slopes[sign]
                    for place in range(size):
                        slope[place] += weight * value * shares[place]
        for sign in signs:
            for place in range(size):
                slope = slopes[sign][place]
                squares[sign][place] += slope * slope
                weights[sign][place] -= 0.5 * slope / sqrt(squares[sign][place])
    return weights


def shares(told: Told, weights: Mapping[str, Sequence[float]]) -> list[list[float]]:
    return [
        weigh(cues(line, told.spoken, subject=not place), weights) if line.strip() else []
        for place, line in enumerate(told.body.lines)
    ]


def signs(told: Told, found: Sequence[Sequence[float]]) -> dict[str, float]:
    seen = kinds.look(told.body)
    by, _ = kinds.decision(told.body.folded, told.body.languages, told.letter.sent_on)
    said = kinds.said_of(told.letter, told.body, told.sender, seen, names_day=by is not None)
    return weighing.signs_of(found, said)


def pruned(weights: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    """The weights that are written, as they are read again."""
    kept = {}
    for cue, row in weights.items():
        rounded = [round(one, 2) if abs(one) >= LEAST else 0.0 for one in row]
        if any(rounded) or cue == ALWAYS:
            kept[cue] = rounded
    return kept


def write_weights(spoken: str, weights: Mapping[str, Sequence[float]]) -> None:
    lines = [
        "# What words tell, weighed by tests/store/rules/mail/learn.py; see cues.py. The first of",
        "# each part tell most.",
        "",
        f'wide = "{WIDE[spoken]}"',
    ]
    for place, saying in enumerate(SAYINGS):
        rows = sorted(
            ((row[place], cue) for cue, row in weights.items() if row[place] or cue == ALWAYS),
            key=lambda one: (-one[0], one[1]),
        )
        lines += ["", f'{saying} = """', *(f"{weight:.2f} {cue}" for weight, cue in rows), '"""']
    (OUT / f"{spoken}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_signs(weights: Mapping[str, Sequence[float]]) -> None:
    lines = ["# What the signs of a message tell, weighed by tests/store/rules/mail/learn.py."]
    for place, kind in enumerate(weighing.WEIGHED):
        lines += ["", f"[{kind}]"]
        lines += [f'"{sign}" = {row[place]:.2f}' for sign, row in sorted(weights.items())]
    (OUT / "kinds.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _crowded(
    found: list[list[float]], below: list[list[float]], idle: list[list[float]], place: int
) -> Iterable[list[list[float]]]:
    """A message as it is, and with sentences in it and below it that say nothing of its own."""

    def pick(some: list[list[float]], number: int) -> list[float]:
        return some[(place * 7 + number * 11) % len(some)]

    yield found
    yield [*found, pick(below, 0), pick(below, 1)]
    yield [*found[:2], pick(idle, 0), *found[2:], pick(idle, 1), pick(idle, 2)]
    yield [*found[:1], pick(idle, 3), pick(idle, 4), *found[1:], pick(below, 2)]


def main() -> None:
    everything = read_told()
    rows: list[tuple[Mapping[str, float], int, float]] = []
    folds: list[int] = []
    final: dict[str, dict[str, list[float]]] = {}
    for spoken in LANGUAGES:
        said = read_said(spoken)
        ours = [one for one in everything if one.spoken == spoken]
        for fold in range(FOLDS):
            kept = [one for place, one in enumerate(ours) if place % FOLDS != fold]
            known = [one for place, one in enumerate(said) if place % FOLDS != fold]
            examples = known + [example for one in kept for example in sentences(one)]
            weights = pruned(fit(examples))
            below = [weigh(cues(line, spoken), weights) for line in read_below(spoken)]
            idle = [
                weigh(one.cues, weights) for one in said[fold::FOLDS] if one.sayings == (_PLAIN,)
            ]
            for place, one in enumerate(ours[fold::FOLDS]):
                found = shares(one, weights)
                for seen in _crowded(found, below, idle, place):
                    rows.append((signs(one, seen), _SAYING[one.kind], one.weight))
                    folds.append(fold)
            print(spoken, fold, file=sys.stderr, flush=True)
        final[spoken] = pruned(fit(said + [e for one in ours for e in sentences(one)]))
    right = 0
    for fold in range(FOLDS):
        others = [row for row, at in zip(rows, folds, strict=True) if at != fold]
        weighed = fit_signs(others)
        for row, at in zip(rows, folds, strict=True):
            if at == fold:
                likely = weighing.kinds_of(row[0], weighed)
                right += likely.index(max(likely)) == row[1]
    print(f"put right when left out: {right / len(rows):.1%} of {len(everything)}")
    OUT.mkdir(exist_ok=True)
    for spoken, weights in final.items():
        write_weights(spoken, weights)
    write_signs(fit_signs(rows))


if __name__ == "__main__":
    main()
