"""The people of an application: added, filled in, removed, written to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from store.rules.fields import CONTACT
from store.rules.stages import Stage
from store.rules.text import printable
from store.tables import Contact
from tui.dialogs.contact import ContactForm, Mention
from tui.dialogs.pickers import Confirm
from tui.pages.people import PeopleScreen
from tui.widgets.keybar import KeyBar
from tui.widgets.rows import Rows

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))
TODAY = NOW.date()


async def contacts(it):
    return (await it.read(lambda g: g.dossier(1))).contacts


@pytest.fixture
def known(play):
    """The program at the people of an application with two interviews, one of them over."""

    def fill(p, clock):
        p.add("Globex", "Engineer", applied_on=TODAY - timedelta(days=20))
        p.interview(1, NOW - timedelta(hours=20), people="Ana Ruiz and Bo")
        p.interview(1, NOW + timedelta(days=1), people="Ana Ruiz, Cy", stage=Stage.FIRST)

    return lambda *keys, **known: play(fill, keys=("2", "P", *keys), **known)


# The form by itself


async def test_a_name_is_enough(show):
    async with show(ContactForm("New", adding=True, values={"relation": "manager"})) as stage:
        await stage.type("Ana")
        await stage.press("enter")
        (filled,) = stage.answers
    assert filled.values == {**dict.fromkeys(CONTACT, ""), "name": "Ana", "relation": "manager"}


async def test_without_a_name_it_says_so_and_keeps_the_rest(show):
    async with show(ContactForm("New", adding=True)) as stage:
        await stage.press("tab")
        await stage.type("Head of Platform")
        await stage.press("enter")
        assert stage.answers == []
        assert "Enter a name; the rest is optional." in stage.painted()
        assert stage.screen.focused.id == "name"
        await stage.type("Ana")
        await stage.press("ctrl+s")
        assert stage.answers[0].values["title"] == "Head of Platform"


async def test_what_can_be_no_address_is_told_when_it_is_left_and_nothing_is_lost(show):
    async with show(ContactForm("New", adding=True), size=(120, 40)) as stage:
        await stage.type("Ana")
        stage.screen.query_one("#email").focus()
        await stage.type("ana@globex")
        assert "valid" not in stage.painted(), "not while it is typed"
        await stage.press("tab")
        assert "“ana@globex” is not a valid email address" in stage.painted()
        await stage.press("enter")
        assert stage.answers == []
        assert stage.screen.focused.id == "email"
        assert stage.screen.query_one("#name").value == "Ana"
        await stage.type(".example")
        assert "valid" not in stage.painted()
        await stage.press("enter")
        assert stage.answers[0].values["email"] == "ana@globex.example"


async def test_an_old_address_that_is_none_stands_in_no_other_fields_way(show):
    values = {"name": "Ana", "email": "ask Bo", "relation": "manager"}
    async with show(ContactForm("Ana", values=values)) as stage:
        assert "valid" not in stage.painted()
        await stage.type(" Ruiz")
        await stage.press("enter")
        assert stage.answers[0].values == {"name": "Ana Ruiz"}


async def test_only_what_was_changed_is_handed_over(show):
    values = {"name": "Ana", "email": "ana@example.org", "relation": "interviewer"}
    form = ContactForm("Ana", values=values, mentions=[Mention(7, "first interview", "the rota")])
    async with show(form) as stage:
        assert "[interviewer]" in stage.painted()
        await stage.press("tab", "tab", "h", "tab", "tab")
        await stage.type("+41 1")
        await stage.press("tab", "tab", "tab", "tab")
        await stage.type(" and the migration")
        await stage.press("enter")
        (filled,) = stage.answers
    assert filled.values == {"phone": "+41 1", "relation": "manager"}
    assert filled.mentions == {7: "the rota and the migration"}


async def test_esc_warns_before_it_throws_away(show):
    async with show(ContactForm("Ana", values={"name": "Ana", "relation": "other"})) as stage:
        await stage.type("!")
        await stage.press("escape")
        assert stage.answers == []
        assert "Not saved" in stage.painted()
        await stage.press("escape")
        assert stage.answers == [None]


async def test_what_is_too_long_is_told_under_its_line(show):
    async with show(ContactForm("New", adding=True)) as stage:
        await stage.type("Ana")
        await stage.press("tab", "tab", "tab", "tab")
        await stage.paste("1" * 61)
        assert "Phone has 61 characters; 60 fit" in stage.painted()
        await stage.press("enter")
        assert stage.answers == []
        assert stage.screen.focused.id == "phone"


# In the program


async def test_who_takes_part_is_there_already_with_the_thanks_that_are_owed(known):
    async with known() as it:
        painted = it.painted()
        assert [p.name for p in await contacts(it)] == ["Ana Ruiz", "Bo", "Cy"]
        assert painted.count("not thanked yet") >= 2
        assert "not met yet" in painted
        assert "second" not in painted
        assert "Interview  Tue 24 Nov 10:00–11:00 · first · confirmed" in painted


async def test_thanked_is_told_after_the_follow_up_is_done(known):
    async with known() as it:
        page = await it.read(lambda g: g.dossier(1))
        thank = next(f.due for f in page.follow_ups if f.due.action == "thank")
        with it.another_window() as p:
            p.complete(thank.id)
        await it.look()
        assert " thanked " in f"{it.painted().splitlines()[2]} "


async def test_somebody_is_added_and_taken_back(play):
    async with play(lambda p, _: p.add("Globex", "Engineer"), keys=("P",)) as it:
        assert "No contacts yet." in it.painted()
        await it.press("enter", "D", "y")
        assert "No contacts yet" in it.told
        await it.press("a")
        await it.type("Ana Ruiz")
        await it.press("tab", "tab", *"refere", "tab")
        await it.type("ana@example.org")
        await it.press("enter")
        (ana,) = await contacts(it)
        assert (ana.name, ana.email, ana.relation) == ("Ana Ruiz", "ana@example.org", "reference")
        assert "ana@example.org" in it.painted()
        await it.press("u")
        assert await contacts(it) == ()


async def test_the_contact_of_the_application_is_one_of_its_people(play):
    def fill(p, clock):
        p.add("Globex", "Engineer", contact_name="Ana Ruiz", contact_email="ana@example.org")
        p.contact(1, "Bo", relation="manager")

    async with play(fill, keys=("P",), size=(120, 36)) as it:
        assert [(p.name, p.email, p.main) for p in await contacts(it)] == [
            ("Ana Ruiz", "ana@example.org", True),
            ("Bo", "", False),
        ]
        assert "main contact" in it.painted()
        await it.press("j", "asterisk")
        assert [p.main for p in await contacts(it)] == [False, True]
        assert "hiring manager, main contact" in it.painted()
        assert (await it.read(lambda g: g.dossier(1))).fields["contact_name"] == "Bo"
        await it.press("asterisk")
        assert [p.main for p in await contacts(it)] == [False, False]
        await it.press("u", "u")
        assert [p.main for p in await contacts(it)] == [True, False]


async def test_a_name_that_is_there_comes_back_with_a_sentence(known):
    async with known("a") as it:
        await it.type("ana ruiz")
        await it.press("enter")
        assert isinstance(it.screen, ContactForm)
        assert "among the contacts already" in it.painted()
        assert it.screen.texts["name"] == "ana ruiz"


async def test_fields_and_what_to_mention_are_one_step(known):
    async with known("enter", size=(120, 36)) as it:
        assert "first interview, Tue 24 Nov" in it.painted()
        await it.press("tab")
        await it.type("Head of Platform")
        await it.press(*["tab"] * 8)
        await it.type("the migration")
        await it.press("enter")
        page = await it.read(lambda g: g.dossier(1))
        assert page.contacts[0].title == "Head of Platform"
        assert page.interviews[0].interviewers[0].point == "the migration"
        assert page.interviews[1].interviewers[0].point == ""
        assert "to mention: the migration" in it.painted()
        await it.press("u")
        page = await it.read(lambda g: g.dossier(1))
        assert page.contacts[0].title == ""
        assert page.interviews[0].interviewers[0].point == ""


async def test_removed_after_a_question(known):
    async with known("D") as it:
        assert isinstance(it.screen, Confirm)
        assert "Remove Ana Ruiz" in it.painted()
        await it.press("n")
        assert len(await contacts(it)) == 3
        await it.press("D", "y")
        assert [p.name for p in await contacts(it)] == ["Bo", "Cy"]
        assert "Ana Ruiz is removed" in it.told
        await it.press("u")
        assert len(await contacts(it)) == 3


async def test_the_address_is_copied(known):
    async with known("y") as it:
        assert "no email address yet" in it.told
        with it.another_window() as p:
            p.edit_contact(1, {"email": "ana@example.org"})
        await it.look()
        await it.press("y")
        await it.app.workers.wait_for_complete()
        assert it.app.clipboard == "ana@example.org"
        assert "ana@example.org: copied by way of the terminal." in it.told


async def test_the_pages_lead_to_each_other_and_back(known):
    async with known("I", "P", "escape", "escape") as it:
        assert isinstance(it.screen, PeopleScreen)
        await it.press("question_mark")
        assert "People" in it.painted()


@pytest.mark.parametrize(
    "size", [(60, 16), pytest.param((80, 24), marks=pytest.mark.long), (120, 36)]
)
async def test_hostile_texts_are_drawn_as_they_are(play, hostile, size):
    def fill(p, clock):
        p.add(f"C{hostile}", "Engineer", applied_on=TODAY - timedelta(days=20))
        texts = {name: hostile for name in CONTACT if name not in ("name", "phone")}
        texts["email"] = ""
        p.contact(1, f"A{hostile}", phone=hostile[:60], **texts)
        # No such address can be typed any more, but an older board may hold one.
        with p.database.writing() as session:
            session.get(Contact, 1).email = printable(hostile)
        p.interview(1, NOW - timedelta(days=1), people=f"A{hostile}")

    async with play(fill, keys=("2", "P"), size=size) as it:
        first = (await contacts(it))[0]
        assert first.name[:6] in it.painted()
        await it.press("y", "enter")
        assert isinstance(it.screen, ContactForm)
        await it.press("escape", "D", "escape")
        assert isinstance(it.screen, PeopleScreen)


async def test_after_undo_the_cursor_is_on_the_contact_that_came_back(play):
    def three(p, _):
        p.add("Globex", "Engineer")
        for name in ("Ana", "Bo", "Cy"):
            p.contact(1, name)

    async with play(three, keys=("P", "j", "D", "y", "G", "u")) as it:
        assert it.screen.query_one(Rows).current.cells[0].text.strip() == "Bo"


async def test_the_box_with_all_about_the_line_is_titled_and_fills_the_page(play):
    def fill(p, _):
        p.contact(p.add("Globex", "Engineer").application_id, "Ana Ruiz", email="ana@example.org")

    async with play(fill, keys=("P",), size=(80, 24)) as it:
        sides = it.screen.query_one("#sides")
        assert str(sides.border_title).startswith("Ana Ruiz")
        bar = it.screen.query_one(KeyBar).region
        people = it.screen.query_one(Rows).region
        assert (sides.region.y, sides.region.bottom) == (people.bottom, bar.y), "below the list"
        await it.pilot.resize_terminal(160, 45)
        bar = it.screen.query_one(KeyBar).region
        people = it.screen.query_one(Rows).region
        assert people.bottom == sides.region.bottom == bar.y
        assert (people.right, sides.region.right) == (sides.region.x, 160), "beside the list"
        await it.press("D", "y")
        assert it.screen.query_one(Rows).region.right == 160, "without a line it has all the room"
