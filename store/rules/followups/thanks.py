"""Who was thanked after an interview, decided once: for the plan, the pages, the tips.

A thank-you is a follow-up with an interview; its person is the id of a contact as text, or empty
where one message is for all who took part.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple


class ThankYou(NamedTuple):
    """One thank-you; `state` is open, done, skipped or lapsed."""

    interview_id: int | None
    person: str
    state: str


class Thanks:
    """The thank-yous of one application."""

    def __init__(self, thanks: Iterable[ThankYou]) -> None:
        self._thanks = tuple(one for one in thanks if one.interview_id is not None)

    def is_settled(self, interview_id: int, *, named: bool) -> bool:
        """Whether nobody is to be thanked for an interview any more: one message for all was sent
        or skipped, or any where its interviewers are not `named`."""
        return any(
            one.interview_id == interview_id and one.state in _SETTLED
            for one in self._thanks
            if not (one.person and named)
        )

    def was_thanked(self, interview_id: int, contact_id: int) -> bool:
        """Whether that contact was thanked for an interview, alone or with all the others."""
        return any(
            (one.interview_id, one.state) == (interview_id, "done")
            for one in self._thanks
            if one.person in ("", str(contact_id))
        )

    def complete(self) -> frozenset[int]:
        """The interviews for which a thank-you was sent and none is to be sent any more."""
        sent = {one.interview_id for one in self._thanks if one.state == "done"}
        owed = {one.interview_id for one in self._thanks if one.state in ("open", "lapsed")}
        return frozenset(number for number in sent - owed if number is not None)

    def waiting_persons(self, interviews: Collection[int]) -> frozenset[str]:
        """The persons to whom a thank-you for one of `interviews` can still be sent."""
        return frozenset(
            one.person
            for one in self._thanks
            if one.state == "open" and one.interview_id in interviews
        )


_SETTLED = ("done", "skipped")
