"""What belongs to one application, read row by row: people, debriefs, points, offer, drafts.

Columns are named here, next to the code that takes them apart. All functions must be used inside
a snapshot; `which` names the application as `id`.
"""

from collections.abc import Mapping

from store.card import (
    AssignmentEntry,
    ContactEntry,
    DebriefEntry,
    DraftEntry,
    InterviewerEntry,
    Meeting,
    OfferEntry,
    PointEntry,
)
from store.faces import MEETING, Faces, texts
from store.reading import Reader
from store.rules.stages import Stage

Which = Mapping[str, object]

_MEETINGS = f"""
{MEETING} WHERE application_id = :id
ORDER BY starts_at IS NULL, starts_at, id"""
_INTERVIEWERS = """
SELECT i.interview_id, i.id, i.contact_id, c.name, c.email, i.point,
       EXISTS (SELECT 1 FROM follow_up f
               WHERE f.interview_id = i.interview_id AND f.rule = 'R7' AND f.state = 'done'
                 AND f.person IN ('', CAST(i.contact_id AS TEXT)))
FROM interviewer i JOIN contact c ON c.id = i.contact_id
WHERE i.application_id = :id ORDER BY i.id"""
_CONTACTS = """
SELECT id, name, title, email, phone, link, relation, common_ground, background, main
FROM contact WHERE application_id = :id ORDER BY id"""
_DEBRIEFS = """
SELECT id, interview_id, written_on, finished, mood, wish, signals, next_step, promised_by,
       promised_text, remarks
FROM debrief WHERE application_id = :id ORDER BY interview_id"""
_POINTS = """
SELECT id, kind, text, detail, felt, state, noted_on, due_on, link, interview_id, answers_id,
       settled_on
FROM point WHERE application_id = :id ORDER BY id"""
_ASSIGNMENTS = """
SELECT id, stage, kind, title, given_on, due_on, due_at, zone, minutes_spent, handed_in_on, remarks
FROM assignment WHERE application_id = :id
ORDER BY coalesce(due_on, given_on), id"""
_OFFER = """
SELECT offer_kind, offered_on, offer_acknowledged_on, offer_deadline_on, offer_deadline_at,
       offer_letter_on, offer_signed_on, extension_asked_on, counter_sent_on,
       offer_deadline_asked_on, starts_work_on
FROM application WHERE id = :id AND stage = 'offer'"""
_SCORES = """
SELECT criterion_id, value FROM score WHERE application_id = :id ORDER BY criterion_id"""
_DRAFTS = """
SELECT id, kind, text, updated_on, follow_up_id
FROM draft WHERE application_id = :id ORDER BY id"""


def read_meetings(reader: Reader, faces: Faces, which: Which) -> tuple[Meeting, ...]:
    """The interviews by their time, those without one last, each with its interviewers."""
    there: dict[int, list[InterviewerEntry]] = {}
    for interview_id, id_, contact_id, name, email, point, thanked in reader.rows(
        _INTERVIEWERS, which
    ):
        entry = InterviewerEntry(id_, contact_id, name, email, point, bool(thanked))
        there.setdefault(interview_id, []).append(entry)
    return tuple(
        faces.meeting(row)._replace(interviewers=tuple(there.get(row[0], ())))
        for row in reader.rows(_MEETINGS, which)
    )


def read_contacts(reader: Reader, which: Which) -> tuple[ContactEntry, ...]:
    """The people of the application, in the order in which they were added."""
    return tuple(
        ContactEntry._make((*row[:-1], bool(row[-1]))) for row in reader.rows(_CONTACTS, which)
    )


def read_debriefs(reader: Reader, which: Which) -> tuple[DebriefEntry, ...]:
    """The debriefs, in the order of their interviews' ids."""
    days = reader.days
    return tuple(
        DebriefEntry(
            id_,
            interview_id,
            days[written_on],
            bool(finished),
            mood,
            wish,
            texts(signals),
            next_step,
            days[promised_by],
            promised_text,
            remarks,
        )
        for (
            id_, interview_id, written_on, finished, mood, wish, signals, next_step, promised_by,
            promised_text, remarks,
        ) in reader.rows(_DEBRIEFS, which)
    )  # fmt: skip


def read_points(reader: Reader, which: Which) -> tuple[PointEntry, ...]:
    """The points, in the order in which they were noted."""
    days = reader.days
    return tuple(
        PointEntry(
            id_,
            kind,
            text,
            detail,
            bool(felt),
            state,
            days[noted_on],
            days[due_on],
            link,
            interview_id,
            answers_id,
            days[settled_on],
        )
        for (
            id_, kind, text, detail, felt, state, noted_on, due_on, link, interview_id, answers_id,
            settled_on,
        ) in reader.rows(_POINTS, which)
    )  # fmt: skip


def read_assignments(reader: Reader, which: Which) -> tuple[AssignmentEntry, ...]:
    """The tasks and tests, in the order in which they are due."""
    days = reader.days
    return tuple(
        AssignmentEntry(
            id_,
            Stage(stage),
            kind,
            title,
            days[given_on],
            days[due_on],
            reader.instants[due_at],
            zone,
            minutes_spent,
            days[handed_in_on],
            remarks,
        )
        for (
            id_, stage, kind, title, given_on, due_on, due_at, zone, minutes_spent, handed_in_on,
            remarks,
        ) in reader.rows(_ASSIGNMENTS, which)
    )  # fmt: skip


def read_offer(reader: Reader, which: Which) -> OfferEntry | None:
    """The offer with its scores; None when the application has not come to one."""
    rows = reader.rows(_OFFER, which)
    if not rows:
        return None
    days = reader.days
    (
        kind, offered, acknowledged, deadline, deadline_at, letter, signed, asked, counter,
        deadline_asked, starts,
    ) = rows[0]  # fmt: skip
    return OfferEntry(
        kind=kind,
        offered_on=days[offered],
        acknowledged_on=days[acknowledged],
        deadline_on=days[deadline],
        deadline_at=reader.instants[deadline_at],
        letter_on=days[letter],
        signed_on=days[signed],
        extension_asked_on=days[asked],
        counter_sent_on=days[counter],
        scores=dict(reader.rows(_SCORES, which)),
        deadline_asked_on=days[deadline_asked],
        starts_on=days[starts],
    )


def read_drafts(reader: Reader, which: Which) -> tuple[DraftEntry, ...]:
    """The drafts, in the order in which they were begun."""
    days = reader.days
    return tuple(
        DraftEntry(id_, kind, text, days[updated_on], follow_up_id)
        for id_, kind, text, updated_on, follow_up_id in reader.rows(_DRAFTS, which)
    )
