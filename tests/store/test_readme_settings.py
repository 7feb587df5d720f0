"""The README's example of a configuration is one that the program takes."""

import re
from datetime import date
from pathlib import Path
from textwrap import dedent

from store.settings import read_settings

README = Path(__file__).parents[2] / "README.md"


def test_the_example_of_the_readme_is_read(tmp_path: Path) -> None:
    blocks = re.findall(r"(?:^(?:    .*)?\n)+", README.read_text(encoding="utf-8"), re.MULTILINE)
    example = next(dedent(block) for block in blocks if "[follow_ups]" in block)
    file = tmp_path / "config.toml"
    file.write_text(example, encoding="utf-8")
    settings = read_settings(file)
    assert (settings.preset, settings.country, settings.slow_season) == ("uk", "GB-SCT", True)
    assert settings.overrides["interview"] == {"inquiry_business_days": 6}
    assert date(2026, 11, 30) in settings.holidays, "St Andrew's Day"
