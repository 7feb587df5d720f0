"""What every refusal is: one short sentence that is fit for a terminal."""

import unicodedata


def check_sentence(sentence: str) -> None:
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in sentence)
    assert sentence.endswith(".")
    assert len(sentence) < 220
