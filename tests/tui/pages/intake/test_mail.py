"""The page of the mail: what waits, taken in and out, put right, done in one step."""

from pathlib import Path

from store.exchange.mail import read_mailbox, read_piped
from store.rules.stages import Outcome, Stage
from tui.pages.intake.mail import MailScreen

WIDE = (120, 40)
WEEK = Path(__file__).parents[3] / "store/exchange/mail/samples/week.mbox"


def begin(p, clock):
    p.add(
        "Globex", "Staff Engineer", contact_name="Ana Ruiz", contact_email="ana.ruiz@globex.example"
    )
    p.add("Aviato", "Backend Engineer")
    p.add("Initech", "Backend Engineer")
    p.add("Umbrella", "Platform Lead", contact_name="Jill", contact_email="jill@umbrella.example")
    p.add("Hooli", "Site Reliability Engineer")


def with_mail(p, clock):
    begin(p, clock)
    p.receive_mail(
        one
        for one in read_mailbox(WEEK, clock.zone, clock.now()).messages
        if "alert" not in one.read.letter.text
    )


def lines(it):
    return [" ".join(line.strip("│ ▌").split()) for line in it.painted().split("\n")]


async def test_what_waits_stands_there_by_how_sure_it_is(play):
    async with play(with_mail, size=WIDE, keys=("M",)) as it:
        assert isinstance(it.screen, MailScreen)
        shown = lines(it)
        assert "Mail 6 waiting" in shown[0]
        found = [line for line in shown if line.startswith(("☑", "☐", "Sure", "Unsure", "New"))]
        assert [" ".join(line.split()[:3]) for line in found] == [
            "Sure 4",
            "☑ auto-reply Aviato",
            "☑ rejection Initech",
            "☑ decision date",
            "☑ interview Umbrella",
            "Unsure 1",
            "☐ reply Hooli",
            "New applications 1",
            "☐ auto-reply Paper",
        ]
        assert "enter Record 4" in it.painted()


async def test_the_sentence_and_the_text_of_the_one_under_the_cursor(play):
    async with play(with_mail, size=WIDE, keys=("M", "j", "j")) as it:
        told = " ".join(it.painted().replace("│", " ").split())
        assert "“We will get back to you by 3 Dec.”" in told
        assert "they decide by Thu 3 Dec" in told
        assert "I look forward to hearing" not in told


async def test_enter_does_all_that_are_in_and_one_undo_brings_them_back(play):
    async with play(with_mail, size=WIDE, keys=("M", "enter", "y")) as it:
        cards = {card.company: card for card in await it.read(lambda g: g.cards(closed=None))}
        assert cards["Initech"].outcome is Outcome.REJECTED
        assert cards["Umbrella"].stage is Stage.FIRST
        assert "Mail 2 waiting" in lines(it)[0]
        await it.press("u")
        assert "Mail 6 waiting" in lines(it)[0]
        cards = {card.company: card for card in await it.read(lambda g: g.cards(closed=None))}
        assert cards["Initech"].outcome is None


async def test_nothing_is_done_without_the_answer(play):
    async with play(with_mail, size=WIDE, keys=("M", "enter", "n", "escape")) as it:
        assert await it.read(lambda g: g.cards(closed=True)) == ()


async def test_one_is_taken_out_and_one_is_done_alone(play):
    async with play(with_mail, size=WIDE, keys=("M", "space")) as it:
        assert "enter Record 3" in it.painted()
        await it.press("d")
        (closed,) = await it.read(lambda g: g.cards(closed=True))
        assert closed.company == "Initech"
        assert "Mail 5 waiting" in lines(it)[0]


async def test_another_kind_and_another_application(play):
    async with play(with_mail, size=WIDE, keys=("M", "j", "ctrl+k")) as it:
        assert "Type of message" in it.painted()
        await it.press("up", "up", "up", "up", "enter")
        await it.press("ctrl+r")
        assert "Which application?" in it.painted()
        await it.press("up", "up", "up", "enter")
        await it.press("d")
        dossier = await it.read(lambda g: g.dossier(2))
        assert [message.kind for message in dossier.messages] == ["automatic"]


async def test_a_new_application_is_named_and_begun(play):
    async with play(with_mail, size=WIDE, keys=("M", "G", "e")) as it:
        assert "Paper Crane — Frontend Developer" in it.painted()
        await it.type(" II")
        await it.press("enter", "d")
        cards = await it.read(lambda g: g.cards())
        assert "Frontend Developer II" in [card.role for card in cards]


async def test_what_means_nothing_is_dropped(play):
    async with play(with_mail, size=WIDE, keys=("M", "D")) as it:
        assert "Mail 5 waiting" in lines(it)[0]
        await it.press("u")
        assert "Mail 6 waiting" in lines(it)[0]


async def test_a_mailbox_is_read_from_the_page(play):
    async with play(begin, size=WIDE, keys=("M",)) as it:
        assert "No mail waits." in it.painted()
        await it.press("a")
        await it.type(str(WEEK))
        await it.press("enter")
        await it.settle()
        assert "Mail 6 waiting" in lines(it)[0]
        assert "6 new." in it.told


async def test_without_mail_every_key_says_so(play):
    async with play(begin, size=WIDE, keys=("M",)) as it:
        for key in ("enter", "space", "d", "D", "e", "ctrl+k", "ctrl+r"):
            it.app.clear_notifications()
            await it.press(key)
            assert "No mail waits. Press a to read a mailbox." in it.told, key


async def test_a_file_that_is_no_mail_is_a_sentence(play, tmp_path):
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"\xff\xd8\xff" * 1_000)
    async with play(begin, size=WIDE, keys=("M", "a")) as it:
        await it.type(str(file))
        await it.press("enter")
        await it.settle()
        assert "was not read" in it.told
        assert isinstance(it.screen, MailScreen)


async def test_a_greeting_takes_no_room_and_what_has_none_is_counted(play):
    async with play(with_mail, size=(80, 24), keys=("M",)) as it:
        painted = it.painted()
        assert "Hi Sam," not in painted
        assert "↓ " in painted.splitlines()[-2], "how many lines there are below"


INVITATION = b"""\
From: Ana Ruiz <ana.ruiz@globex.example>
Subject: Staff Engineer: interview
Message-ID: <time@globex.example>
Date: Fri, 20 Nov 2026 09:00:00 +0100

Hi Sam,

we would like to invite you to an interview for the Staff Engineer position on Tuesday 1 December
at 2 pm London time.

Ana
"""


def with_a_time(p, clock):
    begin(p, clock)
    p.receive_mail(read_piped(INVITATION, clock.zone, clock.now()).messages)


async def test_a_time_in_a_text_is_an_interview_that_is_confirmed_by_hand(play):
    async with play(with_a_time, size=WIDE, keys=("M",)) as it:
        assert "Interview Tue 1 Dec" in it.painted()
        assert "none is ticked" in it.painted()
        told = " ".join(it.painted().replace("│", " ").split())
        assert "Unsure: the time, which stands in the text" in told
        await it.press("d")
        cards = {card.company: card for card in await it.read(lambda g: g.cards(closed=None))}
        assert cards["Globex"].stage is Stage.FIRST


async def test_the_keys_of_an_empty_page_are_those_that_do_something(play):
    async with play(size=(80, 24), keys=("M",)) as it:
        assert lines(it)[-1] == "a Add mail esc Back ? Help"
        await it.press("a")
        assert "enter Read" in it.painted()
