"""The form of an application."""

import asyncio
import re
from datetime import date

import pytest
from textual import events
from textual._compositor import Compositor
from textual.widgets import Checkbox, Input, TextArea

from store.rules.employers import Before, Employers
from store.rules.fields import APPLICATION, NOTE
from store.rules.stages import Outcome, Stage
from store.rules.typed.fields import MORE, FormReader
from tests.tables import each_row
from tui.dialogs.application import ApplicationForm, FilledApplication, tell_changes

TODAY = date(2026, 11, 23)
STORED = {
    "company": "Globex",
    "role": "Staff Engineer",
    "applied_on": date(2025, 11, 1),
    "url": "https://example.com/jobs/1",
    "location": "Zürich",
    "source": "a friend",
    "salary": "100k",
    "tags": ("remote", "big company"),
    "contact_name": "Ana",
    "contact_email": "ana@example.com",
    "closing_on": date(2025, 11, 20),
    "expected_by": date(2025, 12, 3),
    "no_contact": True,
}
MORE_EMPTY = {
    "posted_on": None,
    "channel": "",
    "cv_version": "",
    "letter_version": "",
    "contact_relation": "",
    "via_recruiter": "",
    "preset": "",
    "next_step": "",
    "why_role": "",
    "why_company": "",
    "posting_text": "",
}


def adding(**kinds: object) -> ApplicationForm:
    return ApplicationForm("New application", TODAY, **kinds)


def editing(**changes: object) -> ApplicationForm:
    return ApplicationForm("Globex — Staff Engineer", TODAY, values=STORED | changes)


async def fill(stage, name, text):
    field = stage.screen.query_one(f"#{name}", Input)
    field.focus()
    field.value = ""
    await stage.type(text)


async def test_company_and_role_are_enough(show):
    async with show(adding()) as stage:
        await stage.type("Globex")
        await stage.press("enter")
        assert stage.answers == [], "Enter goes on to the role first"
        await stage.type("SRE")
        await stage.press("enter")
        (filled,) = stage.answers
        assert filled.values == {
            "company": "Globex",
            "role": "SRE",
            "applied_on": TODAY,
            "url": "",
            "location": "",
            "source": "",
            "salary": "",
            "tags": (),
            "contact_name": "",
            "contact_email": "",
            "closing_on": None,
            "expected_by": None,
            "no_contact": False,
            "note": "",
            **MORE_EMPTY,
        }


async def test_typing_takes_the_place_of_the_day_that_is_filled_in(show):
    async with show(adding()) as stage:
        await stage.type("Globex")
        await stage.press("tab")
        await stage.type("SRE")
        await stage.press("tab")
        await stage.type("yesterday")
        await stage.press("enter")
        (filled,) = stage.answers
        assert filled.values["applied_on"] == date(2026, 11, 22)


async def test_what_is_stored_is_not_replaced_by_typing(show):
    async with show(editing()) as stage:
        await stage.press("tab", "tab")
        await stage.type("x")
        assert stage.screen.query_one("#applied_on", Input).value == "2025-11-01x"


async def test_every_field_can_be_reached_with_tab_and_saved_from_anywhere(show):
    async with show(adding()) as stage:
        for text in (
            "Globex",
            "SRE",
            "yesterday",
            "https://example.com",
            "Zürich",
            "a friend",
            "100k",
            "remote, big company",
            "Ana",
            "ana@example.com",
            "3 dec",
            "end of month",
        ):
            await stage.press("end", "ctrl+u")
            await stage.type(text)
            await stage.press("tab")
        await stage.press("space", "tab")
        await stage.type("Referred by Bo")
        await stage.press("ctrl+s")
        (filled,) = stage.answers
        assert filled.values == {
            "company": "Globex",
            "role": "SRE",
            "applied_on": date(2026, 11, 22),
            "url": "https://example.com",
            "location": "Zürich",
            "source": "a friend",
            "salary": "100k",
            "tags": ("remote", "big company"),
            "contact_name": "Ana",
            "contact_email": "ana@example.com",
            "closing_on": date(2026, 12, 3),
            "expected_by": date(2026, 11, 30),
            "no_contact": True,
            "note": "Referred by Bo",
            **MORE_EMPTY,
        }


async def test_every_field_is_in_view_when_it_has_the_cursor_at_80_by_24(show):
    async with show(adding(error="Something went wrong. " * 8), size=(80, 24)) as stage:
        for _ in range(14):
            field = stage.screen.focused
            assert field.region.height > 0
            assert stage.screen.query_one("#dialog").region.contains_region(field.region), field.id
            await stage.press("tab")


async def test_days_are_said_back_while_they_are_typed(show):
    async with show(adding()) as stage:
        assert "Mon 23 Nov, today" in stage.painted()
        await fill(stage, "applied_on", "fri")
        assert "Fri 20 Nov, 3 days ago" in stage.painted()
        await fill(stage, "closing_on", "+3d")
        assert "Thu 26 Nov, in 3 days" in stage.painted()


async def test_what_cannot_be_read_gets_a_sentence_and_the_cursor(show):
    async with show(adding(), size=(120, 40)) as stage:
        await fill(stage, "company", "Globex")
        await fill(stage, "role", "SRE")
        for name, text, says in (
            ("applied_on", "2026-12-01", "is in the future"),
            ("applied_on", "noday", "noday"),
            ("closing_on", "9999999999999", "9999999999999"),
            ("expected_by", "perhaps", "perhaps"),
            ("tags", ",".join("x" * n for n in range(1, 23)), "too many"),
            ("tags", "x" * 41, "40 fit"),
        ):
            field = stage.screen.query_one(f"#{name}", Input)
            before = field.value
            field.value = text
            stage.screen.query_one("#company").focus()
            await stage.press("ctrl+s")
            assert stage.answers == []
            assert says in stage.painted(), text
            assert stage.screen.focused.id == name
            assert field.value == text
            assert stage.screen.query_one("#company", Input).value == "Globex"
            field.value = before
            await stage.pilot.pause()
            assert says not in stage.painted(), text


async def test_texts_over_their_limit_are_told_and_never_cut(show):
    async with show(adding(), size=(120, 40)) as stage:
        await stage.paste("x" * 10_000)
        await fill(stage, "role", "SRE")
        await stage.press("ctrl+s")
        assert stage.answers == []
        assert "10,000 characters" in stage.painted()
        assert stage.screen.query_one("#company", Input).value == "x" * 10_000


async def test_what_is_missing_is_said_only_once_saving_was_tried(show):
    async with show(adding()) as stage:
        assert "is empty" not in stage.painted()
        await stage.press("ctrl+s")
        assert "Company is empty" in stage.painted()
        assert "Role is empty" in stage.painted()
        await stage.type("Globex")
        assert "Company is empty" not in stage.painted()


async def test_a_second_card_for_the_same_role_is_warned_of_and_not_refused(show):
    warning = "You already have an open application for this role."
    employers = asyncio.get_running_loop().create_future()
    there = Before(1, "SRE", Stage.APPLIED, TODAY, None, None)
    employers.set_result(Employers({"globex": (there,)}))
    async with show(adding(employers=employers)) as stage:
        await stage.type(" GLOBEX")
        await stage.press("tab")
        await stage.type("sr")
        assert warning not in stage.painted()
        await stage.type("e")
        assert warning in stage.painted()
        await stage.type("s")
        assert warning not in stage.painted()
        await stage.press("backspace", "enter")
        (filled,) = stage.answers
        assert (filled.values["company"], filled.values["role"]) == ("GLOBEX", "sre")


async def test_companies_of_the_board_are_suggested_whatever_the_case(show):
    async with show(adding(companies=["Initech", "Globex Corporation"])) as stage:
        await stage.type("gLO")
        await stage.pilot.pause()
        assert "gLObex Corporation" in stage.painted()
        await stage.press("right")
        assert stage.screen.query_one("#company", Input).value == "Globex Corporation"


async def test_a_form_opened_again_has_every_text_and_the_reason(show):
    async with show(adding()) as stage:
        await fill(stage, "company", "Globex")
        await fill(stage, "role", "SRE")
        await fill(stage, "applied_on", "yesterday")
        await fill(stage, "tags", "a, b c")
        stage.screen.query_one("#no_contact", Checkbox).value = True
        stage.screen.query_one("#note", TextArea).text = "one\ntwo"
        await stage.press("ctrl+s")
        (first,) = stage.answers
    sentence = "The disk is full. Nothing was written."
    async with show(adding(texts=first.texts, error=sentence)) as stage:
        assert sentence in stage.painted()
        await stage.press("ctrl+s")
        assert stage.answers == [first]


async def test_saving_an_edit_that_changes_nothing_writes_nothing(show):
    async with show(editing()) as stage:
        assert not stage.screen.query("#note"), "a note is only asked when adding"
        await stage.press("enter")
        assert stage.answers == [None]


async def test_only_what_was_changed_is_handed_over(show):
    async with show(editing()) as stage:
        await fill(stage, "salary", "120k")
        await fill(stage, "expected_by", "4 dec")
        stage.screen.query_one("#no_contact", Checkbox).value = False
        await stage.press("ctrl+s")
        (filled,) = stage.answers
        assert filled.values == {
            "salary": "120k",
            "expected_by": date(2026, 12, 4),
            "no_contact": False,
        }


async def test_a_day_can_be_taken_away_when_editing(show):
    async with show(editing()) as stage:
        for name in ("applied_on", "closing_on", "expected_by", "tags"):
            await fill(stage, name, "")
        await stage.press("ctrl+s")
        (filled,) = stage.answers
        assert filled.values == {
            "applied_on": None,
            "closing_on": None,
            "expected_by": None,
            "tags": (),
        }


async def test_a_single_tag_of_two_words_stays_one(show):
    async with show(editing(tags=("big company",))) as stage:
        await fill(stage, "salary", "120k")
        stage.screen.query_one("#tags", Input).value += " remote"
        await stage.press("ctrl+s")
        (filled,) = stage.answers
        assert filled.values["tags"] == ("big company", "remote")


async def test_esc_asks_twice_before_it_throws_text_away(show):
    async with show(adding()) as stage:
        await stage.type("Globex")
        await stage.press("escape")
        assert stage.answers == []
        assert "Not saved" in stage.painted()
        await stage.press("escape")
        assert stage.answers == [None]
    async with show(editing()) as stage:
        await stage.press("escape")
        assert stage.answers == [None]


async def test_enter_in_the_note_is_a_new_line(show):
    async with show(adding()) as stage:
        await fill(stage, "company", "Globex")
        await fill(stage, "role", "SRE")
        stage.screen.query_one("#note").focus()
        await stage.type("one")
        await stage.press("enter")
        await stage.type("two")
        assert stage.answers == []
        await stage.press("ctrl+s")
        assert stage.answers[0].values["note"] == "one\ntwo"


async def test_a_note_over_the_limit_is_told(show):
    async with show(adding(), size=(120, 40)) as stage:
        await fill(stage, "company", "Globex")
        await fill(stage, "role", "SRE")
        stage.screen.query_one("#note", TextArea).text = "x" * (NOTE.limit + 1)
        await stage.press("ctrl+s")
        assert stage.answers == []
        assert f"{NOTE.limit:,} fit" in stage.painted()


async def test_several_pasted_lines_become_one_in_a_field(show):
    async with show(adding()) as stage:
        await stage.paste("Globex\nCorporation\r\nInc")
        assert stage.screen.query_one("#company", Input).value == "Globex Corporation Inc"


async def test_hostile_texts_do_no_harm_in_any_field(show, hostile):
    names = [name for name in STORED if name in APPLICATION]
    form = ApplicationForm(
        hostile,
        TODAY,
        values=STORED | dict.fromkeys(names, hostile) | {"tags": (hostile,)},
        companies=[hostile],
        error=hostile,
    )
    async with show(form, size=(120, 40)) as stage:
        await stage.press("ctrl+o")
        await stage.press("ctrl+s")
        assert stage.app.is_running
    async with show(adding(companies=[hostile], texts={"company": "", "role": ""})) as stage:
        await stage.paste(hostile)
        await stage.press("tab")
        await stage.paste(hostile)
        await stage.press("ctrl+s")
        (filled,) = stage.answers
        assert isinstance(filled, FilledApplication)
        assert filled.values["company"]
        assert not any(mark in str(filled.values["company"]) for mark in "\x1b\x00\x9b\u202e")


@pytest.mark.parametrize(
    "size",
    [
        (1, 1),
        pytest.param((10, 5), marks=pytest.mark.long),
        pytest.param((60, 16), marks=pytest.mark.long),
        pytest.param((110, 20), marks=pytest.mark.long),
        (300, 100),
    ],
)
async def test_no_size_breaks_it(show, size):
    async with show(adding(), size=size) as stage:
        await stage.type("Globex")
        await stage.press("tab")
        await stage.type("SRE")
        await stage.press("tab", "tab", "down", "up", "enter")
        assert len(stage.answers) == 1


async def test_a_burst_of_keys_lands_in_the_right_fields(show):
    """Somebody types faster than the screen draws: tab counts at once, not after the letters."""
    async with show(adding()) as stage:
        for key in ["H", "o", "tab", "S", "R", "E"]:
            stage.app.post_message(events.Key(key, None if len(key) > 1 else key))
        await stage.pilot.pause()
        await stage.press("ctrl+s")
        (filled,) = stage.answers
        assert filled.values["company"] == "Ho"
        assert filled.values["role"] == "SRE"


async def test_a_letter_lays_out_nothing_anew_and_tab_paints_two_lines_only(show, monkeypatch):
    """Both are felt with every key: the form has some forty widgets."""
    async with show(adding()) as stage:
        await stage.type("Glo")
        laid_out = []
        layout = ApplicationForm._refresh_layout
        monkeypatch.setattr(
            ApplicationForm,
            "_refresh_layout",
            lambda screen, *size, **how: (laid_out.append(1), layout(screen, *size, **how)),
        )
        painted = []
        paint = Compositor.render_update
        monkeypatch.setattr(
            Compositor,
            "render_update",
            lambda all, *screen, **how: (
                painted.append(set(all._dirty_regions)),
                paint(all, *screen, **how),
            )[1],
        )
        await stage.type("bex")
        assert not laid_out
        await stage.press("tab")
        assert not laid_out
        assert painted
        assert {region.height for regions in painted for region in regions} == {1}
        assert stage.screen.query_one("#company", Input).value == "Globex"


async def test_the_seldom_needed_fields_are_one_line_until_they_are_wanted(show):
    async with show(adding()) as stage:
        assert "▸ More" in stage.painted()
        assert not stage.screen.query("#channel")
        await stage.press("ctrl+o")
        assert stage.screen.focused.id == "posted_on"
        assert "▾ More" in stage.painted()
        await stage.press("ctrl+o")
        assert stage.screen.focused.id == "fold"
        assert not stage.screen.query_one("#more").display


@pytest.mark.parametrize("key", ["enter", "space", "right"])
async def test_the_line_opens_with_the_keys_one_would_try(show, key):
    async with show(adding()) as stage:
        stage.screen.query_one("#fold").focus()
        await stage.press(key)
        assert stage.screen.focused.id == "posted_on"
        assert stage.answers == []


async def test_every_seldom_needed_field_is_reached_with_tab_and_handed_over(show):
    async with show(adding()) as stage:
        await fill(stage, "company", "Globex")
        await fill(stage, "role", "SRE")
        await stage.press("ctrl+o")
        left = ("3 weeks ago", "their site", "CV 3", "letter 2")
        for text in (*left, "referr", "Reed", "slow", "a call"):
            await stage.type(text)
            await stage.press("tab")
        for text in ("Build the platform.", "They ship.", "We look for\nan engineer."):
            await stage.paste(text)
            await stage.press("tab")
        await stage.press("ctrl+s")
        (filled,) = stage.answers
        assert {name: filled.values[name] for name in MORE_EMPTY} == {
            "posted_on": date(2026, 11, 2),
            "channel": "their site",
            "cv_version": "CV 3",
            "letter_version": "letter 2",
            "contact_relation": "referrer",
            "via_recruiter": "Reed",
            "preset": "slow",
            "next_step": "a call",
            "why_role": "Build the platform.",
            "why_company": "They ship.",
            "posting_text": "We look for\nan engineer.",
        }


async def test_each_of_them_is_in_view_when_it_has_the_cursor_at_80_by_24(show):
    async with show(adding(), size=(80, 24)) as stage:
        await stage.press("ctrl+o")
        for name in MORE_EMPTY:
            field = stage.screen.focused
            assert field.id == name
            assert stage.screen.query_one("#dialog").region.contains_region(field.region), name
            await stage.press("tab")


async def test_a_preset_is_named_by_its_beginning(show):
    async with show(editing(), size=(120, 40)) as stage:
        await stage.press("ctrl+o")
        for text in ("turbo", "s"):
            await fill(stage, "preset", text)
            assert f"There is no preset “{text}”" in stage.painted()
            await stage.press("ctrl+s")
            assert stage.answers == []
            assert stage.screen.focused.id == "preset"
        await fill(stage, "preset", "slow")
        assert "Slow" in stage.painted()
        await fill(stage, "preset", "Fas")
        assert "start-ups" in stage.painted()
        await stage.press("ctrl+s")
        (filled,) = stage.answers
        assert filled.values == {"preset": "fast"}


@each_row(("text", "preset"), [("", ""), ("slow", "slow"), ("Fas", "fast"), ("UK", "uk")])
def test_the_beginning_of_a_preset_is_read_as_its_name(text, preset):
    line = next(line for line in MORE if line.name == "preset")
    assert FormReader(TODAY, STORED).read(line, text).value == preset


async def test_a_line_that_cannot_be_read_opens_the_fold(show):
    async with show(editing(), size=(120, 40)) as stage:
        await stage.press("ctrl+o")
        await fill(stage, "posted_on", "2027-01-01")
        await stage.press("ctrl+o")
        assert not stage.screen.query_one("#posted_on").region
        await stage.press("ctrl+s")
        assert stage.answers == []
        assert stage.screen.focused.id == "posted_on"
        assert "is in the future" in stage.painted()


async def test_what_is_stored_further_down_is_counted_and_stays(show):
    stored = {"cv_version": "CV 3", "posting_text": "We look for\nan engineer.", "preset": "uk"}
    async with show(editing(**stored), size=(120, 40)) as stage:
        assert "(3 filled in)" in stage.painted()
        await fill(stage, "salary", "120k")
        await stage.press("ctrl+s")
        (filled,) = stage.answers
        assert filled.values == {"salary": "120k"}
        assert filled.texts["posting_text"] == "We look for\nan engineer."


async def test_a_form_opened_again_after_a_conflict_loses_nothing_further_down(show):
    async with show(editing(why_role="Old.")) as stage:
        await stage.press("ctrl+o")
        await fill(stage, "cv_version", "CV 4")
        stage.screen.query_one("#why_role", TextArea).text = "New.\nAnd more."
        await stage.press("ctrl+s")
        (first,) = stage.answers
        assert first.values == {"cv_version": "CV 4", "why_role": "New.\nAnd more."}
    again = ApplicationForm(
        "Globex", TODAY, values=STORED | {"why_role": "Old."}, texts=first.texts, error="Again."
    )
    async with show(again) as stage:
        assert stage.screen.query_one("#more").display
        assert stage.screen.query_one("#why_role", TextArea).text == "New.\nAnd more."
        await stage.press("ctrl+s")
        assert stage.answers == [first]


def test_a_conflict_names_what_is_stored_further_down_too():
    before = STORED | {"cv_version": "CV 3", "why_role": "Old."}
    after = before | {"cv_version": "CV 4", "why_role": "One.\nTwo."}
    assert tell_changes(before, after) == (
        "It now says: CV sent “CV 4”, Why this role “One. Two.”."
    )


# Saving from a text of many lines


async def test_where_enter_makes_a_new_line_the_foot_says_how_to_save(show):
    async with show(adding(), size=(120, 40)) as stage:
        foot = "ctrl+s Save  tab Next field  ctrl+o More  esc Cancel"
        in_text = "ctrl+s Save  enter New line  tab Next field  esc Cancel"
        assert foot in stage.painted()
        await stage.press("ctrl+o")
        for name in ("note", "why_role", "why_company", "posting_text"):
            stage.screen.query_one(f"#{name}").focus()
            await stage.pilot.pause()
            assert in_text in stage.painted(), name
            assert foot not in stage.painted(), name
            stage.screen.query_one("#company").focus()
            await stage.pilot.pause()
            assert foot in stage.painted()


# Addresses


async def test_what_can_be_no_address_is_told_when_it_is_left_and_nothing_is_lost(show):
    async with show(adding(), size=(120, 40)) as stage:
        await stage.type("Globex")
        await fill(stage, "role", "SRE")
        await fill(stage, "contact_email", "ana at globex")
        assert "valid" not in stage.painted(), "not while it is typed"
        await stage.press("tab")
        assert "is not a valid email address" in words(stage)
        await stage.press("enter")
        assert stage.answers == []
        assert stage.screen.focused.id == "contact_email"
        assert stage.screen.query_one("#company").value == "Globex"
        await fill(stage, "contact_email", "ana+jobs@mail.globex.example")
        await stage.press("enter")
        assert stage.answers[0].values["contact_email"] == "ana+jobs@mail.globex.example"


async def test_an_old_address_that_is_none_stands_in_no_other_fields_way(show):
    async with show(editing(contact_email="ask Bo")) as stage:
        await stage.type(" AG")
        await stage.press("enter")
        assert stage.answers[0].values == {"company": "Globex AG"}


# What happened there before


def went_before(p, clock):
    """A rejection after a first interview, and an open application, at one employer."""
    now = clock.moment
    clock.moment = now.replace(month=5, day=4)
    one = p.add("Globex GmbH", "SRE").application_id
    p.move(one, Stage.FIRST)
    clock.moment = now.replace(month=6, day=4)
    p.close(one, Outcome.REJECTED)
    clock.moment = now.replace(month=10, day=12)
    p.add("GLOBEX", "Engineer", contact_name="Ana Ruiz", contact_relation="manager")
    p.contact(2, "Professor Quirk", relation="reference")
    p.add("Initech", "SRE")
    p.same_employer("Initech", "Globex")


def words(it):
    """What stands on the screen in one line, wherever it was folded."""
    return " ".join(re.sub("[│▌▆█]", " ", it.painted()).split())


async def test_earlier_applications_are_told_while_the_name_is_typed(play):
    line = (
        "3 applications since May 2026; rejected after the first interview on 4 Jun, open since 12 "
        "Oct, open since 12 Oct; you know Ana Ruiz there."
    )
    async with play(went_before, keys=("a",)) as it:
        await it.type("Glob")
        assert "applications since" not in words(it)
        await it.type("éx, Inc")
        assert line in words(it)
        await it.type(" Labs")
        assert "applications since" not in words(it)
        await it.press("ctrl+u")
        await it.type("INITECH AG")
        assert line in words(it), "they are one employer"
        await it.press("ctrl+u")
        await it.type("globex")
        await it.press("tab")
        await it.type("Analyst")
        assert line in words(it), "typing further on leaves it there"
        await it.press("enter")
        assert sorted(it.lanes()[0]) == ["GLOBEX", "Initech", "globex"]


async def test_the_same_role_there_is_known_under_every_spelling(play):
    async with play(went_before, keys=("a",)) as it:
        await it.type("Globex AG")
        await it.press("tab")
        await it.type("engineer")
        assert "You already have an open application for this role." in words(it)


async def test_changing_an_application_tells_of_no_earlier_ones(play):
    async with play(went_before, keys=("e",)) as it:
        await it.type("x")
        await it.press("backspace")
        assert "You have an open card" not in words(it), "it is that card itself"
        assert "applications since" not in words(it)


async def test_a_link_that_another_card_has_is_told_while_it_is_typed(play):
    def linked(p, _):
        p.add("Globex", "SRE", url="https://www.linkedin.com/jobs/view/4001")

    line = "Application 1 (Globex, SRE) has this link already: open since 23 Nov."
    async with play(linked, keys=("a",)) as it:
        await it.type("Hooli")
        await it.press("tab", "tab", "tab")
        await it.type("https://linkedin.com/jobs/view/400")
        assert "has this link" not in words(it)
        await it.type("1?trk=x")
        assert line in words(it)
        await it.press("backspace", *["backspace"] * 6)
        assert "has this link" not in words(it)
    async with play(linked, keys=("e",)) as it:
        assert "has this link" not in words(it), "it is that card itself"
