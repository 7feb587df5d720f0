"""The day that a sentence names, in four languages, as seen on Tuesday, 24 November 2026."""

from datetime import date

from store.rules.mail.days_named import find_days
from store.rules.mail.phrases import language
from store.rules.text import searchable
from tests.tables import each_row

SENT = date(2026, 11, 24)


def day(name: str, sentence: str, sent: date = SENT) -> str:
    found = find_days(searchable(sentence), language(name), sent)
    return ", ".join(f"{one.day:%d.%m.%y}" for one in found)


@each_row(
    ("name", "sentence", "found"),
    [
        ("en", "by 3 Dec", "03.12.26"),
        ("en", "by the 3rd of December", "03.12.26"),
        ("en", "before December 18th", "18.12.26"),
        ("en", "on Jan 7, 2027", "07.01.27"),
        ("en", "on 2026-12-03", "03.12.26"),
        ("en", "within two weeks", "08.12.26"),
        ("en", "in the next three days", "27.11.26"),
        ("en", "within 10 working days", "08.12.26"),
        ("en", "in two to three weeks", "15.12.26"),
        ("en", "within 48 hours", "26.11.26"),
        ("en", "by the end of next week", "04.12.26"),
        ("en", "early next week", "01.12.26"),
        ("en", "by the end of the week", "27.11.26"),
        ("en", "next week", "04.12.26"),
        ("en", "on Friday", "27.11.26"),
        ("en", "on Tuesday", "01.12.26"),
        ("en", "tomorrow", "25.11.26"),
        ("en", "by 12/3", ""),
        ("en", "on 25/12/2026", "25.12.26"),
        ("en", "by 15 November", ""),
        ("en", "in May", ""),
        ("en", "in the year 2026", ""),
        ("en", "at 10:00", ""),
        ("en", "between 1 Dec and 4 Dec", "01.12.26, 04.12.26"),
        ("de", "bis zum 3. Dezember", "03.12.26"),
        ("de", "bis 11.12.2026", "11.12.26"),
        ("de", "bis zum 3.12.", "03.12.26"),
        ("de", "innerhalb von vier Wochen", "22.12.26"),
        ("de", "in zwei Wochen", "08.12.26"),
        ("de", "Ende nächster Woche", "04.12.26"),
        ("de", "bis Freitag", "27.11.26"),
        ("de", "in den nächsten 14 Tagen", "08.12.26"),
        ("de", "bis Ende des Monats", "30.11.26"),
        ("fr", "d'ici le 3 décembre", "03.12.26"),
        ("fr", "le 1er décembre", "01.12.26"),
        ("fr", "sous trois semaines", "15.12.26"),
        ("fr", "avant la fin de la semaine prochaine", "04.12.26"),
        ("fr", "avant le 10/12", "10.12.26"),
        ("fr", "lundi", "30.11.26"),
        ("es", "antes del 3 de diciembre", "03.12.26"),
        ("es", "en un plazo de dos semanas", "08.12.26"),
        ("es", "a finales de la próxima semana", "04.12.26"),
        ("es", "el viernes", "27.11.26"),
        ("es", "el 11 de diciembre de 2026", "11.12.26"),
    ],
)
def test_the_day_that_is_named(name: str, sentence: str, found: str) -> None:
    assert day(name, sentence) == found


@each_row("sentence", ["by 31 February", "by 45 Dec", "on 2026-13-01", "in 0 weeks"])
def test_a_day_that_there_is_not_is_none(sentence: str) -> None:
    assert day("en", sentence) == ""


def test_in_december_january_is_of_the_next_year() -> None:
    assert day("en", "by 8 January", date(2026, 12, 18)) == "08.01.27"


def test_a_day_far_ahead_is_of_something_else() -> None:
    assert day("en", "by 1 October 2027") == ""
    assert day("en", "within 999 weeks") == ""


@each_row(
    ("name", "sentence", "found"),
    [
        ("en", "You will hear by the 14th", "14.12.26"),
        ("en", "on Thursday 3rd", "03.12.26"),
        ("en", "on Friday 11", "11.12.26"),
        ("en", "on Friday 12", "27.11.26"),
        ("de", "am 14. hören Sie von uns", "14.12.26"),
        ("fr", "au plus tard le 14", "14.12.26"),
        ("es", "lo sabrás el día 14", "14.12.26"),
        ("en", "on the 24th", "24.11.26"),
    ],
)
def test_a_day_of_a_month_that_is_not_named(name: str, sentence: str, found: str) -> None:
    assert day(name, sentence) == found
