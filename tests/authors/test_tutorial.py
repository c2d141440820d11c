"""The tutorial keeps its word: its code is short, and what it shows is what is written."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

from ministudio.cli._scaffold import PluginKind, project_files

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "authors" / "tutorial.md"
MOST = 60
"""Lines of code that a conforming provider for a service over HTTP takes, at most."""
NO_CODE = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENDMARKER, tokenize.ENCODING,
}  # fmt: skip


def lines_of_code(source: str) -> int:
    """Count the lines that have code on them; a docstring is none, an import is."""
    lines, begins = set(), True
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        docstring = token.type == tokenize.STRING and begins and token.string.startswith('"""')
        if token.type not in NO_CODE and not docstring:
            lines |= set(range(token.start[0], token.end[0] + 1))
        begins = token.type in NO_CODE
    return len(lines)


def written() -> dict[str, str]:
    return dict(project_files("paintbox", PluginKind.PROVIDER, year=2031, bounds=">=0.1,<1"))


SOURCE = '''"""What.

For.
"""

import a  # why
# so


def f():
    """Do."""
    x = (
        1,
    )
'''


def test_the_count_sees_code_and_nothing_else():
    assert lines_of_code(SOURCE) == 5


def test_a_conforming_provider_takes_no_more_lines_than_were_promised():
    files, package = written(), "src/ministudio_paintbox"
    own = ("__init__.py", "provider.py")
    counts = {name: lines_of_code(files[f"{package}/{name}"]) for name in own}
    assert sum(counts.values()) <= MOST, counts
    (said,) = re.findall(r"the two files are (\d+) lines of code", PAGE.read_text("utf-8"))
    assert int(said) == sum(counts.values())


def test_the_page_shows_the_provider_as_it_is_written():
    shown = PAGE.read_text("utf-8")
    assert f"```python\n{written()['src/ministudio_paintbox/provider.py']}```" in shown


def test_the_page_can_be_read_in_one_sitting():
    assert len(PAGE.read_text("utf-8").splitlines()) <= 250
