"""The table of what was proved, with which a run ends.

It is asked for by the conftest.py of all tests: where several processes run them, the one that
prints has read no other.
"""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of all tests that passed, whichever process ran them."""
    table: dict[str, tuple[int, dict[str, None]]] = {}
    for report in terminalreporter.stats.get("passed", ()):
        for name, stated in report.user_properties:
            if name == "figure":
                what, how_many, found = stated
                before, findings = table.get(what, (0, {}))
                table[what] = (before + how_many, findings | {found: None})
    if not table:
        return
    terminalreporter.section("what was proved")
    width = max(map(len, table))
    for what, (how_many, findings) in sorted(table.items()):
        terminalreporter.line(f"{what:<{width}}  {how_many:>9,}  {'; '.join(findings)}")
