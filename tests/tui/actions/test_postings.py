"""`A`: a posting is handed over, read, corrected, and put on the shelf or on the board."""

from datetime import date

import pytest
from textual.widgets import Input, TextArea

from store.read.arriving.shelf import read_shelf
from store.rules.stages import Outcome
from tui.dialogs.posting import HELD, PasteArea, PostingEntry, PostingForm

TODAY = date(2026, 11, 23)
WIDE = (120, 45)
TEXT = """Data Analyst (m/w/d)
Globex GmbH sucht Verstärkung.
Gehalt: 50.000 EUR
Bewerbungsfrist: 25.11.2026

Ihr Profil
- SQL
- Neugier
"""
JSON_LD = """<html><title>SRE</title><script type="application/ld+json">
{"@type": "JobPosting", "title": "SRE", "hiringOrganization": "Initech",
"description": "<h3>Requirements</h3><ul><li>Go</li></ul>"}</script></html>"""


def earlier(p, clock):
    p.add("Globex", "Cook", applied_on=date(2026, 6, 1))
    p.close(1, Outcome.REJECTED, on=date(2026, 7, 1))


async def on_the_shelf(it):
    return await it.read(lambda glance: read_shelf(glance, TODAY))


async def hand_over(it, text):
    await it.press("A")
    await it.paste(text)
    await it.press("ctrl+s")
    await it.settle()


def words(it):
    """What stands on the screen in one line, wherever it was folded."""
    return " ".join(it.painted().replace("│", " ").replace("▌", " ").split())


async def test_a_paste_is_read_shown_and_waits_on_the_shelf(play):
    async with play(earlier, size=WIDE) as it:
        await it.press("A")
        assert isinstance(it.screen, PostingEntry)
        await it.paste(TEXT)
        assert f"a text of 9 lines, {len(TEXT)} characters" in words(it)
        await it.press("ctrl+s")
        await it.settle()
        assert isinstance(it.screen, PostingForm)
        assert it.screen.query_one("#company", Input).value == "Globex GmbH"
        assert it.screen.query_one("#requirements", TextArea).text == "SQL\nNeugier"
        shown = words(it)
        assert shown.count(" ? ") == 5, "in the remark, and beside each of four labels"
        assert "1 application in Jun 2026;" in shown
        assert "Closing date ? " in shown
        assert "closes in 2 d" in shown
        assert "empty: it waits on the shelf" in shown
        assert await on_the_shelf(it) == (), "nothing is stored unseen"
        await it.press("enter")
        await it.settle()
        assert it.told == "Put on the shelf: Globex GmbH, Data Analyst."
        (one,) = await on_the_shelf(it)
        assert (one.salary, one.closing_on) == ("50.000 EUR", date(2026, 11, 25))
        assert one.requirements == ("SQL", "Neugier")
        assert one.posting_text == TEXT.strip()
        assert not it.app.cards()
        assert "0 late · 1 today · 0 in 7 days" in words(it), "it closes in two days"
        await it.press("u")
        await it.settle()
        assert await on_the_shelf(it) == ()


async def test_what_was_found_is_corrected(play):
    async with play(size=WIDE) as it:
        await hand_over(it, TEXT)
        company = it.screen.query_one("#company", Input)
        company.value = "Globex"
        await it.settle()
        assert words(it).count(" ? ") == 4, "of the company it is one no more"
        it.screen.query_one("#requirements", TextArea).text = "SQL"
        it.screen.query_one("#salary", Input).value = ""
        await it.press("ctrl+s")
        await it.settle()
        (one,) = await on_the_shelf(it)
        assert (one.company, one.salary, one.requirements) == ("Globex", "", ("SQL",))


async def test_answered_already_it_is_a_card(play):
    async with play(size=WIDE) as it:
        await hand_over(it, JSON_LD)
        assert " ? " not in words(it)
        it.screen.query_one("#applied_on", Input).value = "yesterday"
        await it.press("ctrl+s")
        await it.settle()
        (card,) = it.app.cards()
        assert (card.company, card.role, card.applied_on) == ("Initech", "SRE", date(2026, 11, 22))
        assert it.here == "Initech"
        assert await on_the_shelf(it) == ()
        dossier = await it.read(lambda glance: glance.dossier(card.id))
        assert [(one.kind, one.text) for one in dossier.points] == [("requirement", "Go")]
        await it.press("u")
        await it.settle()
        assert not it.app.cards()


async def test_a_saved_page_is_read_by_its_path(play, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(JSON_LD, encoding="utf-8")
    async with play(size=WIDE) as it:
        await it.press("A")
        await it.type(str(file))
        assert "page.html, 1 kB" in words(it)
        await it.press("enter")
        await it.settle()
        assert it.screen.query_one("#role", Input).value == "SRE"


async def test_an_address_is_kept_and_nothing_is_fetched(play):
    async with play(size=WIDE) as it:
        await it.press("A")
        await it.paste("https://boards.greenhouse.io/acme/jobs/4012345")
        assert "an address: kept as the link, nothing is fetched" in words(it)
        await it.press("enter")
        await it.settle()
        assert it.screen.query_one("#company", Input).value == "Acme"
        assert it.screen.focused.id == "role"
        await it.type("Cook")
        await it.press("enter")
        await it.settle()
        (one,) = await on_the_shelf(it)
        assert one.url == "https://boards.greenhouse.io/acme/jobs/4012345"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7", "“page.html” is a PDF. Open it, and paste its text."),
        (b"<div>" * 9_000, "“page.html”, line 1: this is nested too deep."),
        (b"", "“page.html” is empty."),
    ],
)
async def test_a_bad_file_is_one_sentence_and_the_dialog_stays(data, told, play, tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(data)
    async with play(size=WIDE) as it:
        await it.press("A")
        await it.type(str(file))
        await it.press("enter")
        await it.settle()
        assert isinstance(it.screen, PostingEntry)
        assert told in words(it)
        assert it.screen.query_one(PasteArea).text == str(file)
        assert await on_the_shelf(it) == ()


async def test_a_path_that_leads_nowhere_is_told_at_once(play, tmp_path):
    async with play(size=WIDE) as it:
        await it.press("A")
        await it.type("nowhere.html")
        await it.press("enter")
        assert isinstance(it.screen, PostingEntry)
        assert "There is no file “nowhere.html”." in words(it)
        await it.press("escape", "escape")
        assert it.screen is it.app.board_screen


async def test_the_source_of_a_whole_page_is_taken_at_once(play):
    page = JSON_LD.replace("<title>", f"<!-- {'x' * 400_000} --><title>")
    async with play(size=WIDE) as it:
        await it.press("A")
        await it.paste(page)
        area = it.screen.query_one(PasteArea)
        assert len(area.text) < HELD
        assert area.whole == page
        assert f"({len(page):,} characters were pasted)" in area.text
        await it.press("ctrl+s")
        await it.settle()
        assert it.screen.query_one("#company", Input).value == "Initech"


async def test_a_second_one_is_refused_and_what_was_typed_stays(play):
    async with play(size=WIDE) as it:
        for _ in range(2):
            await hand_over(it, TEXT)
            await it.press("enter")
            await it.settle()
        assert isinstance(it.screen, PostingForm)
        assert "is on the shelf already (p1). Nothing was added." in words(it)
        assert it.screen.query_one("#salary", Input).value == "50.000 EUR"
        assert len(await on_the_shelf(it)) == 1


async def test_nothing_typed_is_lost_by_a_single_escape(play):
    async with play(size=WIDE) as it:
        await hand_over(it, TEXT)
        await it.press("escape")
        assert isinstance(it.screen, PostingForm)
        assert "Not saved." in words(it)
        await it.press("escape")
        assert it.screen is it.app.board_screen


async def test_hostile_texts_stay_texts(play, hostile):
    async with play(size=WIDE) as it:
        await hand_over(it, f"Role: Cook {hostile}\nCompany: Hooli {hostile}\n")
        assert isinstance(it.screen, PostingForm)
        assert "\x1b" not in it.painted()
        await it.press("ctrl+s")
        await it.settle()
        await it.press("underscore")
        await it.settle()
        assert "Hooli" in words(it)
        assert "\x1b" not in it.painted()
