#!/usr/bin/env python3
"""Play a film in a real browser, without a window, and keep a picture of what it showed.

    python tools/play_in_browser.py FILM [--until 6] [--picture shown.png]

A headless Chromium (or Chrome) loads a page with the film in a <video>, from a server on
loopback, and plays it at its own speed up to a second; then the page is photographed, and what
the browser says of the film is printed as JSON. Ends with 1 where it did not play, and with 2
where there is no browser.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--force-color-profile=srgb",
]
STARTING = 60  # seconds a browser may take besides playing
WORDS = 28  # pixels below the film, for what the browser says

# The photograph is taken when the page has loaded, so a picture that the server holds back until
# the film has played keeps it from being loaded before.
PAGE = """<!doctype html><meta charset="utf-8"><title>Playing</title>
<style>
  body { margin: 0; background: #111; color: #ddd; font: 14px/28px sans-serif }
  video { display: block }
</style>
<video src="/film.mp4" autoplay playsinline></video><div></div><img src="/held" alt="" hidden>
<script>
const film = document.querySelector("video"), until = UNTIL;
let told = false;
function tell(error) {
  if (told) return;
  told = true;
  film.pause();
  const quality = film.getVideoPlaybackQuality();
  const said = {error, seconds: film.currentTime, duration: film.duration,
    width: film.videoWidth, height: film.videoHeight, frames: quality.totalVideoFrames,
    dropped: quality.droppedVideoFrames, sound_bytes: film.webkitAudioDecodedByteCount};
  document.querySelector("div").textContent = JSON.stringify(said);
  const send = () => fetch("/said", {method: "POST", body: JSON.stringify(said)});
  requestAnimationFrame(() => requestAnimationFrame(send));
}
film.onerror = () => tell(film.error ? film.error.message || "code " + film.error.code : "error");
film.onended = () => tell(null);
film.ontimeupdate = () => { if (film.currentTime >= until) tell(null); };
film.play().catch(error => tell(String(error)));
</script>"""


class NoBrowser(Exception):
    """There is no browser here to play with."""


class Stage:
    """What the server gives away, and what it is told."""

    def __init__(self, film: Path, until: float) -> None:
        self.film = film.read_bytes()
        self.page = PAGE.replace("UNTIL", repr(until)).encode()
        self.said: dict[str, Any] = {}
        self.played = threading.Event()


class Handler(BaseHTTPRequestHandler):
    """Serves the page, the film in the ranges that a player asks for, and the picture held back."""

    def __init__(self, stage: Stage, *arguments: Any) -> None:
        self.stage = stage
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Answer with the page, the film, or nothing at all once the film has played."""
        if self.path == "/":
            self._answer(200, self.stage.page, "text/html")
        elif self.path == "/film.mp4":
            self._film()
        elif self.path == "/held":
            self.stage.played.wait()
            self._answer(204, b"", "image/png")
        else:
            self._answer(404, b"", "text/plain")

    def do_POST(self) -> None:
        """Take in what the page says of the film."""
        self.stage.said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(204, b"", "text/plain")
        self.stage.played.set()

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - its name there
        """Say nothing of single requests."""

    def _film(self) -> None:
        film = self.stage.film
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if asked is None:
            self._answer(200, film, "video/mp4")
            return
        first = int(asked[1])
        last = min(int(asked[2] or len(film)), len(film) - 1)
        where = {"Content-Range": f"bytes {first}-{last}/{len(film)}"}
        self._answer(206, film[first : last + 1], "video/mp4", where)

    def _answer(
        self, code: int, body: bytes, kind: str, more: dict[str, str] | None = None
    ) -> None:
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Accept-Ranges": "bytes"}
        # A player that has enough hangs up in the middle of a film.
        with contextlib.suppress(ConnectionError):
            self.send_response(code)
            for name, value in {**headers, **(more or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)


def find_browser() -> str:
    """Return the program of a browser.

    Raises:
        NoBrowser: When none is installed.
    """
    for name in BROWSERS:
        if (program := shutil.which(name)) is not None:
            return program
    raise NoBrowser(f"none of {', '.join(BROWSERS)} is installed")


def play(film: Path, picture: Path, *, until: float, size: tuple[int, int]) -> dict[str, Any]:
    """Play a film up to a second and return what the browser says of it.

    Args:
        film: An MP4 file.
        picture: Where to put the photograph, a PNG with the film at its top left.
        until: The second to play to.
        size: Width and height of the film, in pixels.

    Raises:
        NoBrowser: When none is installed.
        RuntimeError: When the browser ends without having shown the film.
    """
    program = find_browser()
    stage = Stage(film, until)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, stage))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            words = [
                program,
                *FLAGS,
                # Chromium's sandbox refuses to run for root, as in a container.
                *(["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []),
                f"--user-data-dir={profile}",
                f"--window-size={size[0]},{size[1] + WORDS}",
                f"--screenshot={picture.resolve()}",
                f"http://127.0.0.1:{server.server_port}/",
            ]
            complaints = _run(words, until + STARTING)
    finally:
        stage.played.set()
        server.shutdown()
        server.server_close()
    if not stage.said or not picture.exists():
        raise RuntimeError(f"the browser did not show the film:\n{complaints}")
    return stage.said


def _run(words: list[str], patience: float) -> str:
    """Run a browser to its end, or end it with all its helpers; return its last words."""
    with subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as browser:
        try:
            _, complaints = browser.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(browser.pid, signal.SIGKILL)
            _, complaints = browser.communicate()
    return complaints[-2000:]


def main() -> int:
    """Play the film named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("film", type=Path)
    parser.add_argument("--until", type=float, default=6.0, help="the second to play to")
    parser.add_argument("--picture", type=Path, default=Path("shown.png"))
    parser.add_argument("--size", default="1280x720", help="the film's, as WIDTHxHEIGHT")
    asked = parser.parse_args()
    width, height = (int(side) for side in asked.size.split("x"))
    try:
        said = play(asked.film, asked.picture, until=asked.until, size=(width, height))
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 2
    except (OSError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(said, indent=2))
    return 1 if said["error"] else 0


if __name__ == "__main__":
    sys.exit(main())
