#!/usr/bin/env python3
"""Look at every page of the built site in a real browser, at the width of a phone and of a desk.

    python tools/look_at_site.py out/site [--pictures FOLDER] [PAGE ...]

A headless Chromium opens the pages from their files, driven through chromedriver, and says of
each what is wider than the window and which pictures are broken. With --pictures, the named pages
are photographed. Ends with 1 where something is wrong, and with 2 where there is no browser.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZES = {"phone": (390, 844), "desk": (1440, 900)}
FLAGS = ("headless", "disable-gpu", "no-first-run", "disable-background-networking", "disable-sync")

# What sticks out to the right is named; what lies in a box that scrolls by itself is no matter.
# A phone zooms out of a page that is too wide, so the window's own word for its width is no use.
LOOK = """
const width = %d, root = document.documentElement, found = {wide: [], broken: []};
const boxed = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
  const s = getComputedStyle(p);
  if (s.overflowX !== "visible" || s.position === "fixed") return true; } return false; };
if (root.scrollWidth > width)
  for (const e of document.body.querySelectorAll("*")) {
    const r = e.getBoundingClientRect();
    if (r.right > width + 1 && r.width && !boxed(e))
      found.wide.push(e.tagName + "." + e.className + ": " + e.textContent.trim().slice(0, 60));
  }
found.scroll = root.scrollWidth - width;
for (const i of document.images)
  if (i.loading !== "lazy" && !i.naturalWidth) found.broken.push(i.getAttribute("src"));
found.fonts = document.fonts.size;
return found;
"""

SHOW = """
document.documentElement.style.scrollBehavior = "auto";
const place = document.getElementById(%s);
if (place) place.scrollIntoView();
"""


class NoBrowser(Exception):
    """There is no browser here, or nothing to drive it with."""


class Browser:
    """A browser without a window, as WebDriver has it."""

    def __init__(self, address: str) -> None:
        self.address = address
        words = [*FLAGS, *(["no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else [])]
        options = {"args": [f"--{word}" for word in words], "binary": _browser()}
        always = {"browserName": "chrome", "goog:chromeOptions": options}
        session = self._ask("POST", "", capabilities={"alwaysMatch": always})["sessionId"]
        self.address = f"{address}/{session}"

    def resize(self, width: int, height: int, *, dark: bool = False) -> None:
        """Be as large as a phone, or as a window on a desk."""
        phone = width < 700  # noqa: PLR2004 - between the two
        facts = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        self._devtools("Emulation.setDeviceMetricsOverride", **facts)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._devtools("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, page: Path, question: str = "") -> None:
        """Open a page from its file, and wait until it has loaded."""
        self._ask("POST", "/url", url=page.resolve().as_uri() + question)

    def run(self, script: str) -> Any:
        """Run a function's body in the page and return what it returns."""
        return self._ask("POST", "/execute/sync", script=script, args=[])

    def photograph(self, picture: Path) -> None:
        """Keep what the window shows."""
        picture.write_bytes(base64.b64decode(self._ask("GET", "/screenshot")))

    def close(self) -> None:
        """End it."""
        self._ask("DELETE", "")

    def _devtools(self, command: str, **facts: Any) -> None:
        self._ask("POST", "/goog/cdp/execute", cmd=command, params=facts)

    def _ask(self, method: str, path: str, **body: Any) -> Any:
        request = urllib.request.Request(
            self.address + path,
            json.dumps(body).encode() if method == "POST" else None,
            {"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())["value"]


@contextlib.contextmanager
def a_browser() -> Iterator[Browser]:
    """Start a browser for a while.

    Raises:
        NoBrowser: When there is none here, or no chromedriver.
    """
    program = shutil.which("chromedriver")
    if program is None:
        raise NoBrowser("chromedriver is not installed (Debian: chromium-driver)")
    _browser()
    words = [program, "--port=0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as driver:
        try:
            browser = Browser(f"http://127.0.0.1:{_port(driver)}/session")
            try:
                yield browser
            finally:
                browser.close()
        finally:
            driver.terminate()


def _port(driver: subprocess.Popen[str]) -> str:
    for line in driver.stdout or ():
        if "started successfully on port" in line:
            return line.strip().rstrip(".").rpartition(" ")[2]
    raise NoBrowser("chromedriver does not start")


def _browser() -> str:
    for name in BROWSERS:
        if (program := shutil.which(name)) is not None:
            return program
    raise NoBrowser(f"none of {', '.join(BROWSERS)} is installed")


def look(browser: Browser, site: Path) -> Iterator[str]:
    """Yield what is wrong with the pages of a site, at every size."""
    for size, (width, height) in SIZES.items():
        browser.resize(width, height)
        for page in sorted(site.rglob("*.html")):
            if page.parent == site and page.name in {"index.html", "search.html"}:
                continue  # one leads on, the other has nothing to show without a question
            browser.open(page)
            found = browser.run(LOOK % width)
            name = f"{page.relative_to(site)} ({size})"
            if found["scroll"] > 0:
                yield f"{name}: {found['scroll']} px too wide: {found['wide'][:3]}"
            for picture in found["broken"]:
                yield f"{name}: the picture {picture} is broken"
            if found["fonts"]:
                yield f"{name}: brings fonts, which the site does not need"


def photograph(browser: Browser, site: Path, pages: list[str], folder: Path) -> None:
    """Keep pictures of pages at every size, and of the first in the dark."""
    folder.mkdir(parents=True, exist_ok=True)
    for size, (width, height) in SIZES.items():
        for dark in (False, True):
            browser.resize(width, height, dark=dark)
            for page in pages[:1] if dark else pages:
                path, _, anchor = page.partition("#")
                browser.open(site / path)
                browser.run(SHOW % json.dumps(anchor))
                name = page.replace("/", "-").replace(".html", "").replace("#", "-")
                browser.photograph(folder / f"{name}-{size}{'-dark' if dark else ''}.png")


def main() -> int:
    """Look at the site named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("pages", nargs="*", help="to photograph, as docs/guide.html#anchor")
    parser.add_argument("--pictures", type=Path, help="the folder for photographs")
    asked = parser.parse_intermixed_args()
    try:
        with a_browser() as browser:
            if asked.pictures:
                photograph(browser, asked.site, asked.pages, asked.pictures)
                return 0
            wrong = list(look(browser, asked.site))
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
