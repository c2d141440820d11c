"""Plain tables: columns aligned by what a terminal shows, not by how many characters it takes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing takes as long as answering --version
    from collections.abc import Iterable, Sequence

__all__ = ["clean", "table", "width"]


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return lines of aligned cells below headers in capitals, without trailing blanks."""
    lines = [[header.upper() for header in headers]]
    lines += [[clean(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def clean(text: str) -> str:
    """Return ``text`` fit for one line of a terminal.

    Plugins and files supply some of what is shown: their control characters move no cursor.
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def width(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes."""
    if text.isascii():
        return len(text)
    import unicodedata  # noqa: PLC0415 - most tables are plain ASCII

    def columns(char: str) -> int:
        if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
            return 0
        return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1

    return sum(map(columns, text))
