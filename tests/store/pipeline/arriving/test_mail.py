"""Mail on a real board: kept until it is confirmed, done in one step, undone in one."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from store.clock import FixedClock
from store.errors import NotFound
from store.exchange.mail import read_piped
from store.export.calendar import calendar_file
from store.export.settings import CalendarChoice
from store.model.dossier import Dossier
from store.pipeline import Pipeline
from store.pipeline.arriving.mail import Confirmed
from store.read.arriving.mail import Waiting, read_waiting, sift
from store.read.arriving.mail import read_keys as keys_of
from store.read.arriving.mail import read_office as office_of
from store.read.calendar import read_calendar
from store.rules.mail.message import MailKind
from store.rules.mail.proposals import effect
from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tests.makers import BERLIN
from tui.wording import not_agreed, state

ACME, GLOBEX = 1, 2


@pytest.fixture
def begin() -> Callable[[Pipeline, FixedClock], None]:
    return two


def two(pipeline: Pipeline, _: FixedClock) -> None:
    pipeline.add(
        "Acme Robotics", "Data Engineer", applied_on=date(2026, 11, 2), contact_name="Ana Ruiz",
        contact_email="ana@acme.example",
    )  # fmt: skip
    pipeline.add("Globex", "Platform Engineer", applied_on=date(2026, 11, 3))


def letter(text: str, subject: str = "Hello", sender: str = "Ana Ruiz <ana@acme.example>") -> bytes:
    return (
        f"From: {sender}\nSubject: {subject}\nDate: Fri, 20 Nov 2026 09:00:00 +0100\n\n{text}\n"
    ).encode()


def entry(
    *, sequence: int = 0, hour: int = 10, method: str = "REQUEST", day: int = 1, uid: str = "1@x"
) -> bytes:
    return (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:{method}\nBEGIN:VEVENT\nUID:{uid}\n"
        f"SEQUENCE:{sequence}\nDTSTART;TZID=Europe/Berlin:202612{day:02}T{hour}0000\nDURATION:PT45M\n"
        "SUMMARY:Interview\nLOCATION:https://meet.example/x\n"
        "ORGANIZER;CN=Ana Ruiz:mailto:ana@acme.example\nEND:VEVENT\nEND:VCALENDAR\n"
    ).encode()


class Post:
    """A board that mail comes to."""

    def __init__(self, pipeline: Pipeline, clock: FixedClock) -> None:
        self.pipeline = pipeline
        self.clock = clock
        self.warnings: tuple[str, ...] = ()

    def comes(self, data: bytes) -> list[Waiting]:
        box = read_piped(data, self.clock.zone, self.clock.now())
        with closing(self.pipeline.database.glance()) as glance:
            new, _ = sift(office_of(glance), keys_of(glance), box.messages)
        self.pipeline.receive_mail(new)
        return self.waiting()

    def waiting(self) -> list[Waiting]:
        with closing(self.pipeline.database.glance()) as glance:
            return list(read_waiting(glance, self.clock.zone))

    def take(self, *waiting: Waiting, **other: object) -> str:
        done = [
            Confirmed(
                one.id, one.proposal.kind, one.proposal.card_id, one.proposal.by, one.proposal.text,
                one.company, one.role, one.proposal.slot, one.proposal.details,
            )._replace(**other)  # type: ignore[arg-type]
            for one in waiting
        ]  # fmt: skip
        written = self.pipeline.confirm_mail(done)
        self.warnings = written.warnings
        return written.sentence

    def dossier(self, number: int) -> Dossier:
        with closing(self.pipeline.database.glance()) as glance:
            return glance.dossier(number)


@pytest.fixture
def post(pipeline: Pipeline, clock: FixedClock) -> Post:
    return Post(pipeline, clock)


def test_a_rejection_closes_on_its_day_and_its_text_is_logged(post: Post) -> None:
    post.take(*post.comes(letter("Hi Sam,\n\nwe decided to go with another candidate.\n\nAna")))
    found = post.dossier(ACME)
    assert (found.card.outcome, found.card.closed_on) == (Outcome.REJECTED, date(2026, 11, 20))
    (message,) = found.messages
    assert (message.kind, message.sent_on) == ("rejection", date(2026, 11, 20))
    assert message.text == "Hi Sam,\n\nwe decided to go with another candidate."
    assert post.waiting() == []


def test_a_date_is_a_reply_that_names_it(post: Post) -> None:
    (one,) = post.comes(letter("We will get back to you by 3 Dec."))
    assert one.proposal.by == date(2026, 12, 3)
    post.take(one)
    found = post.dossier(ACME)
    assert found.card.expected_by == date(2026, 12, 3)
    assert [message.kind for message in found.messages] == ["date_given"]


def test_what_means_nothing_is_not_confirmed(post: Post) -> None:
    (one,) = post.comes(letter("We will get back to you by 3 Dec."))
    with pytest.raises(Refused, match="is dropped, not confirmed"):
        post.take(one, kind=MailKind.NOTHING)
    assert len(post.waiting()) == 1


def test_an_acknowledgement_is_automatic(post: Post) -> None:
    sender = "Globex <globex@myworkday.com>"
    text = "We have received your application for Platform Engineer. We will answer in two weeks."
    post.take(*post.comes(letter(text, "Thank you", sender)))
    found = post.dossier(GLOBEX)
    assert [message.kind for message in found.messages] == ["automatic"]
    assert found.card.expected_by == date(2026, 12, 4)


def test_a_time_in_the_text_is_an_interview_once_it_is_confirmed(post: Post) -> None:
    text = "We would like to invite you to an interview on Tuesday 1 December at 2 pm London time."
    (one,) = post.comes(letter(text))
    assert one.proposal.kind is MailKind.INTERVIEW
    assert not one.proposal.sure
    assert "the time, which stands in the text" in one.proposal.unsure
    does = effect(one.proposal, date(2026, 11, 23), post.clock.zone)
    assert does == ("interview Tue 1 Dec 15:00 (14:00 in Europe/London); you still have to reply")
    post.take(one)
    found = post.dossier(ACME)
    assert found.card.stage is Stage.FIRST
    (interview,) = found.interviews
    assert interview.starts_at == datetime(2026, 12, 1, 14, tzinfo=UTC)
    assert (interview.minutes, interview.zone) == (60, "Europe/London")


PROPOSES = (
    "We would like to invite you to an interview. Could you come on Tuesday 1 December at 2 pm "
    "CET? It will take 45 minutes, on Zoom, with Marcus Bell and me."
)


def open_ones(found: Dossier) -> dict[str, date]:
    return {one.due.action: one.due.due_on for one in found.follow_ups if one.state == "open"}


def calendar_of(post: Post) -> str:
    """The file that other calendars read."""
    with closing(post.pipeline.database.glance()) as glance:
        return calendar_file(read_calendar(glance), CalendarChoice()).decode()


def test_a_time_that_they_propose_waits_for_the_reply(post: Post) -> None:
    (one,) = post.comes(letter(PROPOSES, sender="Rosa Lind <rosa@acme.example>"))
    does = effect(one.proposal, date(2026, 11, 23), post.clock.zone)
    assert does == (
        "interview Tue 1 Dec 14:00, 45 min, video, with Marcus Bell and Rosa Lind; you still have "
        "to reply"
    )
    said = post.take(one)
    assert "first interview proposed for Tue 1 Dec 14:00" in said
    found = post.dossier(ACME)
    (interview,) = found.interviews
    assert interview.awaits_reply
    assert state(interview, post.clock.now()) == "proposed"
    assert not_agreed(interview, post.clock.now()) == ", proposed"
    assert (interview.minutes, interview.formats) == (45, ("video_live",))
    assert interview.people == "Marcus Bell and Rosa Lind"
    assert (interview.invited_on, found.card.stage_since) == (date(2026, 11, 20),) * 2
    assert open_ones(found)["answer"] == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Thank you for your application. We have received it.", "auto-reply"),
        ("Thanks, I passed your question about the application on.", "they replied"),
        (
            "We will get back to you by 3 Dec.",
            "they replied: decision by Thu 3 Dec",
        ),
        (
            "We would like to invite you to an interview. When are you free?",
            "invited to a first interview",
        ),
        (
            "Unfortunately, we have decided to move forward with other candidates.",
            "closed: rejected",
        ),
        (
            "We are delighted to offer you the position. Please sign and return the contract by 4 "
            "December.",
            "they made an offer Fri 20 Nov, moved to offer, answer due Fri 4 Dec",
        ),
    ],
)
def test_what_was_recorded_is_told_in_words(post: Post, text: str, told: str) -> None:
    said = post.take(*post.comes(letter(text)))
    assert said.startswith(f"Acme Robotics, Data Engineer: {told}"), said


def test_who_wrote_becomes_somebody_to_write_to(post: Post) -> None:
    sender = "Rosa Lind <rosa@globex.example>"
    text = "Thank you for applying. We would like to invite you to an interview. When are you free?"
    post.take(*post.comes(letter(text, "Platform Engineer at Globex", sender)))
    assert post.warnings == ("Rosa Lind, who wrote, is now a contact at Globex.",)
    (contact,) = post.dossier(GLOBEX).contacts
    assert (contact.name, contact.email, contact.main) == ("Rosa Lind", "rosa@globex.example", True)
    post.take(*post.comes(letter("We will get back to you by 3 Dec.", sender=sender)))
    assert len(post.dossier(GLOBEX).contacts) == 1


def test_a_reply_to_what_they_propose_makes_it_agreed(post: Post) -> None:
    post.take(*post.comes(letter(PROPOSES)))
    assert "STATUS:TENTATIVE" in calendar_of(post)
    (due,) = [one.due for one in post.dossier(ACME).follow_ups if one.due.action == "answer"]
    post.pipeline.complete(due.id)
    assert "STATUS:TENTATIVE" not in calendar_of(post)
    found = post.dossier(ACME)
    assert state(found.interviews[0], post.clock.now()) == "confirmed"
    assert "answer" not in open_ones(found)


def test_times_sent_instead_take_the_proposed_one_away(post: Post) -> None:
    post.take(*post.comes(letter(PROPOSES)))
    post.pipeline.log_slots(post.dossier(ACME).interviews[0].id)
    found = post.dossier(ACME)
    (interview,) = found.interviews
    assert (interview.status, interview.starts_at) == ("invited", None)
    assert "prepare" not in open_ones(found)


@pytest.mark.parametrize(
    "text",
    [
        "I confirm our interview on Tuesday 1 December at 2 pm.",
        "As discussed, your interview takes place on Tuesday 1 December at 2 pm.",
    ],
)
def test_a_time_that_they_confirm_is_agreed(post: Post, text: str) -> None:
    post.take(*post.comes(letter(PROPOSES)))
    (one,) = post.comes(letter(text, "Your interview"))
    assert one.proposal.kind is MailKind.INTERVIEW
    post.take(one)
    found = post.dossier(ACME)
    (interview,) = found.interviews
    assert not interview.awaits_reply
    assert not_agreed(interview, post.clock.now()) == ""
    assert "answer" not in open_ones(found)


def test_an_entry_that_asks_is_to_be_answered_and_one_that_was_accepted_is_not(post: Post) -> None:
    post.take(*post.comes(entry()))
    found = post.dossier(ACME)
    assert found.interviews[0].awaits_reply
    assert "answer" in open_ones(found)
    accepted = entry(uid="2@x", day=3).replace(
        b"END:VEVENT", b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@home.example\nEND:VEVENT"
    )
    post.take(*post.comes(accepted))
    assert not post.dossier(ACME).interviews[1].awaits_reply


def test_the_time_can_be_left_out_by_calling_it_an_invitation(post: Post) -> None:
    (one,) = post.comes(letter("We invite you to an interview on Tuesday 1 December at 2 pm."))
    post.take(one, kind=MailKind.INVITATION)
    (interview,) = post.dossier(ACME).interviews
    assert (interview.status, interview.starts_at) == ("invited", None)


def test_of_several_times_none_is_taken(post: Post) -> None:
    text = "We invite you to an interview: Friday at 11 or Monday at 3, which one suits you?"
    (one,) = post.comes(letter(text))
    assert one.proposal.kind is MailKind.INVITATION
    does = effect(one.proposal, date(2026, 11, 23), post.clock.zone)
    assert does.endswith("; they offer 2 times: Fri 27 Nov 11:00, Mon 23 Nov 15:00")
    post.take(one)
    (interview,) = post.dossier(ACME).interviews
    assert interview.starts_at is None


def test_a_time_that_a_calendar_entry_told_before_is_the_same_interview(post: Post) -> None:
    post.take(*post.comes(entry(hour=10)))
    (one,) = post.comes(letter("We invite you to an interview on Tuesday 1 December at 10:00."))
    post.take(one)
    assert len(post.dossier(ACME).interviews) == 1


def test_a_calendar_entry_of_somebody_unknown_begins_an_application(post: Post) -> None:
    data = entry().replace(b"SUMMARY:Interview", b"SUMMARY:Interview: Baker (Oven & Sons)")
    data = data.replace(b"ana@acme.example", b"jobs@ovenandsons.example")
    (one,) = post.comes(data)
    assert one.proposal.card_id is None
    assert one.proposal.kind is MailKind.INTERVIEW
    assert one.company
    post.take(one, company="Oven & Sons", role="Baker")
    found = post.dossier(GLOBEX + 1)
    assert (found.card.company, found.card.stage) == ("Oven & Sons", Stage.FIRST)
    (interview,) = found.interviews
    assert interview.starts_at == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert found.interviews[0].minutes == 45


def test_any_appointment_of_somebody_unknown_is_none(post: Post) -> None:
    data = entry().replace(b"SUMMARY:Interview", b"SUMMARY:Dentist")
    assert post.comes(data.replace(b"ana@acme.example", b"info@teeth.example")) == []


def test_an_invitation_moves_to_first_and_waits_for_a_time(post: Post) -> None:
    (one,) = post.comes(letter("We would like to invite you to an interview. When are you free?"))
    post.take(one)
    found = post.dossier(ACME)
    assert found.card.stage is Stage.FIRST
    assert [(i.status, i.invited_on) for i in found.interviews] == [("invited", date(2026, 11, 20))]
    assert "invite you to an interview" in found.messages[0].text


def test_a_second_word_on_the_same_interview_adds_none(post: Post) -> None:
    post.take(*post.comes(letter("We would like to invite you to an interview.")))
    post.take(*post.comes(letter("Please pick a time for the interview.")))
    assert len(post.dossier(ACME).interviews) == 1


def test_an_offer_moves_there_with_its_deadline(post: Post) -> None:
    text = "We would like to offer you the position. Please reply by 4 December."
    post.take(*post.comes(letter(text)))
    card = post.dossier(ACME).card
    assert (card.stage, card.deadline_on) == (Stage.OFFER, date(2026, 12, 4))


def test_all_at_once_are_one_change_and_one_undo(post: Post) -> None:
    post.comes(letter("We decided to go with another candidate."))
    sender = "Globex <globex@myworkday.com>"
    waiting = post.comes(letter("We have received your application.", "Platform Engineer", sender))
    before = [post.dossier(number) for number in (ACME, GLOBEX)]
    assert len(waiting) == 2
    assert post.take(*waiting) == "Mail: Acme Robotics (rejection), Globex (auto-reply)."
    assert post.waiting() == []
    post.pipeline.undo()
    assert [one.letter.subject for one in post.waiting()] == [one.letter.subject for one in waiting]
    after = [post.dossier(number) for number in (ACME, GLOBEX)]
    assert [one.card._replace(version=0) for one in after] == [
        one.card._replace(version=0) for one in before
    ]
    post.pipeline.redo()
    assert post.waiting() == []


def test_each_page_tells_its_own_message(post: Post) -> None:
    post.comes(letter("We decided to go with another candidate."))
    sender = "Globex <globex@myworkday.com>"
    waiting = post.comes(letter("We have received your application.", "Platform Engineer", sender))
    post.take(*waiting)
    assert post.dossier(ACME).timeline[0].summary == "mail: rejection"
    assert post.dossier(GLOBEX).timeline[0].summary == "mail: auto-reply"


def test_nothing_is_done_where_one_cannot_be(post: Post, pipeline: Pipeline) -> None:
    waiting = post.comes(letter("We would like to invite you to an interview."))
    waiting = post.comes(letter("We decided to go with another candidate.", "No"))
    pipeline.close(ACME, Outcome.WITHDRAWN)
    with pytest.raises(Refused, match=r"Message 1 \(Hello\).* closed"):
        post.take(*waiting)
    assert len(post.waiting()) == 2
    assert post.dossier(ACME).messages == ()


def test_a_message_is_never_proposed_twice(post: Post) -> None:
    one, two = letter("We decided to go with another candidate."), letter("Thanks!", "Two")
    post.take(*post.comes(one))
    post.pipeline.drop_mail([post.comes(two)[0].id])
    assert post.comes(one) == []
    assert post.comes(two) == []


def test_what_is_dropped_comes_back_with_undo(post: Post) -> None:
    (one,) = post.comes(letter("Thanks!"))
    assert post.pipeline.drop_mail([one.id]).sentence == "Mail dropped: Hello."
    assert post.waiting() == []
    post.pipeline.undo()
    assert [again.letter for again in post.waiting()] == [one.letter]


def test_what_is_over_is_no_longer_kept(post: Post, pipeline: Pipeline) -> None:
    (one,) = post.comes(letter("We decided to go with another candidate."))
    post.take(one)
    with closing(pipeline.database.glance()) as glance, glance.reader.snapshot():
        ((text, subject, address),) = glance.reader.rows(
            "SELECT text, subject, address FROM mail", {}
        )
    assert (text, subject, address) == ("", "", "")
    with pytest.raises(Refused, match="already recorded"):
        post.take(one)
    with pytest.raises(NotFound):
        post.pipeline.drop_mail([99])


def test_an_unknown_employer_begins_an_application(post: Post) -> None:
    sender = "Elena Fox <elena@papercrane.dev>"
    text = "Thanks for your application as Frontend Developer. I'd like to invite you to a call."
    (one,) = post.comes(letter(text, "Your application at Paper Crane", sender))
    assert (one.company, one.role, one.proposal.sure) == (
        "Paper Crane",
        "Frontend Developer",
        False,
    )
    post.take(one)
    found = post.dossier(3)
    assert (found.card.company, found.card.role) == ("Paper Crane", "Frontend Developer")
    assert found.card.applied_on == date(2026, 11, 20)
    assert found.card.stage is Stage.FIRST
    assert [(c.name, c.email) for c in found.contacts] == [("Elena Fox", "elena@papercrane.dev")]
    post.pipeline.undo()
    with pytest.raises(NotFound):
        post.dossier(3)


def test_two_messages_begin_one_application(post: Post) -> None:
    sender = "Stark Labs <no-reply@ashbyhq.com>"
    yes = "Thanks for applying. We have received your application for Engineer."
    post.comes(letter(yes, "Your application for Engineer at Stark Labs", sender))
    no = "We decided to go with another candidate for the Engineer position."
    late = letter(no, "Your application for Engineer at Stark Labs", sender)
    waiting = post.comes(late.replace(b"20 Nov", b"21 Nov"))
    assert [one.proposal.card_id for one in waiting] == [None, None]
    post.take(*waiting)
    found = post.dossier(3)
    assert found.card.outcome is Outcome.REJECTED
    assert sorted(message.kind for message in found.messages) == ["automatic", "rejection"]
    with pytest.raises(NotFound):
        post.dossier(4)


def test_a_message_from_before_the_application_counts_on_its_day(post: Post) -> None:
    early = letter("Thanks!").replace(b"20 Nov", b"01 Nov")
    post.take(*post.comes(early))
    assert post.dossier(ACME).messages[0].sent_on == date(2026, 11, 2)


def test_a_calendar_entry_becomes_an_interview(post: Post) -> None:
    (one,) = post.comes(entry())
    assert one.proposal.kind is MailKind.INTERVIEW
    post.take(one)
    (found,) = post.dossier(ACME).interviews
    assert found.starts_at == datetime(2026, 12, 1, 10, tzinfo=BERLIN)
    assert (found.minutes, found.zone, found.place) == (
        45,
        "Europe/Berlin",
        "https://meet.example/x",
    )
    assert (found.people, found.status) == ("Ana Ruiz", "confirmed")


def test_a_newer_version_moves_it_and_an_older_one_is_nothing(post: Post) -> None:
    post.take(*post.comes(entry()))
    (moved,) = post.comes(entry(sequence=2, hour=14))
    assert moved.proposal.sure
    post.take(moved)
    (found,) = post.dossier(ACME).interviews
    assert found.starts_at == datetime(2026, 12, 1, 14, tzinfo=BERLIN)
    assert found.moved_times == 1
    assert post.comes(entry(sequence=1, hour=11)) == []


def test_it_is_called_off(post: Post) -> None:
    post.take(*post.comes(entry()))
    (off,) = post.comes(entry(sequence=1, method="CANCEL"))
    assert (off.proposal.kind, off.proposal.sure) == (MailKind.CANCELLED, True)
    post.take(off)
    (found,) = post.dossier(ACME).interviews
    assert (found.status, found.called_off_by) == ("cancelled", "them")
    assert post.comes(entry(sequence=1, method="CANCEL")) == []


def test_calling_off_what_nobody_knows_is_unsure(post: Post) -> None:
    (off,) = post.comes(entry(method="CANCEL"))
    assert not off.proposal.sure
    with pytest.raises(Refused, match="No interview here"):
        post.take(off)


def test_an_entry_finds_the_interview_that_was_noted_by_hand(
    post: Post, pipeline: Pipeline
) -> None:
    pipeline.interview(ACME, datetime(2026, 12, 1, 10, tzinfo=BERLIN), place="their office")
    post.take(*post.comes(entry()))
    (found,) = post.dossier(ACME).interviews
    assert (found.minutes, found.moved_times) == (45, 0)


def test_an_entry_gives_an_invitation_its_time(post: Post, pipeline: Pipeline) -> None:
    pipeline.interview(ACME, None, invited_on=date(2026, 11, 20))
    post.take(*post.comes(entry()))
    (found,) = post.dossier(ACME).interviews
    assert found.status == "confirmed"


def test_an_entry_in_an_unknown_zone_is_unsure(post: Post) -> None:
    (one,) = post.comes(entry().replace(b"Europe/Berlin", b"Our Office"))
    assert one.proposal.unsure == "in which time zone"


def test_an_entry_in_another_zone_says_so(post: Post) -> None:
    abroad = entry().replace(b"Europe/Berlin", b"America/New_York")
    post.take(*post.comes(abroad))
    (found,) = post.dossier(ACME).interviews
    assert found.zone == "America/New_York"
    assert found.starts_at == datetime(2026, 12, 1, 15, tzinfo=UTC)


def test_messages_are_done_in_the_order_in_which_they_were_sent(post: Post) -> None:
    late = letter("We decided to go with another candidate.", "No")
    early = letter("We would like to invite you to an interview.", "Yes").replace(
        b"20 Nov", b"16 Nov"
    )
    post.comes(late)
    waiting = post.comes(early)
    post.take(*sorted(waiting, key=lambda one: one.letter.subject))
    found = post.dossier(ACME)
    assert (found.card.stage, found.card.outcome) == (Stage.FIRST, Outcome.REJECTED)


def test_a_correction_counts(post: Post) -> None:
    (one,) = post.comes(letter("Thanks!"))
    post.take(one, kind=MailKind.OFFER, card_id=GLOBEX, by=date(2026, 12, 4))
    card = post.dossier(GLOBEX).card
    assert (card.stage, card.deadline_on) == (Stage.OFFER, date(2026, 12, 4))


def test_a_message_that_waits_follows_the_board(post: Post, pipeline: Pipeline) -> None:
    (one,) = post.comes(letter("Thanks!"))
    assert one.company == "Acme Robotics"
    pipeline.edit(ACME, {"company": "Acme"})
    assert post.waiting()[0].company == "Acme"
    pipeline.delete(ACME)
    assert post.waiting() == []
    pipeline.undo()
    assert len(post.waiting()) == 1


def test_the_future_is_today(post: Post) -> None:
    tomorrow = letter("Thanks!").replace(b"20 Nov", b"28 Nov")
    post.take(*post.comes(tomorrow))
    assert post.dossier(ACME).messages[0].sent_on == post.clock.now().date()
    assert post.clock.now().date() < date(2026, 11, 23) + timedelta(days=1)
