"""The week in one page: what was sent and answered, what is silent, what comes, what to learn."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from operator import attrgetter

from store.model.board import Due
from store.model.due_list import CardInterview
from store.model.review import Review, ReviewLine
from store.read.glance import Glance, closings_on, interviews_on
from store.read.quiet import QuietCard, read_quiet
from store.read.rows import Reader
from store.read.weekly.goals import read_goals
from store.read.weekly.reminders import read_reminders
from store.rules.dates import clock_time
from store.rules.fields import LESSON
from store.rules.lists import format_words
from store.rules.shelf import SOON
from store.rules.text import first_sentence
from store.rules.weekly.review import ANSWERS, SENT, Part, fell_silent_in, main_answer, silent_since
from store.rules.weekly.weeks import Week

_APPLIED = """
SELECT id, company, role, applied_on FROM application
WHERE applied_on BETWEEN :first AND :last ORDER BY applied_on, id"""
_OUT = """
SELECT m.application_id, a.company, a.role, m.sent_on, m.kind
FROM message m JOIN application a ON a.id = m.application_id
WHERE m.direction = 'out' AND m.kind <> 'application' AND m.sent_on BETWEEN :first AND :last
ORDER BY m.sent_on, m.id"""
_ORDER = "'applied first second offer'"
"""The stages, so that where one is found tells which is further."""
_ANSWERS = f"""
SELECT application_id AS owner, sent_on AS day, kind, '' FROM message
WHERE direction = 'in' AND kind <> 'automatic' AND sent_on BETWEEN :first AND :last
UNION ALL
SELECT application_id, moved_on, 'moved', to_stage FROM stage_move
WHERE from_stage IS NOT NULL AND moved_on BETWEEN :first AND :last AND NOT undated
  AND instr({_ORDER}, to_stage) > instr({_ORDER}, from_stage)
UNION ALL
SELECT application_id, coalesce(invited_on, logged_on), 'invitation', '' FROM interview
WHERE coalesce(invited_on, logged_on) BETWEEN :first AND :last
UNION ALL
SELECT id, offered_on, 'offer', '' FROM application WHERE offered_on BETWEEN :first AND :last
UNION ALL
SELECT id, closed_on, CASE outcome WHEN 'rejected' THEN 'rejection' ELSE 'cancelled' END, ''
FROM application
WHERE outcome IN ('rejected', 'cancelled') AND closed_on BETWEEN :first AND :last
  AND NOT undated"""
_NAMES = "SELECT id, company, role FROM application"
_OPEN = """
SELECT id, company, role, applied_on FROM application
WHERE (outcome IS NULL OR closed_on > :until) AND (applied_on IS NULL OR applied_on <= :until)
  AND (expected_by IS NULL OR expected_by < :until)"""
_HEARD = """
SELECT application_id, moved_on FROM stage_move WHERE from_stage IS NOT NULL
UNION ALL
SELECT application_id, sent_on FROM message WHERE direction = 'in' AND kind <> 'automatic'
UNION ALL
SELECT application_id, coalesce(invited_on, logged_on) FROM interview"""
_INTERVIEWS = """
SELECT application_id, starts_at FROM interview
WHERE status = 'confirmed' AND kept IS NOT FALSE AND starts_at IS NOT NULL"""
_DATES = """
SELECT id, company, role, offer_deadline_on, offer_deadline_at, 'deadline of the offer'
FROM application WHERE outcome IS NULL AND stage = 'offer'
  AND (offer_deadline_on IS NOT NULL OR offer_deadline_at IS NOT NULL)
UNION ALL
SELECT id, company, role, expected_by, NULL, 'they decide by then' FROM application
WHERE outcome IS NULL AND stage <> 'offer' AND expected_by BETWEEN :first AND :last"""
_PROMISES = """
SELECT p.application_id, a.company, a.role, p.kind, p.text, p.due_on, p.state
FROM point p JOIN application a ON a.id = p.application_id
WHERE p.kind IN ('my_promise', 'their_promise') AND p.noted_on <= :last
  AND (p.state = 'open' OR p.settled_on BETWEEN :first AND :last)
ORDER BY p.state = 'open' DESC, p.due_on IS NULL, p.due_on, p.id"""
_LESSONS = """
SELECT id, company, role, closed_on, lesson_keep, lesson_change FROM application
WHERE closed_on BETWEEN :first AND :last AND (lesson_keep <> '' OR lesson_change <> '')
ORDER BY closed_on, id"""
_PROMISED = "deliver"
"""The action of a follow-up that a promise has: promises stand for themselves."""
_LINE_AT_MOST = 120
_Lines = Iterable[ReviewLine]


def read_review(glance: Glance, week: Week, now: datetime | None = None) -> Review:
    """The review of `week`, as it can be told at `now`, which may be before its end.

    What comes is that of the week after it; reminders, promises and what to sweep are those that
    are open now. Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        now = reader.now(now)
        silent, more = _silent(reader, week, min(week.last, now.date()))
        parts: dict[Part, _Lines] = {
            Part.SENT: _sent_lines(reader, week),
            Part.ANSWERED: _answer_lines(reader, week),
            Part.SILENT: silent,
            Part.NEXT: _coming_lines(glance, week.shift(1), now),
            Part.REMINDERS: _reminders(glance, now),
            Part.PROMISES: _promises(reader, week, now.date()),
            Part.LESSONS: _lessons(reader, week),
            Part.SWEEP: map(_sweep_line, _to_sweep(glance, now)),
        }
        found = {part: tuple(lines) for part, lines in parts.items()}
        return Review(week, read_goals(glance, week, now), found, {Part.SILENT: more})


def _span(week: Week) -> dict[str, object]:
    return {"first": week.first.isoformat(), "last": week.last.isoformat()}


def _sent_lines(reader: Reader, week: Week) -> Iterator[ReviewLine]:
    """Applications first, then messages; of several alike on one day one."""
    days = reader.days
    for id_, company, role, on in reader.rows(_APPLIED, _span(week)):
        yield ReviewLine(days[on], SENT["application"], company, role, id_)
    for id_, company, role, on, kind in dict.fromkeys(reader.rows(_OUT, _span(week))):
        yield ReviewLine(days[on], SENT[kind], company, role, id_)


def _answer_lines(reader: Reader, week: Week) -> list[ReviewLine]:
    """One line for each application from which something came."""
    found: dict[int, dict[str, tuple[date, str]]] = {}
    for owner, on, kind, stage in reader.rows(_ANSWERS, _span(week)):
        day = reader.days[on]
        known = found.setdefault(owner, {}).get(kind)
        if known is None or day >= known[0]:
            found[owner][kind] = day, stage
    names = _names(reader, found)
    lines = []
    for owner, answers in found.items():
        kind = main_answer(answers)
        day, stage = answers[kind]
        what = ANSWERS[kind].format(stage=stage)
        lines.append(ReviewLine(day, what, *names[owner], owner))
    return sorted(lines, key=attrgetter("day", "application_id"))


def _names(reader: Reader, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    wanted = set(ids)
    return {
        id_: (company, role) for id_, company, role in reader.rows(_NAMES) if id_ in wanted
    } if wanted else {}  # fmt: skip


def _silent(reader: Reader, week: Week, until: date) -> tuple[list[ReviewLine], int]:
    """Those that fell silent in the week, and how many had been silent before.

    What has an interview ahead, or a day by which they decide, is not silent.
    """
    days = reader.days
    heard: dict[int, list[date]] = {}
    for owner, on in reader.rows(_HEARD):
        heard.setdefault(owner, []).append(days[on])
    ahead = set()
    for owner, starts_at in reader.rows(_INTERVIEWS):
        day = reader.instants[starts_at].date()
        heard.setdefault(owner, []).append(day)
        if day > until:
            ahead.add(owner)
    lines, more = [], 0
    for id_, company, role, on in reader.rows(_OPEN, {"until": until.isoformat()}):
        since = silent_since(heard.get(id_, ()), days[on], until)
        if since is None or id_ in ahead:
            continue
        if fell_silent_in(week, since):
            lines.append(ReviewLine(since, "nothing since", company, role, id_))
        else:
            more += 1
    return sorted(lines, key=attrgetter("day", "application_id")), more


def _coming_lines(glance: Glance, week: Week, now: datetime) -> list[ReviewLine]:
    """Interviews, dates and follow-ups of the week, day by day."""
    reader = glance.reader
    interviews = interviews_on(glance, week.first, (week.last - week.first).days)
    lines = [_interview_line(one) for one in interviews if one.interview.kept is not False]
    for id_, company, role, on, at, what in reader.rows(_DATES, _span(week)):
        day = reader.day_of(on, at)
        if day in week:
            lines.append(ReviewLine(day, what, company, role, id_))
    ahead = (week.last - now.date()).days
    if ahead < 0:
        return sorted(lines, key=attrgetter("day"))
    for due in glance.due(now, ahead):
        if due.day(now.tzinfo) in week and _is_shown(due, now):
            lines.append(_due_line(due, now))
    for posting in closings_on(glance, now.date(), max(ahead, SOON)):
        if posting.closing_on in week:
            lines.append(
                ReviewLine(
                    posting.closing_on,
                    "posting closes",
                    posting.company,
                    posting.role,
                    posting_id=posting.id,
                )
            )
    return sorted(lines, key=attrgetter("day"))


def _is_shown(due: Due, now: datetime) -> bool:
    """What has a fold can wait, and what comes after an interview stands under that."""
    return not due.fold and due.action != _PROMISED and not due.waits(now)


def _due_line(due: Due, now: datetime) -> ReviewLine:
    return ReviewLine(
        due.day(now.tzinfo),
        due.label,
        due.company,
        due.role,
        due.application_id,
        follow_up_id=due.id,
    )


def _interview_line(one: CardInterview) -> ReviewLine:
    interview = one.interview
    formats = format_words(interview.formats) if interview.formats else ""
    what = " ".join(filter(None, [interview.called, formats.lower(), "interview"]))
    if interview.starts_at is not None:
        what = f"{clock_time(interview.starts_at)} {what}"
    if interview.people:
        what = f"{what} with {interview.people}"
    return ReviewLine(one.day(), what, one.company, one.role, one.application_id)


def _reminders(glance: Glance, now: datetime) -> Iterator[ReviewLine]:
    """The open ones that belong to no application."""
    for one in read_reminders(glance):
        what = f"{one.text}, {one.again}" if one.every else one.text
        late = one.due_on is not None and one.due_on < now.date()
        yield ReviewLine(one.due_on, what, reminder_id=one.id, late=late)


def _promises(reader: Reader, week: Week, today: date) -> Iterator[ReviewLine]:
    """The open ones, the next first, then those that were kept in the week."""
    for id_, company, role, kind, text, on, state in reader.rows(_PROMISES, _span(week)):
        day = reader.days[on]
        mine = kind == "my_promise"
        whose = "you" if mine else "they"
        kept = "" if state == "open" else " (kept)"
        late = state == "open" and day is not None and day < today
        what = f"{whose}: {first_sentence(text, _LINE_AT_MOST)}{kept}"
        yield ReviewLine(day, what, company, role, id_, late=late)


def _lessons(reader: Reader, week: Week) -> Iterator[ReviewLine]:
    for id_, company, role, on, keep, change in reader.rows(_LESSONS, _span(week)):
        for name, text in (("lesson_keep", keep), ("lesson_change", change)):
            if text:
                what = f"{LESSON[name].lower()}: {first_sentence(text, _LINE_AT_MOST)}"
                yield ReviewLine(reader.days[on], what, company, role, id_)


def _to_sweep(glance: Glance, now: datetime) -> Iterator[QuietCard]:
    return (one for one in read_quiet(glance, now) if one.suggested is not None)


def _sweep_line(one: QuietCard) -> ReviewLine:
    card = one.card
    return ReviewLine(None, f"{one.days:,} days without a word", card.company, card.role, card.id)
