"""Drafts from what the board knows, and from the user's own templates."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from store.advice.draft_facts import in_a_sentence, recipient, salutation
from store.advice.drafts import Prepared, draft_folder, read_draft
from store.clock import FixedClock
from store.model.dossier import Due
from store.pipeline import Pipeline
from store.pipeline.drafts import _MESSAGES as OF_A_DRAFT
from store.read.glance import Glance
from store.rules.drafts.kinds import kind_for
from store.rules.drafts.templates import as_text, template
from store.rules.followups.actions import all_actions
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tests.tables import each_row

TODAY = date(2026, 11, 23)
SENT = {name: one.sends for name, one in all_actions().items() if one.sends and "." not in name}
OWN = """Subject: Hallo $company

Liebe $first_name,
| Guten Tag,

Text zum $promised_iso.
| Text.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the user's own templates."""
    path = tmp_path / "drafts"
    path.mkdir()
    return path


def open_one(glance: Glance, rule: str, application_id: int = 1, person: str = "") -> Due:
    """The open follow-up of a rule."""
    return next(
        entry.due
        for entry in glance.dossier(application_id).follow_ups
        if entry.due.rule == rule and entry.state == "open" and entry.due.person in (person, "")
    )


def draft(glance: Glance, rule: str, application_id: int = 1, person: str = "") -> Prepared:
    due = open_one(glance, rule, application_id, person)
    return read_draft(glance, application_id, due.id)


def text(prepared: Prepared) -> str:
    return as_text(prepared.message)


def hours(clock: FixedClock, count: int) -> datetime:
    return clock.now() + timedelta(hours=count)


def test_each_interviewer_is_thanked_in_other_words(
    pipeline: Pipeline, glance: Glance, clock: FixedClock
) -> None:
    pipeline.add(
        "Globex", "Engineer", applied_on=date(2026, 11, 2), contact_email="hr@globex.example"
    )
    pipeline.contact(1, "Ana Ruiz", email="ana@globex.example")
    pipeline.interview(1, hours(clock, -3), people="Ana Ruiz and Dr. Bo Lind", stage=Stage.FIRST)
    ana, bo = glance.dossier(1).interviews[0].interviewers
    pipeline.mention(ana.id, "the on-call rota.")
    pipeline.debrief(
        1,
        points=[
            ("topic", "event sourcing", False),
            ("achievement", "half the build time", False),
            ("concern", "no Kubernetes", False),
            ("concern", "too quiet", True),
            ("asked", "Why us?", True),
        ],
    )
    points = {point.text: point.id for point in glance.dossier(1).points}
    pipeline.point(1, "skill", "the CKA course", answers_id=points["no Kubernetes"])
    pipeline.point(1, "skill", "speaking up", answers_id=points["too quiet"])
    pipeline.point(1, "story", "the release week", answers_id=points["Why us?"])
    first = draft(glance, "R7", person=str(ana.contact_id))
    second = draft(glance, "R7", person=str(bo.contact_id))
    assert (first.kind, first.to, first.name) == ("thank_you", "ana@globex.example", "Ana Ruiz")
    assert (second.to, second.name) == ("hr@globex.example", "Dr. Bo Lind"), "via the coordinator"
    for part in (
        "Dear Ana,",
        "has stayed with me: the on-call rota.",
        "I especially enjoyed talking about event sourcing.",
        "no Kubernetes. Here is what I have done about it: the CKA course.",
        "“Why us?”, I did not give you my best answer. Here is what I would add: the release week.",
        "on Monday 23 November",
    ):
        assert part in first.message.body
    assert "Dear Dr. Bo Lind," in second.message.body
    assert "I especially enjoyed talking about half the build time." in second.message.body
    assert "too quiet" not in text(first) + text(second), "a concern that nobody raised"


@each_row(
    ("topic", "said"),
    [
        ("SQL examples", "I especially enjoyed talking about SQL examples."),
        ("The billing migration", "I especially enjoyed talking about the billing migration."),
        ("Moving off cron.", "I especially enjoyed talking about moving off cron."),
        ("Kubernetes", "I especially enjoyed talking about Kubernetes."),
    ],
)
def test_the_sentence_about_a_topic_reads_well_with_any(topic: str, said: str) -> None:
    assert said in template("thank_you").replace("$topic", in_a_sentence(topic))


def test_through_a_recruiter(pipeline: Pipeline, glance: Glance, clock: FixedClock) -> None:
    pipeline.add(
        "Globex", "Engineer", applied_on=date(2026, 11, 2), via_recruiter="Rita Stone",
        contact_name="Ana Ruiz", contact_email="ana@globex.example",
    )  # fmt: skip
    pipeline.contact(1, "Rita Stone", email="rita@agency.example", relation="recruiter")
    prepared = draft(glance, "R1")
    assert (prepared.kind, prepared.to) == ("application_inquiry", "rita@agency.example")
    assert "Dear Rita," in prepared.message.body
    assert "whether you have heard back" in prepared.message.body
    withdrawal = read_draft(glance, 1, kind="withdraw")
    assert withdrawal.to == "rita@agency.example"
    assert read_draft(glance, 1, kind="feedback").to == "ana@globex.example"
    reconfirmed = read_draft(glance, 1, kind="reconfirm")
    assert reconfirmed.to == "rita@agency.example"
    assert "my interview with Globex" in reconfirmed.message.body


def test_an_offer_is_answered_through_the_recruiter(
    pipeline: Pipeline, glance: Glance, clock: FixedClock
) -> None:
    """As its label says; without one they are told themselves."""
    pipeline.add(
        "Globex", "Engineer", stage=Stage.OFFER, contact_name="Ana Ruiz",
        contact_email="ana@globex.example",
    )  # fmt: skip
    for kind, words in (
        ("accept", "accept your offer of the Engineer position at Globex"),
        ("decline", "I wish you"),
    ):
        prepared = read_draft(glance, 1, kind=kind)
        assert (prepared.to, prepared.name) == ("ana@globex.example", "Ana Ruiz")
        assert words in prepared.message.body
    pipeline.edit(1, {"via_recruiter": "Rita Stone"})
    pipeline.contact(1, "Rita Stone", email="rita@agency.example", relation="recruiter")
    for kind, words in (
        (
            "accept",
            "accept the offer of the Engineer position at Globex. Could you please let them",
        ),
        ("decline", "Could you please let Globex know"),
    ):
        prepared = read_draft(glance, 1, kind=kind)
        assert (prepared.to, prepared.name) == ("rita@agency.example", "Rita Stone")
        assert words in prepared.message.body
        assert "working with you" not in prepared.message.body


def test_a_thank_you_without_an_address_goes_to_the_recruiter_who_stands_between(
    pipeline: Pipeline, glance: Glance, clock: FixedClock
) -> None:
    pipeline.add(
        "Globex", "Engineer", stage=Stage.FIRST, applied_on=date(2026, 11, 2),
        via_recruiter="Rita Stone", contact_name="HR", contact_email="hr@globex.example",
    )  # fmt: skip
    pipeline.contact(1, "Rita Stone", email="rita@agency.example", relation="recruiter")
    pipeline.interview(1, clock.now() - timedelta(hours=3), people="Bo Lind")
    (bo,) = glance.dossier(1).interviews[0].interviewers
    prepared = draft(glance, "R7", person=str(bo.contact_id))
    assert (prepared.to, prepared.name) == ("rita@agency.example", "Bo Lind")
    (rita,) = (c for c in glance.dossier(1).contacts if c.name == "Rita Stone")
    pipeline.edit_contact(rita.id, {"email": ""})
    prepared = draft(glance, "R7", person=str(bo.contact_id))
    assert prepared.to == "hr@globex.example", "of the recruiter no address is known"


def test_the_last_question_names_the_one_before(pipeline: Pipeline, glance: Glance) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 10, 30))
    first = draft(glance, "R1")
    assert "already" not in text(first)
    pipeline.complete(open_one(glance, "R1").id, on=date(2026, 11, 9))
    again = draft(glance, "R1")
    assert "I also wrote on Monday 9 November and will leave it with you" in text(again)


def test_a_date_that_has_passed(pipeline: Pipeline, glance: Glance, clock: FixedClock) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2), contact_name="Ana Ruiz")
    pipeline.interview(1, hours(clock, -24 * 10), stage=Stage.FIRST)
    pipeline.log_reply(1, on=date(2026, 11, 16), decides_by=date(2026, 11, 20))
    prepared = draft(glance, "R9")
    assert prepared.kind == "inquiry_after_date"
    assert "by Friday 20 November" in text(prepared)
    thanks = read_draft(glance, 1, kind="thank_you")
    assert "You wanted to decide by" not in text(thanks), "that day has passed"


def test_an_invitation(pipeline: Pipeline, glance: Glance, clock: FixedClock) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2))
    pipeline.interview(1, None, stage=Stage.FIRST)
    prepared = draft(glance, "R3")
    assert prepared.kind == "availability"
    assert (
        "who I will be meeting, what format the interview will take and how long it will last?"
        in text(prepared)
    )
    pipeline.interview(
        1,
        datetime(2026, 12, 1, 16, tzinfo=clock.zone),
        people="Ana",
        place="Room 4",
        formats=["panel"],
        zone="America/New_York",
    )
    confirmed = read_draft(glance, 1, kind="confirm_interview")
    assert "Tuesday 1 December, 10:00 (America/New_York), Room 4." in text(confirmed)
    assert "Could you tell me" not in text(confirmed), "all is known"


def test_another_offer_gives_the_date(
    pipeline: Pipeline, glance: Glance, clock: FixedClock
) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2), stage=Stage.SECOND)
    pipeline.interview(1, hours(clock, 48), stage=Stage.SECOND)
    pipeline.add("Initech", "Engineer", applied_on=date(2026, 11, 2), stage=Stage.OFFER)
    pipeline.deadline(2, date(2026, 12, 3))
    prepared = draft(glance, "R16")
    assert prepared.kind == "tell_date"
    assert "by Thursday 3 December" in text(prepared)
    assert "Initech" not in text(prepared), "who the other one is stays with the user"
    more_time = read_draft(glance, 2, kind="ask_time")
    assert (
        "by Thursday 3 December. Would it be possible to give it to you by Thursday 10 December"
        in text(more_time)
    )
    pipeline.close(2, Outcome.ACCEPTED)
    withdrawal = draft(glance, "R18")
    assert "I have accepted another position" in text(withdrawal)
    assert "Initech" not in text(withdrawal)


def test_only_the_date_of_the_first_offer_is_told(
    pipeline: Pipeline, glance: Glance, clock: FixedClock
) -> None:
    """The follow-up tells of the earliest open offer (R16): so does its message."""
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2), stage=Stage.SECOND)
    pipeline.interview(1, hours(clock, 48), stage=Stage.SECOND)
    pipeline.add("Initech", "Engineer", applied_on=date(2026, 11, 2), stage=Stage.OFFER)
    pipeline.add("Acme", "Engineer", applied_on=date(2026, 11, 2), stage=Stage.OFFER)
    pipeline.deadline(3, date(2026, 12, 3))
    assert "December" not in text(draft(glance, "R16")), "the first offer has no date yet"
    pipeline.deadline(2, date(2026, 12, 9))
    assert "by Wednesday 9 December" in text(draft(glance, "R16"))
    (due,) = [one for one in glance.follow_ups_of(1) if one.rule == "R16"]
    assert due.reason == "offer from Initech Mon 23 Nov, answer due Wed 9 Dec"


def test_an_offer_by_word_of_mouth(pipeline: Pipeline, glance: Glance) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2), stage=Stage.OFFER)
    pipeline.offer(1, kind="verbal")
    assert "Could you also send me the offer in writing?" in text(draft(glance, "R12"))
    pipeline.offer(1, letter_on=TODAY)
    assert "in writing" not in text(draft(glance, "R12"))


def test_a_promise(pipeline: Pipeline, glance: Glance) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2))
    pipeline.point(1, "my_promise", "a link to the first talk")
    pipeline.point(1, "my_promise", "the names of two references", due_on=date(2026, 11, 25))
    promises = [e.due for e in glance.dossier(1).follow_ups if e.due.rule == "R21"]
    subjects = {read_draft(glance, 1, due.id).message.subject for due in promises}
    assert subjects == {
        "As promised: a link to the first talk",
        "As promised: the names of two references",
    }


def test_several_applications_in_one_message(pipeline: Pipeline, glance: Glance) -> None:
    for role in ("Engineer", "Analyst"):
        pipeline.add("Globex", role, applied_on=date(2026, 11, 2))
    due = open_one(glance, "R1")
    prepared = read_draft(glance, 1, due.id, others=[glance.dossier(2)])
    assert prepared.kind == "together"
    assert "(Engineer and Analyst)" in prepared.message.body


def test_a_follow_up_that_asks_for_no_message(pipeline: Pipeline, glance: Glance) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2))
    pipeline.remind(1, date(2026, 11, 25), "buy a tie")
    with pytest.raises(Refused, match="needs no message"):
        read_draft(glance, 1, open_one(glance, "own").id)
    assert read_draft(glance, 1, open_one(glance, "own").id, "withdraw").kind == "withdraw"
    with pytest.raises(Refused, match="Unknown message type"):
        read_draft(glance, 1, kind="love_letter")


@each_row(("action", "message"), sorted(SENT.items()))
def test_what_is_logged_as_sent_can_be_drafted_and_is_the_same_without_a_follow_up(
    action: str, message: str
) -> None:
    kinds = {kind_for(action, rule) for rule in ("R1", "R8", "R9", "R11")}
    assert {OF_A_DRAFT.get(kind, "other") for kind in kinds if kind} == {message}


@pytest.mark.parametrize(
    ("contacts", "texts", "expected"),
    [
        ([], {}, ("", "")),
        ([], {"contact_name": "Ana Ruiz"}, ("Ana Ruiz", "")),
        ([("Ana", "a@x.example", "other")], {"contact_email": "b@x.example"}, ("", "b@x.example")),
        (
            [("Ivy", "i@x.example", "interviewer"), ("Coe", "c@x.example", "coordinator")],
            {"contact_name": "Max"},
            ("Coe", "c@x.example"),
        ),
        ([("Ref", "r@x.example", "referrer")], {}, ("Ref", "r@x.example")),
        ([("Ref", "r@x.example", "referrer")], {"contact_name": "Max"}, ("Ref", "r@x.example")),
        (
            [("Ivy", "i@x.example", "interviewer"), ("Max", "m@x.example", "manager")],
            {},
            ("Max", "m@x.example"),
        ),
        (
            [("Max", "", "manager"), ("Ivy", "i@x.example", "interviewer")],
            {},
            ("Ivy", "i@x.example"),
        ),
        ([("Max", "", "manager"), ("Rob", "r@y.example", "reference")], {}, ("Max", "")),
    ],
)
def test_the_recipient(
    pipeline: Pipeline,
    glance: Glance,
    contacts: list[tuple[str, str, str]],
    texts: dict[str, str],
    expected: tuple[str, str],
) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2), **texts)
    for name, email, relation in contacts:
        pipeline.contact(1, name, email=email, relation=relation)
    assert recipient(glance.dossier(1), None, "application_inquiry") == expected


@pytest.mark.parametrize("contact", ["Ana Ruiz", "Ana", "ana ruiz"])
def test_thanks_never_go_to_another_interviewer(
    pipeline: Pipeline, glance: Glance, clock: FixedClock, contact: str
) -> None:
    pipeline.add(
        "Globex",
        "Engineer",
        applied_on=date(2026, 11, 2),
        contact_name=contact,
        contact_email="ana@globex.example",
    )
    pipeline.interview(1, hours(clock, -3), people="Ana Ruiz and Bo Lind", stage=Stage.FIRST)
    ana, bo = glance.dossier(1).interviews[0].interviewers
    first = draft(glance, "R7", person=str(ana.contact_id))
    second = draft(glance, "R7", person=str(bo.contact_id))
    assert (first.to, first.name.title()) == ("ana@globex.example", "Ana Ruiz")
    assert (second.to, second.name) == ("", "Bo Lind"), "Ana is no coordinator"


def test_nobody_who_recommended_the_user_hears_of_the_offer(
    pipeline: Pipeline, glance: Glance
) -> None:
    pipeline.add(
        "Globex",
        "Engineer",
        stage=Stage.OFFER,
        applied_on=date(2026, 11, 2),
        contact_name="Ref Lee",
        contact_email="r@x.example",
        contact_relation="referrer",
    )
    assert recipient(glance.dossier(1), None, "offer_thanks") == ("", "")
    pipeline.contact(1, "Max", relation="manager")
    assert recipient(glance.dossier(1), None, "offer_thanks") == ("Max", "")
    assert recipient(glance.dossier(1), None, "application_inquiry").name == "Ref Lee"


def test_who_was_met_last_and_has_an_address_comes_first(
    pipeline: Pipeline, glance: Glance, clock: FixedClock
) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2), contact_name="Max")
    pipeline.interview(1, hours(clock, -50), people="Ivy", stage=Stage.FIRST)
    pipeline.interview(1, hours(clock, -3), people="Ana, Bo", stage=Stage.FIRST)
    for contact_id, email in ((2, "ivy@x.example"), (4, "bo@x.example")):
        pipeline.edit_contact(contact_id, {"email": email})
    pipeline.contact(1, "Coe", email="coe@x.example", relation="coordinator")
    dossier = glance.dossier(1)
    assert recipient(dossier, None, "inquiry_after_days") == ("Bo", "bo@x.example")
    assert recipient(dossier, None, "inquiry_after_days", 2) == ("Ivy", "ivy@x.example")
    pipeline.edit(1, {"contact_email": "max@x.example"})
    assert recipient(glance.dossier(1), None, "inquiry_after_days").name == "Max"


def test_a_reference(pipeline: Pipeline, glance: Glance) -> None:
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2), contact_name="Ana")
    pipeline.contact(1, "Rob Tan", email="rob@y.example", relation="reference")
    prepared = read_draft(glance, 1, kind="references")
    assert (prepared.to, prepared.name) == ("rob@y.example", "Rob Tan")
    pipeline.contact(1, "Sue Lee", email="sue@y.example", relation="reference")
    assert read_draft(glance, 1, kind="references").to == "", "they need not know of each other"


@each_row(
    ("name", "expected"),
    [
        ("Ana Ruiz", "Ana"),
        ("Ana", "Ana"),
        ("Dr. Ana Ruiz", "Dr. Ana Ruiz"),
        ("Prof Ana Ruiz", "Prof Ana Ruiz"),
        ("J. Smith", "J. Smith"),
        ("two people of the team", ""),
        ("株式会社", "株式会社"),
        ("", ""),
    ],
)
def test_addressed(name: str, expected: str) -> None:
    assert salutation(name) == expected


# The user's own templates


def own(glance: Glance, folder: Path) -> Prepared:
    return read_draft(glance, 1, kind="application_inquiry", folder=folder)


@pytest.fixture
def one(pipeline: Pipeline) -> None:
    """An application."""
    pipeline.add("Globex", "Engineer", applied_on=date(2026, 11, 2), contact_name="Ana Ruiz")


@pytest.mark.usefixtures("one")
class TestOwnTemplates:
    """Files in the folder of the user."""

    def test_they_come_first(self, glance: Glance, folder: Path) -> None:
        (folder / "application_inquiry.txt").write_bytes(b"\xef\xbb\xbf" + OWN.encode())
        (folder / "signature.txt").write_text("Kim\nNovak\n", encoding="utf-8")
        assert own(glance, folder).message == ("Hallo Globex", "Liebe Ana,\n\nText.")
        other = read_draft(glance, 1, kind="withdraw", folder=folder)
        assert other.message.body.endswith("Kind regards,\n\nKim\nNovak")

    @pytest.mark.parametrize("there", ["nothing", "a file", "a dangling link"])
    def test_without_one_ours_is_taken(self, glance: Glance, tmp_path: Path, there: str) -> None:
        folder = tmp_path / "drafts"
        if there == "a file":
            folder.write_text("", encoding="utf-8")
        if there == "a dangling link":
            folder.mkdir()
            (folder / "application_inquiry.txt").symlink_to("gone")
        assert own(glance, folder) == read_draft(glance, 1, kind="application_inquiry")

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"Subject: x\n\nDear $nme", "application_inquiry.txt”, line 3: there is no “$nme”"),
            (b"Dear Ana", "application_inquiry.txt”, line 1: it must start with “Subject:”"),
            (b"", "application_inquiry.txt”, line 1: it must start with “Subject:”"),
            (b"Subject: x\n\n\xff", "application_inquiry.txt”, line 3: this is not UTF-8 text"),
            (b"Subject: x\n\na\0", "application_inquiry.txt”, line 3: this is not text"),
            (b"x" * 65_537, "has more than 65,536 bytes"),
            (b"Subject: x\n\n" + b"x" * 30_000, "more than 20,000 characters"),
        ],
    )
    def test_a_wrong_one_is_told(
        self, glance: Glance, folder: Path, content: bytes, sentence: str
    ) -> None:
        (folder / "application_inquiry.txt").write_bytes(content)
        with pytest.raises(Refused) as refused:
            own(glance, folder)
        assert sentence in str(refused.value)

    @pytest.mark.parametrize(
        ("make", "sentence"),
        [
            (lambda path: path.mkdir(), "is not a file"),
            (
                lambda path: path.symlink_to(path.name),
                "could not be read (too many levels of symbolic",
            ),
            (os.mkfifo, "is not a file"),
        ],
        ids=["folder", "link to itself", "pipe"],
    )
    def test_what_is_no_file_is_told(
        self, glance: Glance, folder: Path, make: Callable[[Path], None], sentence: str
    ) -> None:
        make(folder / "application_inquiry.txt")
        with pytest.raises(Refused) as refused:
            own(glance, folder)
        assert sentence in str(refused.value)

    def test_one_that_may_not_be_read_is_told(
        self,
        glance: Glance,
        own_folder: Path,
        commoner: Callable[[], AbstractContextManager[None]],
    ) -> None:
        path = own_folder / "application_inquiry.txt"
        path.write_text(OWN, encoding="utf-8")
        path.chmod(0)
        with commoner(), pytest.raises(Refused, match="could not be read \\(permission denied\\)"):
            own(glance, own_folder)

    def test_a_signature_too_long_is_told(self, glance: Glance, folder: Path) -> None:
        (folder / "signature.txt").write_text("x" * 501, encoding="utf-8")
        with pytest.raises(Refused, match="500 fit"):
            own(glance, folder)


def test_the_folder_is_beside_the_configuration(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert draft_folder().name == "drafts"
    assert draft_folder().parent.name == "rounds"
