"""What a message is, weighed from all that its sentences say and from who sends it.

Each sign has a weight for each kind; the sums tell how likely the kinds are. The weights are in
`weights/kinds.toml`, which `tests/store/rules/mail/learn.py` derives from the labelled messages.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from math import exp, log
from typing import NamedTuple

from store.rules.mail.cues import SAYINGS
from store.rules.mail.message import MailKind
from store.rules.shipped_lists import read_shipped, require

WEIGHED = (
    MailKind.REJECTION, MailKind.INVITATION, MailKind.OFFER, MailKind.ACKNOWLEDGEMENT,
    MailKind.DATE, MailKind.REPLY, MailKind.NOTHING,
)  # fmt: skip
"""The kinds that a text can be of, in the order of the sayings that tell them."""
_GO_TOGETHER = {MailKind.ACKNOWLEDGEMENT: (MailKind.DATE,), MailKind.OFFER: (MailKind.DATE,)}
"""What may be said in one message: that it arrived and when they decide, an offer and till when."""
_NOTHING_FROM = 0.6
"""How likely it must be that a message means nothing: it is not listed then (product)."""
_PLAIN = SAYINGS.index("plain")
_LOWEST, _HIGHEST, _SCALE = -3.0, 5.0, 3.0
"""Bounds of what one sentence can count, and what one counts at most with its weight."""
_FIRST, _FIRST_SHARE = 4, 0.6
"""Sentences that are the beginning of a message: what matters stands there (product)."""
_TINY = 1e-6


class WeighedKind(NamedTuple):
    """The kind that is likeliest, how likely it is, and what its likeliest sentence says.

    `told` is the share of the kind in the sentence that says it most, `other` that of another
    kind in any sentence. `place` is that sentence, 0 for the subject.
    """

    kind: MailKind
    share: float
    told: float
    other: float
    place: int


def signs_of(shares: Sequence[Sequence[float]], said: Mapping[str, float]) -> dict[str, float]:
    """The signs of a message: what its sentences say, and what else was found of it.

    Args:
        shares: of each sentence how likely each of `SAYINGS` is, the subject first; empty for an
            empty one.
        said: the signs that were found otherwise.
    """
    signs = dict(said)
    signs["always"] = 1.0
    filled = [one for one in shares if one]
    begins = filled[: max(_FIRST, round(len(filled) * _FIRST_SHARE))]
    for place, kind in enumerate(WEIGHED):
        odds = sorted((_odds(one, place) for one in filled), reverse=True)
        none = 1.0
        for one in filled:
            none *= 1.0 - one[place]
        signs[f"best {kind}"] = (odds[0] if odds else _LOWEST) / _SCALE
        signs[f"second {kind}"] = max(odds[1] if len(odds) > 1 else _LOWEST, -1.0) / _SCALE
        signs[f"any {kind}"] = 1.0 - none
        signs[f"most {kind}"] = max((one[place] for one in filled), default=0.0)
        signs[f"first {kind}"] = max((one[place] for one in begins), default=0.0)
        signs[f"subject {kind}"] = shares[0][place] if shares and shares[0] else 0.0
    return signs


def _odds(shares: Sequence[float], place: int) -> float:
    odds = log((shares[place] + _TINY) / (shares[_PLAIN] + _TINY))
    return max(_LOWEST, min(_HIGHEST, odds))


def kinds_of(signs: Mapping[str, float], weights: Mapping[str, Sequence[float]]) -> list[float]:
    """How likely each of `WEIGHED` is for a message with these signs."""
    sums = [0.0] * len(WEIGHED)
    for sign, value in signs.items():
        if value and sign in weights:
            for place, weight in enumerate(weights[sign]):
                sums[place] += value * weight
    most = max(sums)
    parts = [exp(one - most) for one in sums]
    whole = sum(parts)
    return [one / whole for one in parts]


def weigh_message(
    shares: Sequence[Sequence[float]], said: Mapping[str, float], told: Collection[MailKind] = ()
) -> WeighedKind:
    """What a message is; see `signs_of`. Where a phrase tells kinds, it does not mean nothing: it
    is the likeliest of those that are `told`."""
    likely = kinds_of(signs_of(shares, said), read_kind_weights())
    best = max(range(len(WEIGHED)), key=likely.__getitem__)
    if WEIGHED[best] is MailKind.NOTHING and (told or likely[best] < _NOTHING_FROM):
        allowed = [at for at, kind in enumerate(WEIGHED) if kind in told or not told]
        best = max((at for at in allowed if at != best), key=likely.__getitem__)
    beside = {WEIGHED[best], *_GO_TOGETHER.get(WEIGHED[best], ())}
    says, place, other = 0.0, 0, 0.0
    for at, one in enumerate(shares):
        if not one:
            continue
        if one[best] > says:
            says, place = one[best], at
        others = (share for share, kind in zip(one, WEIGHED, strict=False) if kind not in beside)
        other = max(other, *others)
    return WeighedKind(WEIGHED[best], likely[best], says, other, place)


@cache
def read_kind_weights() -> Mapping[str, Sequence[float]]:
    """The weight of each sign for each of `WEIGHED`; ValueError for a wrong file."""
    import tomllib

    file = "mail/weights/kinds.toml"
    read: dict[str, dict[str, float]] = tomllib.loads(read_shipped(file))
    require(set(read) == set(WEIGHED), f"{file}: its kinds are not those of messages")
    signs: dict[str, list[float]] = {}
    for place, kind in enumerate(WEIGHED):
        for sign, weight in read[kind].items():
            signs.setdefault(sign, [0.0] * len(WEIGHED))[place] = float(weight)
    return signs
