"""Build the documentation site into out/site: `python docs/build_site.py [FOLDER]`.

A warning of Sphinx's is an error, and so is a link in the built pages that leads nowhere, and
anything that a page would load from elsewhere. Links to other sites are not followed, for want of
a network: they are listed in external_links.txt, beside the site.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from _built import read_site

__all__ = ["build", "main"]

ROOT = Path(__file__).resolve().parents[1]


def build(source: Path, into: Path, conf: Path = ROOT / "docs") -> list[str]:
    """Build a site and return what is wrong with it."""
    # All is read anew: of a page that has not changed, Sphinx does not repeat its warnings.
    words = ["-q", "-E", "-W", "--keep-going", "-n", "-j", "2", "-b", "html"]
    words += ["-c", str(conf), "-d", str(into.with_name(f"{into.name}-read"))]
    if (into / ".buildinfo").exists():
        shutil.rmtree(into)  # so that no page stays whose document is gone
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *words, str(source), str(into)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        return [line for line in done.stdout.splitlines() if line.strip()]
    site = read_site(into)
    listed = into.with_name("external_links.txt")
    listed.write_text("".join(f"{link}\n" for link in sorted(site.elsewhere)), encoding="utf-8")
    return site.wrong


def main() -> int:
    """Build, and say what is wrong."""
    into = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "out" / "site"
    into.parent.mkdir(parents=True, exist_ok=True)
    wrong = build(ROOT, into)
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    if not wrong:
        print(f"The site: {into / 'index.html'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
