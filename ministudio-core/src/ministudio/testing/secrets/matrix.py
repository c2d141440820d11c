"""Prints the conformance matrix after a test run: ``pytest -p ministudio.testing.secrets.matrix``.

It reads what ``SecretBackendConformance`` recorded, so it also works where tests run in parallel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.testing.secrets.trouble import Case

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pytest

__all__ = ["pytest_terminal_summary", "rows"]

Cells = dict[str, dict[str, str]]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print backend by case, each with what came of it and after how long."""
    cells: Cells = {}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            mark = "" if outcome == "passed" else " FAILED"
            for name, value in report.user_properties:
                if name == "secrets_matrix":
                    backend, case, shown, seconds = value
                    cells.setdefault(backend, {})[case] = f"{shown}{mark} {seconds:.1f} s"
    if cells:
        terminalreporter.section("secret backends")
        for line in rows(cells):
            terminalreporter.write_line(line)


def rows(cells: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield the table's lines: a row for each case, a column for each backend."""
    backends = sorted(cells)
    table = [["case", *backends]]
    table += [[case, *(cells[name].get(case, "not run") for name in backends)] for case in Case]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        yield "  ".join(_padded(row, widths)).rstrip()


def _padded(row: Iterable[str], widths: Iterable[int]) -> Iterator[str]:
    return (text.ljust(width) for text, width in zip(row, widths, strict=True))
