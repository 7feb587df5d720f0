"""The kinds of messages that fit an application when nothing asks for one."""

from dataclasses import replace

from store.rules.drafts.kinds import KINDS, Standing, fitting_kinds
from store.rules.stages import Outcome, Stage
from tests.tables import each_row

APPLIED = Standing(Stage.APPLIED)
FIRST = Standing(Stage.FIRST)
SECOND = Standing(Stage.SECOND, met=True)
OFFER = Standing(Stage.OFFER, met=True)

FITTING = [
    (APPLIED, {"application_inquiry", "withdraw"}),
    (FIRST, {"withdraw"}),
    (replace(FIRST, invited=True), {"availability", "ask_time_of_interview", "withdraw"}),
    (replace(FIRST, cancelled=True), {"cancelled", "ask_time_of_interview", "withdraw"}),
    (replace(FIRST, missed=True), {"no_show", "ask_time_of_interview", "withdraw"}),
    (
        replace(SECOND, handed_in=True, via_recruiter=True),
        {
            *("thank_you", "inquiry_after_days", "inquiry_after_task", "recruiter_call"),
            "withdraw",
        },
    ),
    (replace(FIRST, agreed=True), {"confirm_interview", "reconfirm", "withdraw"}),
    (SECOND, {"thank_you", "inquiry_after_days", "withdraw"}),
    (
        replace(SECOND, date_named=True, references_checked=True),
        {
            "thank_you",
            "inquiry_after_days",
            "inquiry_after_date",
            "inquiry_after_check",
            "withdraw",
        },
    ),
    (replace(SECOND, no_contact=True), {"thank_you", "withdraw"}),
    (replace(APPLIED, no_contact=True), {"withdraw"}),
    (
        OFFER,
        {
            "thank_you",
            "offer_thanks",
            "ask_letter",
            "ask_deadline",
            "ask_time",
            "accept",
            "decline",
        },
    ),
    (replace(SECOND, outcome=Outcome.WITHDRAWN), {"thank_you", "withdraw"}),
    (replace(APPLIED, outcome=Outcome.REJECTED), {"feedback", "keep_in_touch", "look_again"}),
    (replace(OFFER, outcome=Outcome.ACCEPTED), {"thank_you", "accept", "helper_thanks"}),
    (replace(OFFER, outcome=Outcome.DECLINED), {"thank_you", "decline"}),
]


@each_row(("standing", "expected"), FITTING)
def test_what_fits(standing: Standing, expected: set[str]) -> None:
    assert set(fitting_kinds(standing)) == expected


def test_a_counter_proposal_can_be_asked_about() -> None:
    assert "ask_counter" in fitting_kinds(replace(OFFER, counter_sent=True))
    assert "ask_counter" not in fitting_kinds(OFFER)


@each_row("stage", Stage)
@each_row("outcome", [None, *Outcome])
def test_something_always_fits_in_the_order_of_all_kinds(
    stage: Stage, outcome: Outcome | None
) -> None:
    kinds = fitting_kinds(Standing(stage, outcome))
    assert kinds
    assert list(kinds) == [kind for kind in KINDS if kind in kinds]
