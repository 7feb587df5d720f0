"""The theme that the first picture wears."""

from pathlib import Path

import pytest

from tui.config.glimpse import first_theme


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        (None, None),
        ("", None),
        ("[screen]\ntheme = 'rounds-light'\n", "rounds-light"),
        ("[screen]\ntheme = 3\n", None),
        ("[screen\ntheme = 'x'\n", None),
        ("screen = 'theme'\n", None),
        ("# theme\n", None),
    ],
)
def test_it_is_what_the_file_names(
    text: str | None, theme: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    if text is not None:
        (tmp_path / "rounds").mkdir()
        (tmp_path / "rounds" / "config.toml").write_text(text)
    assert first_theme() == theme
