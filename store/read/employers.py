"""What was with an employer before: in short for all of them, or everything about one."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from store.errors import NotFound
from store.model.board import Card, InterviewEntry
from store.model.employer import AtEmployer, EmployerRecord, PersonThere, ReachedStage
from store.read.glance import Glance
from store.read.rows import OUTCOMES, STAGES, Reader, Row
from store.rules.employers import Before, EmployerNames, Employers, exact_name, folded_employer
from store.rules.last_heard import Heard, Silence, days_to_answer, silences
from store.rules.stages import Outcome, Stage
from store.rules.text import quoted

_NAMES = "SELECT name, employer FROM employer_name"
_APPLICATIONS = """
SELECT id, role, stage, applied_on, outcome, CASE WHEN undated THEN NULL ELSE closed_on END,
       company, url, employer FROM application"""
_KNOWN_PEOPLE = """
SELECT a.employer, c.name FROM contact c JOIN application a ON a.id = c.application_id
WHERE c.name <> '' AND c.relation <> 'reference'"""
"""Who speaks for the user is not at the employer."""
_IN_TURN = " ORDER BY a.id DESC, c.main DESC, c.id"


def read_names(glance: Glance) -> EmployerNames:
    """Which names mean one employer. Raises StoreError when the file cannot be read."""
    with glance.reader.snapshot():
        return EmployerNames(dict(glance.reader.rows(_NAMES)))


def read_employers(glance: Glance, company: str | None = None) -> Employers:
    """Every application, open or closed, by its employer, and who is known there.

    With `company` those of this employer alone. Raises StoreError when the file cannot be read.
    """
    reader = glance.reader
    found: dict[str, list[Before]] = {}
    people: dict[str, dict[str, str]] = {}
    with reader.snapshot():
        names = read_names(glance)
        key = names.key(company) if company is not None else None
        which = "" if key is None else "employer = :key"
        where, also = (f" WHERE {which}", f" AND {which}") if which else ("", "")
        days = reader.days
        for row in reader.rows(f"{_APPLICATIONS}{where} ORDER BY id", {"key": key}):
            id_, role, stage, applied, outcome, closed, called, url, employer = row
            one = Before(
                id_, role, STAGES[stage], days[applied], OUTCOMES[outcome], days[closed], called,
                url, employer,
            )  # fmt: skip
            found.setdefault(employer, []).append(one)
        for employer, name in reader.rows(f"{_KNOWN_PEOPLE}{also}{_IN_TURN}", {"key": key}):
            people.setdefault(employer, {}).setdefault(name.casefold(), name)
    return Employers(found, {key: tuple(those.values()) for key, those in people.items()}, names)


_OF_ONE = "SELECT id, created_at, reason FROM application WHERE employer = :key ORDER BY id"
_HERE = "application_id IN (SELECT id FROM application WHERE employer = :key)"
_STEPS = f"""
SELECT application_id, CASE WHEN undated THEN NULL ELSE moved_on END, from_stage, to_stage
FROM stage_move WHERE {_HERE} ORDER BY id"""
_WORDS = f"""
SELECT application_id, sent_on FROM message
WHERE direction = 'in' AND kind <> 'automatic' AND {_HERE}"""
_INVITED = f"""
SELECT application_id, id, coalesce(invited_on, logged_on) FROM interview WHERE {_HERE}"""
_OFFERED = "SELECT id, offered_on FROM application WHERE offered_on IS NOT NULL AND employer = :key"
_LOOKS = f"""
SELECT application_id, min(coalesce(snoozed_to, due_on)) FROM follow_up
WHERE state = 'open' AND action = 'look_again' AND {_HERE} GROUP BY application_id"""
_PEOPLE = f"""
SELECT id, application_id, name, title, email, phone, relation FROM contact
WHERE relation <> 'reference' AND {_HERE} ORDER BY application_id DESC, main DESC, id"""
_SPELLED = "SELECT name, employer, spelled FROM employer_name WHERE spelled <> '' ORDER BY id"
_ELSEWHERE = (
    "SELECT company FROM application WHERE employer <> :key GROUP BY company ORDER BY min(id)"
)
_ANSWERS = (Outcome.REJECTED, Outcome.CANCELLED)
"""The outcomes that are heard from the employer."""
_ONE_BY_ONE = 100
"""Up to how many cards are read each by itself rather than all there are."""


def read_employer(glance: Glance, name: str, now: datetime | None = None) -> EmployerRecord:
    """Everything that was with the employer that is called `name`.

    Raises NotFound, with a guess, where there is no application to it, and StoreError when the
    file cannot be read.
    """
    reader = glance.reader
    with reader.snapshot():
        moment = reader.now(now)
        names = read_names(glance)
        key = names.key(name)
        if not key or not reader.rows(f"{_OF_ONE} LIMIT 1", {"key": key}):
            raise NotFound(f"There is no application at {quoted(name)}.{_guess(reader, name)}")
        return _EmployerReader(glance, key, moment).record()


def _guess(reader: Reader, name: str) -> str:
    """The name of an employer that begins like this one, or is like it."""
    from difflib import get_close_matches  # 3 ms, for mistakes only

    every = reader.rows("SELECT company FROM application GROUP BY company ORDER BY min(id)")
    spelled = {folded_employer(company): company for (company,) in every}
    wanted = folded_employer(name)[:40]
    near = [key for key in spelled if wanted and key.startswith(wanted)]
    near = near or get_close_matches(wanted, list(spelled), n=1)
    return f" Did you mean {quoted(spelled[near[0]])}?" if near else ""


class _EmployerReader:
    """What the database says about one employer; to be used inside a snapshot."""

    def __init__(self, glance: Glance, key: str, now: datetime) -> None:
        self._glance = glance
        self._reader = glance.reader
        self._which = {"key": key}
        self._key = key
        self._now = now

    def record(self) -> EmployerRecord:
        """All of it, read in one go."""
        applications = tuple(self._applications())
        people = tuple(PersonThere(*row) for row in self._reader.rows(_PEOPLE, self._which))
        companies = dict.fromkeys(one.card.company for one in applications)
        names, apart = self._names(companies)
        return EmployerRecord(
            self._key, applications[0].card.company, names, apart, applications, people
        )

    def _names(self, companies: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """All spellings of the name, and those that are kept apart though they fold to the same."""
        ours = {exact_name(company): company for company in companies}
        folds = {folded_employer(company) for company in ours.values()}
        others: dict[str, str] = {}
        parted = False
        for mark, employer, spelled in self._reader.rows(_SPELLED):
            parted = parted or mark == exact_name(spelled)
            if employer == self._key:
                ours.setdefault(exact_name(spelled), spelled)
                folds.add(folded_employer(spelled))
            else:
                others[exact_name(spelled)] = spelled
        for (company,) in self._rows(_ELSEWHERE) if parted else ():
            others.setdefault(exact_name(company), company)
        apart = [one for mark, one in others.items() if mark not in ours]
        return (
            tuple(ours.values()),
            tuple(one for one in apart if folded_employer(one) in folds),
        )

    def _applications(self) -> Iterable[AtEmployer]:
        days = self._reader.days
        rows = {id_: (made, reason) for id_, made, reason in self._rows(_OF_ONE)}
        steps, words = self._steps(), self._read_heard()
        looks = {owner: days[day] for owner, day in self._rows(_LOOKS)}
        for card in sorted(self._cards(rows), key=_newest_first):
            made, reason = rows[card.id]
            interviews = self._interviews(card.id) if card.id in self._invited else ()
            logged_on = self._reader.instants[made].date()
            heard = [*words.get(card.id, ()), *self._from_interviews(card.id, interviews)]
            if card.outcome in _ANSWERS and card.closed_on is not None and not card.undated:
                heard.append(Heard(card.closed_on, card.closed_on))
            yield AtEmployer(
                card,
                tuple(steps.get(card.id, ())),
                bool(heard) or (card.undated and card.outcome in (None, *_ANSWERS)),
                days_to_answer(card.applied_on, heard, logged_on),
                self._silences(card, heard, logged_on),
                interviews,
                looks.get(card.id),
                reason,
            )

    def _silences(self, card: Card, heard: Sequence[Heard], logged_on: date) -> tuple[Silence, ...]:
        """Up to its end, or to an offer: then it is the user who answers."""
        offered_on = self._offered.get(card.id)
        until = offered_on or card.closed_on or self._now.date()
        since = card.applied_on
        made_up = any(one.first == logged_on > (since or logged_on) for one in heard)
        if since is not None and (made_up or (card.undated and logged_on > since)):
            since = logged_on  # What was before its entry is not known.
        lasting = card.outcome is None and offered_on is None
        return silences(since, heard, until, lasting=lasting)

    def _cards(self, ids: Iterable[int]) -> Sequence[Card]:
        wanted = list(ids)
        if len(wanted) > _ONE_BY_ONE:
            there = frozenset(wanted)
            return [c for c in self._glance.cards(closed=None, now=self._now) if c.id in there]
        return [self._glance.card(one, self._now) for one in wanted]

    def _interviews(self, application_id: int) -> tuple[InterviewEntry, ...]:
        from store.read.dossier import read_interviews  # with tips: 6 ms

        return read_interviews(self._reader, self._glance.faces, {"id": application_id})

    def _steps(self) -> dict[int, list[ReachedStage]]:
        """The stages that each reached; a step back corrects a slip and is none."""
        found: dict[int, list[ReachedStage]] = {}
        for owner, on, _, to in self._rows(_STEPS):
            steps = found.setdefault(owner, [])
            stage = STAGES[to]
            while steps and steps[-1].stage.place >= stage.place:
                steps.pop()
            steps.append(ReachedStage(stage, self._reader.days[on]))
        return found

    def _read_heard(self) -> dict[int, list[Heard]]:
        """What was heard from them about each, but for interviews and ends."""
        days = self._reader.days
        self._offered = {owner: days[day] for owner, day in self._rows(_OFFERED)}
        self._invited: dict[int, dict[int, date]] = {}
        for owner, id_, day in self._rows(_INVITED):
            self._invited.setdefault(owner, {})[id_] = days[day]
        found: dict[int, list[Heard]] = {}
        for owner, day in [*self._rows(_WORDS), *self._rows(_OFFERED)]:
            found.setdefault(owner, []).append(Heard(days[day], days[day]))
        for owner, steps in self._steps().items():
            found.setdefault(owner, []).extend(
                Heard(step.on, step.on)
                for step in steps
                if step.stage is not Stage.APPLIED and step.on is not None
            )
        return found

    def _from_interviews(
        self, application_id: int, interviews: Iterable[InterviewEntry]
    ) -> Iterable[Heard]:
        """An interview is heard of when it is agreed, and held."""
        for one in interviews:
            agreed_on = self._invited[application_id][one.id]
            begins = one.starts_at.date() if one.starts_at is not None else agreed_on
            called_off = one.status == "cancelled" or one.kept is False
            yield Heard(min(agreed_on, begins), agreed_on if called_off else begins)

    def _rows(self, sql: str) -> list[Row]:
        return self._reader.rows(sql, self._which)


def _newest_first(card: Card) -> tuple[int, int]:
    return -(card.applied_on or date.min).toordinal(), -card.id
