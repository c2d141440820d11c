"""Read a built site: where its links lead, and what its pages load."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Site", "read_site"]

LOADS = {"script": "src", "img": "src", "source": "src", "iframe": "src", "link": "href"}


class Site(NamedTuple):
    """What was found in the pages of a site."""

    pages: list[Path]
    wrong: list[str]
    elsewhere: set[str]


class _Page(HTMLParser):
    """The anchors of a page, where it links to, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.loads: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a tag."""
        said = dict(attrs)
        self.anchors |= {value for key in ("id", "name") if (value := said.get(key))}
        if tag == "a" and (target := said.get("href")):
            self.links.add(target)
        elif tag in LOADS and (target := said.get(LOADS[tag])):
            self.loads.add(target)


def read_site(folder: Path) -> Site:
    """Read every page of a site, and see whether each link in it leads somewhere."""
    pages = {file: _Page(file.read_text(encoding="utf-8")) for file in folder.rglob("*.html")}
    wrong: list[str] = []
    elsewhere: set[str] = set()
    for file, page in sorted(pages.items()):
        name = file.relative_to(folder)
        for target in sorted(page.links | page.loads):
            url = urlsplit(target)
            if url.scheme or url.netloc:
                elsewhere.add(target)
                if target in page.loads and url.scheme != "data":
                    wrong.append(f"{name}: loads {target}; a site that works offline loads nothing")
                continue
            there = (file.parent / unquote(url.path)).resolve() if url.path else file
            if not there.is_file():
                wrong.append(f"{name}: {target} leads nowhere")
            elif (
                url.fragment
                and there in pages
                and unquote(url.fragment) not in pages[there].anchors
            ):
                wrong.append(f"{name}: {target}: there is no such place in that page")
    return Site(sorted(pages), wrong, {link for link in elsewhere if not link.startswith("data:")})
