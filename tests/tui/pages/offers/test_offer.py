"""The page of an offer, whom it concerns, and a yes or a no."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import Input, Static

from store.rules.stages import Outcome, Stage
from store.rules.text import Refused
from tests.tables import each_row
from tui.dialogs.application import ApplicationForm
from tui.dialogs.line import LineEntry
from tui.dialogs.pickers import OutcomePicker
from tui.dialogs.point import PointForm
from tui.pages.offers.compare import CompareScreen
from tui.pages.offers.offer import OfferScreen
from tui.typed.offers import read_criterion, read_more_time, read_part, read_received
from tui.widgets.rows import Row, Rows, Section

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))
TODAY = NOW.date()
TALL = (100, 80)


def offered(p, clock):
    """An offer of last Wednesday, an interview elsewhere, an application elsewhere."""
    clock.moment = NOW - timedelta(days=20)
    for company, role in (("Globex", "Engineer"), ("Hooli", "SRE"), ("Stark", "Dev")):
        p.add(company, role)
    clock.moment = NOW - timedelta(days=5)
    p.move(1, Stage.OFFER)
    p.move(2, Stage.FIRST)
    clock.moment = NOW


def full(p, clock):
    """The same offer with everything that there is to say of one."""
    offered(p, clock)
    p.offer(1, kind="verbal")
    p.deadline(1, date(2026, 11, 27), time(17))
    p.point(1, "component", "Pay", detail="112k a year")
    p.point(1, "condition", "Two references")
    p.point(1, "counter", "pay 120k", detail="what the market pays")


def lines(it) -> list[str]:
    """What the page says, headings in capitals."""
    said = []
    for line in it.screen.query_one(Rows)._lines:
        if isinstance(line, Section):
            said.append(f"{line.title.upper()} {line.number}")
        elif isinstance(line, Row):
            said.append(" ".join(cell.text for cell in line.cells if cell.text))
    return said


def line(it, start: str) -> str:
    """The line whose name is `start`."""
    return next(words for words in lines(it) if words.removeprefix("☐ ").startswith(start))


async def go(it, ident: str) -> None:
    """Put the cursor on a line."""
    screen = it.screen
    key = screen._lines._keys[ident]
    rows = screen.query_one(Rows)
    places = [row.key for row in rows._lines if isinstance(row, Row)]
    rows.go(places.index(key))
    await it.pilot.pause()


async def enter(it, text: str) -> None:
    """Type a line over what stands there, and enter it."""
    it.screen.query_one("#line", Input).value = ""
    await it.type(text)
    await it.press("enter")
    await it.settle()


def echo(it) -> str:
    """What is said below the line."""
    return str(it.screen.query_one("#echo", Static).content)


async def known(it, application_id: int = 1):
    return await it.read(lambda g: g.dossier(application_id))


async def test_everything_about_an_offer_stands_on_its_page(play):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        assert isinstance(it.screen, OfferScreen)
        said = lines(it)
        assert "Received Wed 18 Nov, 5 days ago · verbal" in said
        asked = "thank them for the offer and ask for it in writing"
        assert f"☐ Thanked 4 d late · {asked}" in said
        assert said[0].startswith("OFFER")
        assert said[1] == "Deadline Fri 27 Nov 17:00, in 4 days  ▰▰▰▰▰▰▰▰▰▱▱▱▱▱"
        assert "NOT YET 6" in said
        assert "☐ Written offer title, pay, first day and a signature" in said
        assert "Pay 112k a year" in said
        assert "☐ Two references" in said
        assert "☐ pay 120k what the market pays" in said
        assert "TELL OTHERS YOUR DEADLINE 1" in said
        assert "☐ Hooli 4 d late · SRE · first interview" in said
        assert "CHECKLIST 3 of 34" in said
        assert "☑ Deadline for your answer: day, time and time zone" in said
        assert not any(words.startswith("WITHDRAW") for words in said)


async def test_a_card_without_an_offer_is_told_how_to_get_there(play):
    async with play(offered, keys=("2", "O")) as it:
        assert it.screen is it.app.board_screen
        assert "No offer from Hooli yet." in it.told
        assert "press m to move the card to offer" in it.told


CHANGED_LINES = (
    ("fact:received", "tue in writing", "offered_on", date(2026, 11, 17), "written"),
    ("fact:received", "tue in writing", "kind", "written", "Tue 17 Nov, 6 days ago"),
    ("fact:thanked", "fri", "acknowledged_on", date(2026, 11, 20), "Fri 20 Nov"),
    ("fact:letter", "yesterday", "letter_on", date(2026, 11, 22), "Sun 22 Nov"),
    ("fact:deadline", "thu", "deadline_on", date(2026, 11, 26), "Thu 26 Nov, in 3 days"),
    ("fact:time", "asked fri", "extension_asked_on", date(2026, 11, 20), "asked Fri 20 Nov"),
    ("fact:time", "until 4 dec", "deadline_on", date(2026, 12, 4), "if you need longer to decide"),
    ("fact:counter", "today", "counter_sent_on", TODAY, "sent Mon 23 Nov"),
    ("fact:signed", "today", "signed_on", TODAY, "Mon 23 Nov"),
)


async def test_a_line_is_changed_with_one_line(play):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        for ident, typed, field, value, shown in CHANGED_LINES:
            before = (await known(it)).offer
            await go(it, ident)
            await it.press("enter")
            await enter(it, typed)
            assert getattr((await known(it)).offer, field) == value, typed
            assert shown in it.screen.line.text
            await it.press("u")
            assert getattr((await known(it)).offer, field) != value, typed
            assert (await known(it)).offer == before


async def test_a_zone_in_a_deadline_counts_and_what_is_no_deadline_is_refused(play):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        await go(it, "fact:deadline")
        await it.press("e", "ctrl+u")
        for refused in ("fri 17:00 with Ana", "fri Europe/Berlin", "fri 17:00 45m"):
            await it.type(refused)
            assert "“fri”, “3 dec 17:00”" in echo(it)
            await it.press("ctrl+u")
        await it.type("fri 17:00 America/New_York")
        assert "at 23:00 (17:00 in America/New_York)" in echo(it)
        await it.press("enter")
        at = (await known(it)).offer.deadline_at
        assert at.astimezone(UTC).isoformat() == "2026-11-27T22:00:00+00:00"


async def test_a_reference_check_may_lie_ahead(play):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        await go(it, "fact:check")
        await it.press("e")
        await enter(it, "tomorrow")
        assert (await known(it)).reference_check_on == TODAY + timedelta(days=1)
        said = "References called Tue 24 Nov, tomorrow, announced Mon 23 Nov"
        assert line(it, "References") == said
        await it.press("e")
        await enter(it, "wed, announced last fri")
        dossier = await known(it)
        assert dossier.reference_check_on == TODAY + timedelta(days=2)
        assert dossier.references_announced_on == date(2026, 11, 20)


@pytest.mark.parametrize("keys", [("2",), ("1",)], ids=["first", "applied"])
async def test_references_are_announced_on_any_card(play, keys):
    async with play(offered, size=TALL, keys=(*keys, "F")) as it:
        card = it.app.board_screen.subject()
        assert "date of the reference check" in it.painted()
        await enter(it, "fri announced yesterday")
        dossier = await known(it, card.id)
        assert dossier.reference_check_on == date(2026, 11, 27)
        assert dossier.references_announced_on == date(2026, 11, 22)
        await it.press("F")
        shown = it.screen.query_one("#line", Input).value
        assert shown == "2026-11-27 announced 2026-11-22"
        await enter(it, "")
        assert (await known(it, card.id)).reference_check_on is None


async def test_the_first_day_of_an_accepted_offer_stands_on_its_page(play):
    def taken(p, clock):
        full(p, clock)
        p.close(1, Outcome.ACCEPTED)

    async with play(taken, size=TALL, keys=("c", "enter", "O")) as it:
        await go(it, "fact:starts")
        await it.press("enter")
        await enter(it, "1 feb")
        assert (await known(it)).offer.starts_on == date(2027, 2, 1)
        assert line(it, "First day").startswith("First day Mon 1 Feb 2027")
        await go(it, "fact:signed")
        await it.press("space")
        assert (await known(it)).offer.signed_on == TODAY


async def test_that_the_deadline_was_asked_for_is_ticked(play):
    async with play(offered, size=TALL, keys=("4", "O")) as it:
        await go(it, "fact:asked")
        await it.press("space")
        assert (await known(it)).offer.deadline_asked_on == TODAY
        await it.press("space")
        assert (await known(it)).offer.deadline_asked_on is None


async def test_an_empty_line_takes_a_day_back(play):
    def said(p, clock):
        full(p, clock)
        p.offer(1, letter_on=TODAY, extension_asked_on=TODAY, reference_check_on=TODAY)

    async with play(said, size=TALL, keys=("4", "O")) as it:
        for fact in ("letter", "time", "check", "deadline"):
            await go(it, f"fact:{fact}")
            await it.press("enter")
            await enter(it, "")
        dossier = await known(it)
        assert dossier.reference_check_on is None
        offer = dossier.offer
        assert (offer.letter_on, offer.extension_asked_on, offer.deadline_on) == (None,) * 3
        assert line(it, "Deadline") == "Deadline none given yet: ask for one"


async def test_a_day_that_cannot_be_is_told_above_what_was_typed(play):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        await go(it, "fact:letter")
        await it.press("enter")
        await enter(it, "2026-11-10")
        assert isinstance(it.screen, LineEntry)
        assert "lies before the offer itself" in it.painted()
        assert it.screen.query_one("#line", Input).value == "2026-11-10"
        await it.press("escape")
        assert (await known(it)).offer.letter_on is None


async def test_space_ticks_what_has_a_box(play):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        for ident in ("fact:thanked", "fact:letter", "fact:signed", "point:2", "point:3"):
            await go(it, ident)
            await it.press("space")
        dossier = await known(it)
        offer = dossier.offer
        assert (offer.acknowledged_on, offer.letter_on, offer.signed_on) == (TODAY,) * 3
        assert [point.state for point in dossier.points] == ["open", "done", "done"]
        await go(it, "fact:letter")
        await it.press("space")
        assert (await known(it)).offer.letter_on is None
        await go(it, "point:2")
        await it.press("space")
        assert [point.state for point in (await known(it)).points] == ["open", "open", "done"]


async def test_the_checklist_is_ticked_and_knows_what_the_page_says(play):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        await go(it, "item:OC-05")
        await it.press("space")
        assert "OC-05" in (await known(it)).ticked
        assert it.screen.line.box is True
        await it.press("space")
        assert "OC-05" not in (await known(it)).ticked
        await go(it, "item:OC-03")
        await it.press("space")
        assert "OC-03" not in (await known(it)).ticked
        assert "ticked automatically" in it.told


@pytest.mark.parametrize(
    ("ident", "typed", "kind", "text", "detail"),
    [
        ("fact:received", "Bonus: 10 % -- guaranteed", "component", "Bonus", "10 %"),
        ("point:1", "leave: 28 days", "component", "leave", "28 days"),
        ("point:2", "a work permit", "condition", "a work permit", ""),
        ("point:3", "start in march -- a wedding", "counter", "start in march", "a wedding"),
    ],
)
async def test_a_adds_to_the_list_the_cursor_is_in(play, ident, typed, kind, text, detail):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        await go(it, ident)
        await it.press("a")
        await enter(it, typed)
        point = (await known(it)).points[-1]
        assert (point.kind, point.text) == (kind, text)
        assert detail in point.detail
        assert any(text in words for words in lines(it))


async def test_an_empty_list_says_what_to_add_and_enter_adds_it(play):
    async with play(offered, size=TALL, keys=("4", "O")) as it:
        assert "Press a to add an item: pay, bonus, leave, location" in lines(it)
        await go(it, "add:condition")
        await it.press("enter")
        await enter(it, "two references")
        assert (await known(it)).points[0].kind == "condition"


async def test_a_part_is_changed_and_removed(play):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        await go(it, "point:1")
        await it.press("e")
        assert it.screen.query_one("#line", Input).value == "Pay -- 112k a year"
        await enter(it, "Pay: 115k a year")
        point = (await known(it)).points[0]
        assert (point.text, point.detail) == ("Pay", "115k a year")
        await it.press("D")
        assert len((await known(it)).points) == 2
        assert "u undoes it" in it.told
        await it.press("u")
        assert len((await known(it)).points) == 3


async def test_a_part_of_many_lines_is_changed_in_full(play):
    def long(p, clock):
        offered(p, clock)
        p.point(1, "component", "Equity", detail="0.1 %\nvesting over four years")

    async with play(long, size=TALL, keys=("4", "O")) as it:
        await go(it, "point:1")
        await it.press("enter")
        assert isinstance(it.screen, PointForm)
        await it.press("escape")
        assert (await known(it)).points[0].detail == "0.1 %\nvesting over four years"


async def test_what_cannot_be_removed_stays(play):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        before = await known(it)
        for ident in ("fact:received", "fact:thanked", "item:OC-05"):
            await go(it, ident)
            await it.press("D")
        assert await known(it) == before
        await go(it, "fact:deadline")
        await it.press("D")
        assert (await known(it)).offer.deadline_on is None


async def test_another_card_is_told_with_one_key(play):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        due = it.screen._others[0]
        await go(it, f"other:{due.id}")
        assert it.screen.subject().company == "Hooli"
        assert it.screen.subject_follow_up() == due
        await it.press("space")
        assert not any("Hooli" in words for words in lines(it))
        assert [m.direction for m in (await known(it, 2)).messages] == ["out"]
        await it.press("u")
        assert any("Hooli" in words for words in lines(it))


async def test_w_writes_to_the_one_the_line_is_about(play):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        await go(it, f"other:{it.screen._others[0].id}")
        await it.press("w")
        assert not isinstance(it.screen, OfferScreen)
        assert "Hooli" in it.painted()
        await it.press("escape")
        await go(it, "fact:thanked")
        await it.press("w")
        assert "Globex" in it.painted()


async def test_d_and_s_settle_the_follow_up_of_the_line(play):
    async with play(full, size=TALL, keys=("4", "O")) as it:
        await go(it, "fact:thanked")
        await it.press("d")
        assert (await known(it)).offer.acknowledged_on == TODAY
        await go(it, f"other:{it.screen._others[0].id}")
        await it.press("Z")
        assert "TELL OTHERS YOUR DEADLINE 1" not in lines(it)
        assert (await known(it, 2)).messages == ()


async def test_each_offer_names_those_who_are_to_hear_of_it(play):
    def two(p, clock):
        full(p, clock)
        p.move(3, Stage.OFFER)

    async with play(two, size=TALL) as it:
        for card, told in ((1, True), (3, False)):
            it.app.open("offer", card)
            await it.settle()
            assert ("TELL OTHERS YOUR DEADLINE 1" in lines(it)) is told
            tip = next(tip for tip in (await known(it, card)).tips if tip.id == "O-8")
            names = "Hooli" if told else "the other employers"
            assert tip.text == f"Tell {names} your deadline here"
            await it.press("escape")


async def test_a_yes_leads_to_the_others_that_are_to_be_withdrawn(play):
    async with play(full, size=TALL, keys=("4", "O", "A")) as it:
        assert isinstance(it.screen, OutcomePicker)
        assert "accepted" in it.painted()
        await it.press("enter")
        assert isinstance(it.screen, OfferScreen)
        assert "Congratulations" in it.told
        assert lines(it)[0] == "WITHDRAW ELSEWHERE 2"
        assert it.screen.line.label == "Hooli", "the cursor stands where there is something to do"
        await it.press("space")
        assert (await known(it, 2)).card.outcome is Outcome.WITHDRAWN
        assert it.screen.line.label == "Stark"
        await it.press("space")
        assert (await known(it, 3)).card.outcome is Outcome.WITHDRAWN
        assert lines(it)[0].startswith("OFFER")
        assert "Ended accepted Mon 23 Nov, today" in lines(it)
        await it.press("A")
        assert "closed" in it.told


async def test_the_papers_come_after_the_yes(play):
    def accepted(p, clock):
        full(p, clock)
        p.close(1, Outcome.ACCEPTED)

    async with play(accepted, size=TALL, keys=("c", "enter", "O")) as it:
        await go(it, "fact:signed")
        await it.press("space")
        assert (await known(it)).offer.signed_on == TODAY


async def test_a_no_begins_with_declined(play):
    async with play(full, keys=("4", "O", "x", "enter")) as it:
        assert (await known(it)).card.outcome is Outcome.DECLINED
        assert isinstance(it.screen, OfferScreen)
        assert "Globex is closed: declined. u undoes it." in it.told


async def test_the_page_closes_when_there_is_no_offer_any_more(play):
    async with play(full, keys=("4", "O")) as it:
        with it.another_window() as other:
            other.move(1, Stage.SECOND)
        await it.look()
        await it.pilot.pause()
        assert it.screen is it.app.board_screen


async def test_c_puts_the_offers_side_by_side_and_esc_comes_back(play):
    async with play(full, keys=("4", "O", "C")) as it:
        assert isinstance(it.screen, CompareScreen)
        await it.press("escape")
        assert isinstance(it.screen, OfferScreen)


async def test_hostile_texts_do_no_harm(play, hostile):
    def bad(p, clock):
        clock.moment = NOW - timedelta(days=5)
        p.add(f"{hostile} x", f"{hostile} y", stage=Stage.OFFER)
        p.add(f"{hostile} z", f"{hostile} y", stage=Stage.FIRST)
        clock.moment = NOW
        for kind in ("component", "condition", "counter"):
            p.point(1, kind, f"{hostile} x", detail=f"{hostile} y\n{hostile}")

    async with play(bad, size=TALL, keys=("4", "O")) as it:
        for _ in range(it.screen.query_one(Rows).count):
            await it.pilot.press("j")
        await it.press("g", "C")
        assert it.app.is_running
        assert "\x1b" not in it.painted()


@pytest.mark.parametrize(
    "size",
    [
        (20, 6),
        pytest.param((60, 16), marks=pytest.mark.long),
        pytest.param((80, 24), marks=pytest.mark.long),
        (200, 60),
    ],
)
async def test_no_size_breaks_it(play, size):
    async with play(full, size=size, keys=("4", "O", "G", "g", "C")) as it:
        assert it.app.is_running


async def test_the_form_of_the_application_still_opens_from_its_page(play):
    async with play(full, keys=("4", "enter", "e")) as it:
        assert isinstance(it.screen, ApplicationForm)


@each_row(
    ("text", "value"),
    [
        ("mon by phone", (date(2026, 11, 23), "verbal")),
        ("spoken", (None, "verbal")),
        ("yesterday in writing", (date(2026, 11, 22), "written")),
        ("3 nov", (date(2026, 11, 3), None)),
    ],
)
def test_how_an_offer_came_is_read(text, value):
    assert read_received(text, TODAY)[0] == value


@each_row(
    ("text", "value", "says"),
    [
        ("asked", (TODAY, None), "You asked for more time Mon 23 Nov, today"),
        ("I asked on fri", (date(2026, 11, 20), None), "You asked for more time Fri 20 Nov"),
        ("until fri", (None, date(2026, 11, 27)), "New deadline Fri 27 Nov"),
        (
            "asked fri until 4 dec",
            (date(2026, 11, 20), date(2026, 12, 4)),
            "new deadline Fri 4 Dec",
        ),
        ("", (None, None), "Not asked for more time"),
    ],
)
def test_more_time_is_read(text, value, says):
    read, words = read_more_time(text, TODAY)
    assert read == value
    assert says in words


@each_row(
    ("text", "value"),
    [("pay 5", ("pay", 5)), ("short way", ("short way", 3)), ("top 10 team 2", ("top 10 team", 2))],
)
def test_a_criterion_is_read(text, value):
    assert read_criterion(text)[0] == value


@each_row("text", ["", "pay 6", "pay 0", "pay -1", "x" * 101, "Team", "pay 9999999"])
def test_a_criterion_that_cannot_be_is_refused(text):
    with pytest.raises(Refused):
        read_criterion(text, ["team"])


def test_a_part_of_the_package_has_its_amount_after_a_colon():
    point, words = read_part("pay: 112k: a year", "component", TODAY)
    assert (point.text, point.detail) == ("pay", "112k: a year")
    assert "112k" in words
    assert read_part("https://x.example/a: b", "component", TODAY)[0].link


@each_row(
    ("typed", "name", "amount"),
    [
        ("pay 95k", "pay", "95k"),
        ("pay €95k", "pay", "€95k"),
        ("base pay CHF 95k a year", "base pay", "CHF 95k a year"),
        ("leave 28 days", "leave", "28 days"),
        ("13th salary", "13th salary", ""),
        ("a laptop", "a laptop", ""),
        ("pay 95k -- before tax", "pay 95k", "before tax"),
    ],
)
def test_a_package_item_needs_no_colon_before_its_amount(typed, name, amount):
    point, _ = read_part(typed, "component", TODAY)
    assert (point.text, point.detail) == (name, amount)


def test_only_a_package_item_has_an_amount():
    assert read_part("two references by 3 dec", "condition", TODAY)[0].detail == ""


@each_row("text", [" ", "noday", "9" * 5_000, "until never", "\x1b[2J"])
def test_nonsense_is_refused_with_a_sentence(text):
    with pytest.raises(Refused, match=r"[.?]$"):
        read_received(text, TODAY)
    if text.strip():
        with pytest.raises(Refused, match=r"[.?]$"):
            read_more_time(text, TODAY)
