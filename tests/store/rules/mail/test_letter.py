"""What the sender wrote anew: without quotations, signature, notices; sentence by sentence."""

from datetime import date

from store.rules.mail.letter import LetterText, sentences
from store.rules.mail.message import Letter
from tests.tables import each_row


def own(text: str, name: str = "Ana Ruiz") -> str:
    return LetterText(Letter(date(2026, 11, 24), name, "ana@acme.example", "Hello", text)).own


@each_row(
    "quotation",
    [
        "On Thu, 19 Nov 2026 at 16:02, Sam Doe <sam@example.org> wrote:\n> No.\n> No.",
        "On Thu, 19 Nov 2026 at 16:02,\nSam Doe <sam@example.org> wrote:\n> No.",
        "On Thu, 19 Nov 2026 at 16:02, Sam Doe wrote:\n\nNo.\nNo.",
        "Am 20.11.2026 um 14:10 schrieb Sam Doe <sam@example.org>:\n> No.",
        "Sam Doe schrieb am 20.11.2026 um 14:10:\n> No.",
        "Le jeu. 19 nov. 2026 à 17:30, Sam Doe <sam@example.org> a écrit :\n> No.",
        "El jue, 19 nov 2026 a las 17:30, Sam Doe (<sam@example.org>) escribió:\n> No.",
        "-----Original Message-----\nFrom: Sam\nNo.",
        "-----Ursprüngliche Nachricht-----\nVon: Sam\nNo.",
        "________________________________\nFrom: Sam Doe\nSent: Monday\nTo: Ana\nSubject: x\n\nNo.",
        "Von: Sam Doe\nGesendet: Montag\nAn: Ana\nBetreff: x\n\nNo.",
        "De : Sam Doe\nEnvoyé : lundi\nÀ : Ana\nObjet : x\n\nNo.",
        "> No.\n>> No.",
        "Sam Doe wrote on 19 Nov 2026 at 16:02:\n> No.",
        "Sam Doe a écrit le 19 nov. 2026 :\n> No.",
        "You wrote on Thursday:\n> No.",
        "Ihre Nachricht vom 19.11.2026:\n\nNo.",
        "Sie schrieben:\n> No.",
        "-------- Original-Nachricht --------\nNo.",
        "--- Previous message ---\nNo.",
        "--- Mensaje anterior ---\nNo.",
        "Message précédent\nNo.",
    ],
)
def test_what_is_quoted_is_left_out(quotation: str) -> None:
    assert own(f"Hi Sam,\n\nyes.\n\n{quotation}") == "Hi Sam,\n\nyes."


def test_an_answer_below_the_quotation_stays() -> None:
    text = "On 19 Nov 2026, Sam Doe wrote:\n> When?\n\nOn Tuesday.\n\n> Where?\n\nHere."
    assert own(text) == "On Tuesday.\n\n\nHere."


@each_row(
    "signature",
    [
        "-- \nAna Ruiz\nHead of Data",
        "--\nAna",
        "Best regards\nAna Ruiz",
        "Mit freundlichen Grüßen\nAna Ruiz",
        "Viele Grüße,\nAna",
        "Cordialement\nAna",
        "Bien à vous,\nAna",
        "Un saludo,\nAna",
        "Herzlich\nAna",
        "Im Auftrag\nRuiz",
        "Meilleures salutations\nAna",
        "Un besito,\nAna",
        "With thanks,\nAna",
        "Ana Ruiz\nAcme Ltd.\nWe are hiring!",
        "Ana\n+49 30 1234",
        "This email and any attachments are confidential.",
        "Sent from my iPhone",
    ],
)
def test_the_signature_is_left_out(signature: str) -> None:
    assert own(f"Hi Sam,\n\nyes.\n\n{signature}") == "Hi Sam,\n\nyes."


def test_what_begins_with_a_greeting_line_is_no_signature() -> None:
    assert own("Best regards from Lisbon!\nWe loved your talk.") != ""


def test_a_forwarded_message_without_a_word_is_the_message() -> None:
    text = "---------- Forwarded message ---------\nFrom: Ana\nDate: Mon\nSubject: x\n\nHello Sam."
    assert own(text) == "Hello Sam."
    assert own("> Hello Sam.") == "Hello Sam."


@each_row(
    ("text", "found"),
    [
        ("One. Two! Three?", ("One.", "Two!", "Three?")),
        (
            "We meet on the 3. Dezember at noon. Bye.",
            ("We meet on the 3. Dezember at noon.", "Bye."),
        ),
        ("Dr. Lang calls. Bye.", ("Dr. Lang calls.", "Bye.")),
        ("It ends in 2026. Then more.", ("It ends in 2026.", "Then more.")),
        ("- Tue 1 Dec\n- Wed 2 Dec", ("- Tue 1 Dec", "- Wed 2 Dec")),
        (
            "This is a line that somebody's program has wrapped\nin the middle.",
            ("This is a line that somebody's program has wrapped in the middle.",),
        ),
        ("", ()),
    ],
)
def test_sentences(text: str, found: tuple[str, ...]) -> None:
    assert sentences(text) == found


def test_a_text_without_end_is_cut() -> None:
    assert len(sentences("Yes. " * 5_000)) == 300
    assert len(sentences("x" * 10_000)[0]) == 600
