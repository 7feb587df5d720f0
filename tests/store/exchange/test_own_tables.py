"""Tables of the user's own: headers and statuses in four languages, guessed, shown and changed."""

from datetime import date
from pathlib import Path

import pytest

from store.exchange.cells import DatesUnclear
from store.exchange.document import Document
from store.exchange.files import read_document, read_file
from store.exchange.incoming import Parsed
from store.exchange.known import formats
from store.exchange.mapping import (
    MEANINGS,
    TARGETS,
    Choices,
    guess_columns,
    headers_name,
    known_statuses,
    meaning_of,
    read_column,
    read_status,
    status_key,
)
from store.exchange.tables.table import header_key
from store.rules.text import Refused
from tests.tables import each_row

TODAY = date(2026, 11, 28)
SAMPLES = Path(__file__).with_name("samples")


def read(text: str, *, maps: str = "", statuses: str = "", order: str = "") -> Parsed:
    choices = Choices(
        dict(map(read_column, filter(None, maps.split("|")))),
        dict(map(read_status, filter(None, statuses.split("|")))),
        order or None,  # type: ignore[arg-type]
    )
    return read_document(Document.of("mine.csv", text.encode()), TODAY, choices)


def test_the_sample_is_read_whole() -> None:
    """Semicolons, Windows-1252, a name in two languages, days between dots."""
    parsed = read_file(SAMPLES / "own_spreadsheet_semicolon_cp1252.csv", TODAY)
    assert parsed.guessed
    assert [(one.name, one.target) for one in parsed.columns] == [
        ("Position", "role"),
        ("Firma / Company", "company"),
        ("Status", "status"),
        ("Beworben am", "applied"),
        ("Notes", "note"),
    ]
    assert (len(parsed.rows), len(parsed.saved)) == (25, 11)
    assert [one.line for one in parsed.problems] == [1, 8, 22, 40, 41]
    first = parsed.rows[0]
    assert (first.company, first.role, first.applied_on) == (
        "Aviato",
        "Full-Stack Dev, React/Django",
        date(2026, 11, 18),
    )
    assert first.note == "Notiz; mit Semikolon"


@each_row(
    ("headers", "targets"),
    [
        (
            "Company,Job Title,Date Applied,Status,Location,Salary,Link,Source,Notes,To do",
            "company role applied status location salary url source note next",
        ),
        (
            "Firma,Stelle,Beworben am,Stand,Ort,Gehalt,Stellenanzeige,Quelle,Notizen,Kontakt",
            "company role applied status location salary url source note contact",
        ),
        (
            "Entreprise,Poste,Date de candidature,Statut,Lieu,Salaire,Lien,Remarques,Relance",
            "company role applied status location salary url note ",
        ),
        (
            "Empresa,Puesto,Fecha de solicitud,Estado,Ubicación,Salario,Enlace,Fuente,Notas",
            "company role applied status location salary url source note",
        ),
        ("EMPLOYER,position title,Current Status,Job URL (link)", "company role status url"),
        ("Arbeitgeber / Employer,Rolle,Datum der Bewerbung", "company role applied"),
        ("Company,Company website,Company size,Role", "company url  role"),
        ("Name,Amount", " "),
        (
            "Role,Job description,Company,Contact person,E-Mail",
            "role posting company contact email",
        ),
        ("Company,Role,Date,Interview Date,Rejection date", "company role applied first rejected"),
        ("Company,Role,Notes,Comments", "company role note note"),
        ("Firma,Stelle,Stand,Antwort bis", "company role status deadline"),
        ("Company,Role,Deadline,Answer by", "company role closing deadline"),
        ("Company,Role,Offer deadline (date)", "company role deadline"),
        ("Entreprise,Poste,Statut,Réponse avant le", "company role status deadline"),
        ("Empresa,Puesto,Estado,Fecha límite de respuesta", "company role status deadline"),
    ],
)
def test_headers_are_guessed(headers: str, targets: str) -> None:
    names = headers.split(",")
    found = guess_columns(names)
    assert [found.get(header_key(name), "") for name in names] == targets.split(" ")


@each_row(
    ("status", "meaning"),
    [
        ("Applied", "applied"),
        ("2. Phone Screen ✅", "first"),
        ("2. Gespräch", "second"),
        ("Vorstellungsgespräch", "first"),
        ("Zweitgespräch", "second"),
        ("Absage", "rejected"),
        ("absage erhalten", "rejected"),
        ("Candidature envoyée", "applied"),
        ("Refusé", "rejected"),
        ("Sin respuesta", "no-response"),
        ("Rechazado", "rejected"),
        ("Entrevista", "first"),
        ("Rejected after phone screen", "rejected"),
        ("Phone interview scheduled for Tue", "first"),
        ("Waiting for interview", ""),
        ("no offer", ""),
        ("Offer!", "offer"),
        ("Offer accepted", "accepted"),
        ("Declined", ""),
        ("Second", "second"),
        ("first", "first"),
        ("First contact", ""),
        ("Foo", ""),
        ("Ghosted", "no-response"),
        ("Wishlist", "saved"),
    ],
)
def test_statuses_are_taken_for_stages_and_ends(status: str, meaning: str) -> None:
    assert meaning_of(status_key(status), known_statuses()) == meaning


def test_all_that_is_guessed_is_something_there_is() -> None:
    from store.exchange.mapping import read_toml

    assert set(read_toml("headers.toml")["aliases"]) <= set(TARGETS)
    assert set(read_toml("statuses.toml")["aliases"]) <= set(MEANINGS)
    for file, key in (("headers.toml", header_key), ("statuses.toml", status_key)):
        names = [
            (key(name), what) for what, all_ in read_toml(file)["aliases"].items() for name in all_
        ]
        twice = {name for name, what in names if len({w for n, w in names if n == name}) > 1}
        assert not twice, file


def test_the_document_names_all_that_a_column_can_be_and_each_format() -> None:
    text = Path(__file__).parents[3].joinpath("docs/importing.md").read_text(encoding="utf-8")
    assert [target for target in (*TARGETS, "saved", "skip") if f"`{target}`" not in text] == []
    told = {known.name for known in formats() if not known.skip and not known.saved}
    assert [name for name in told if name not in text] == []


def test_a_column_is_what_the_user_says() -> None:
    text = "Wo,Was,Wann,Extra\nGlobex,SRE,3.11.2026,gut\n"
    with pytest.raises(Refused, match=r"looks like a company.*--map \"Wo=company\""):
        read(text)
    parsed = read(text, maps="wo=company|WAS=role|Wann=applied|Extra=note")
    (row,) = parsed.rows
    assert (row.company, row.role, row.applied_on, row.note) == (
        "Globex", "SRE", date(2026, 11, 3), "gut"
    )  # fmt: skip


def test_what_the_user_says_takes_the_place_of_a_guess() -> None:
    text = "Company,Client,Role,Notes\nAgency,Globex,SRE,x\n"
    (row,) = read(text, maps="Client=company|Company=recruiter|Notes=skip").rows
    assert (row.company, row.via_recruiter, row.note) == ("Globex", "Agency", "")


def test_a_status_is_what_the_user_says() -> None:
    text = "Company,Role,Status\nGlobex,SRE,Declined\nInitech,Dev,Declined\nHooli,Dev,Nope\n"
    parsed = read(text)
    assert [row.outcome for row in parsed.rows] == [None, None, None]
    assert [(one.line, "2 rows" in one.sentence) for one in parsed.problems] == [
        (2, True),
        (4, False),
    ]
    assert '--status "Declined=rejected"' in parsed.problems[0].sentence
    parsed = read(text, statuses="declined=declined|NOPE=skip")
    assert [(row.stage, row.outcome) for row in parsed.rows] == [("offer", "declined")] * 2
    assert parsed.problems == ()


@each_row(
    ("kind", "said", "sentence"),
    [
        ("maps", "Firma=company", "There is no column “firma”"),
        ("maps", "Compny=company", "Did you mean “company”"),
        ("maps", "Company=compny", "A column cannot be “compny”. Did you mean “company”"),
        ("maps", "Company", "write “Firma=company”"),
        ("statuses", "Absage=rejected", "There is no status “absage” in the file"),
        ("statuses", "Open=rejectd", "A status cannot be “rejectd”. Did you mean “rejected”"),
        ("statuses", "=rejected", "write “Absage=rejected”"),
    ],
)
def test_what_fits_nothing_is_refused(kind: str, said: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read("Company,Role,Status\nGlobex,SRE,Open\n", **{kind: said})  # type: ignore[arg-type]


def test_days_that_could_be_two_are_asked_about() -> None:
    text = "Company,Role,Applied\nGlobex,SRE,3/4/2026\nInitech,Dev,5/6/2026\n"
    with pytest.raises(DatesUnclear, match=r"can be Fri 3 Apr or Wed 4 Mar.*--dates dmy"):
        read(text)
    assert [row.applied_on for row in read(text, order="dmy").rows] == [
        date(2026, 4, 3), date(2026, 6, 5)
    ]  # fmt: skip
    assert read(text, order="mdy").rows[0].applied_on == date(2026, 3, 4)
    certain = read(f"{text}Hooli,Dev,13/6/2026\n")
    assert certain.rows[0].applied_on == date(2026, 4, 3)


def test_what_was_said_before_counts_where_nothing_is_said_now() -> None:
    text = "Wo,Was,Stand\nGlobex,SRE,Nix\n"
    kept = Choices({"wo": "company", "was": "role"}, {"nix": "rejected", "gone": "applied"})
    asked: list[str] = []

    def recall(headers: str) -> Choices:
        asked.append(headers)
        return kept

    document = Document.of("mine.csv", text.encode())
    with pytest.raises(Refused):
        read_document(document, TODAY, recall=lambda _: Choices())
    parsed = read_document(document, TODAY, Choices({"wo": "company"}), recall)
    assert (parsed.rows[0].role, parsed.rows[0].outcome) == ("SRE", "rejected")
    assert asked == [headers_name(["stand", "WO", "Was"])]


def test_a_table_without_roles_says_so_once() -> None:
    parsed = read("Company,Status\nGlobex,Applied\nInitech,Rejected\n")
    assert {row.role for row in parsed.rows} == {"Role unknown"}
    assert [problem.line for problem in parsed.problems] == [1]


def test_cells_that_say_nothing_are_empty() -> None:
    (row,) = read("Company,Role,Location,Salary,Link\nGlobex,SRE,N/A,-,n/a\n").rows
    assert (row.location, row.salary, row.url) == ("", "", "")


def test_a_guard_against_formulas_is_taken_off() -> None:
    (row,) = read("Company,Role\n'=Formula Ltd,'+SRE\n").rows
    assert (row.company, row.role) == ("=Formula Ltd", "+SRE")
    (row,) = read("Company,Role\n'Round Midnight,SRE\n").rows
    assert row.company == "'Round Midnight"


def test_a_link_without_its_scheme_is_one() -> None:
    rows = read("Company,Role,Link\nA,B,www.globex.example/jobs/1\nC,D,see mail\n")
    assert [row.url for row in rows.rows] == ["https://www.globex.example/jobs/1", ""]
    assert [problem.line for problem in rows.problems] == [3]


def test_days_in_columns_of_their_own_are_steps() -> None:
    (row,) = read(
        "Company,Role,Applied on,Interview date,2nd interview,Offer date,Status\n"
        "Globex,SRE,2026-10-01,2026-10-08,2026-10-15,2026-10-01,Offer accepted\n"
    ).rows
    assert [(step.stage.value, step.on) for step in row.steps] == [
        ("first", date(2026, 10, 8)),
        ("second", date(2026, 10, 15)),
        ("offer", None),
    ], "a day before the step before cannot be right"
    assert row.outcome == "accepted"


@each_row(
    ("row", "deadline", "told"),
    [
        ("Angebot;5.12.2026", date(2026, 12, 5), ""),
        ("Angebot;", None, ""),
        ("Offer accepted;5.12.2026", None, ""),
        ("Absage;5.12.2026", None, ""),
        ("Eingang;5.12.2026", None, "Sat 5 Dec 2026 under “Antwort bis” was left out: there is no"),
        (
            "Angebot;5.11.2026",
            None,
            "Thu 5 Nov 2026 under “Antwort bis” was left out: it is over",
        ),
        ("Angebot;bald", None, "The date under “Antwort bis” “bald” cannot be read"),
    ],
)
def test_the_day_by_which_to_answer_an_offer(row: str, deadline: date | None, told: str) -> None:
    parsed = read(
        f"Firma;Stelle;Beworben am;Stand;Antwort bis\nGlobus;PM;3.11.2026;{row}\n",
        statuses="Eingang=applied" if "Eingang" in row else "",
    )
    assert [one.offer_deadline_on for one in parsed.rows] == [deadline]
    assert [one.sentence[: len(told)] for one in parsed.problems] == ([told] if told else [])


def test_a_deadline_is_written_as_the_other_days_of_the_file() -> None:
    (row,) = read(
        "Company,Role,Applied,Status,Answer by\nGlobex,SRE,31/10/2026,Offer,5/12/2026\n"
    ).rows
    assert row.offer_deadline_on == date(2026, 12, 5)


@each_row(
    ("header", "day", "first", "told"),
    [
        ("Gespräch am", "29.11.2026 14:00", None, "lies ahead and was left out"),
        ("Interview date", "4 Dec 2026", None, "lies ahead and was left out"),
        ("Date d'entretien", "28/11/2026", date(2026, 11, 28), "counts as the day of first"),
        ("Fecha de entrevista", "20/11/2026", date(2026, 11, 20), "counts as the day of first"),
    ],
)
def test_the_day_of_an_interview_is_told(
    header: str, day: str, first: date | None, told: str
) -> None:
    parsed = read(f"Company;Role;{header};Status\nGlobex;SRE;{day};Interview\n")
    assert [step.on for step in parsed.rows[0].steps] == [first]
    (problem,) = parsed.problems
    assert problem.line == 2
    assert problem.sentence.startswith(f"“{day}” under “{header}” {told}; add the interview")


def test_what_is_no_day_of_an_interview_is_told_as_before() -> None:
    parsed = read("Company;Role;Interview date\nGlobex;SRE;soon\nHooli;SRE;1.1.1970\nAviato;SRE;\n")
    assert [one.sentence.partition(";")[0] for one in parsed.problems] == [
        "The date under “Interview date” “soon” cannot be read",
        "Thu 1 Jan 1970 is too long ago",
    ]


def test_an_interview_ahead_is_no_other_day_long_ago() -> None:
    parsed = read("Company,Role,Applied,Interview date\nGlobex,SRE,31/10/2026,5/12/2026\n")
    assert "“5/12/2026” under “Interview date” lies ahead" in parsed.problems[0].sentence
    assert '"2026-12-05 14:00"' in parsed.problems[0].sentence
    parsed = read("Company,Role,Applied,Interview date\nGlobex,SRE,31/10/2026,30/9/2026\n")
    assert "lies before you applied and was left out" in parsed.problems[0].sentence


@pytest.mark.parametrize(
    ("cell", "command"),
    [
        ("30.11.2026 18:00", 'add the interview: rounds interview ID "2026-11-30 18:00".'),
        ("30.11.2026, 9.30 Uhr", 'add the interview: rounds interview ID "2026-11-30 09:30".'),
        ("30.11.2026 17 Uhr", 'add the interview: rounds interview ID "2026-11-30 17:00".'),
        ("2026-11-30 5:15 pm", 'add the interview: rounds interview ID "2026-11-30 17:15".'),
        ("30 Nov 2026 14h30", 'add the interview: rounds interview ID "2026-11-30 14:30".'),
        (
            "30.11.2026",
            'add the interview with its time, such as: rounds interview ID "2026-11-30 14:00".',
        ),
    ],
)
def test_the_time_of_an_interview_is_the_one_that_the_sheet_tells(cell: str, command: str) -> None:
    (problem,) = read(f"Firma;Stelle;Gespräch am;Stand\nGlobus;PM;{cell};Einladung\n").problems
    assert problem.sentence.endswith(command)


@pytest.mark.parametrize(
    ("header", "status", "steps"),
    [
        ("Gespräch am", "2. Gespräch", [("second", date(2026, 11, 25))]),
        ("Interview date", "Second interview", [("second", date(2026, 11, 25))]),
        ("1. Gespräch", "2. Gespräch", [("first", date(2026, 11, 25)), ("second", None)]),
        ("Gespräch am", "Zusage", [("first", date(2026, 11, 25)), ("offer", None)]),
        ("Gespräch am", "Einladung", [("first", date(2026, 11, 25))]),
    ],
)
def test_the_day_of_an_interview_is_that_of_the_stage_that_is_told(
    header: str, status: str, steps: list[tuple[str, date | None]]
) -> None:
    (row,) = read(f"Firma;Stelle;{header};Stand\nCaritas;Referentin;25.11.2026;{status}\n").rows
    assert [(step.stage.value, step.on) for step in row.steps] == steps
