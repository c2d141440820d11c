"""Every example in the documents runs.

How a page says what to do with a fenced block, in an HTML comment on the line before it:

- ``<!-- file: NAME -->`` writes the block to NAME; the page's later blocks can use it.
- ``<!-- installed: pyproject.toml -->`` writes it and installs what it describes, as
  ``pip install -e .`` would, for the page's later blocks.
- ``<!-- installs: . -->``: the block installs the project that lies in the page's folder, editable;
  here its metadata is laid beside it instead, and its sources are found.
- ``<!-- shown: NAME -->``: the block stands in the file NAME, which is there already.
- ``<!-- changed: NAME -->``: the block, a diff, changes the file NAME.
- ``<!-- fails with N -->``: the commands of a console block exit with N.
- ``<!-- with stand-ins: vertex, hf -->``: plugins with these ids are installed that ask no
  service, instead of the real ones.
- ``<!-- not run: WHY -->`` leaves the block alone.
- ``<!-- recipe: FILE -->``: a change to the core's sources, which tests/compat makes for real.

``bash`` blocks are run line by line. In ``console`` blocks a line that begins with ``$`` is run,
and each line after it must occur in what it prints. ``python`` blocks are run as programs.
``toml`` and ``yaml`` blocks without a name must parse. A page's blocks share one empty folder. A
process that a page leaves running when it fails is ended by its number in a file ``*.pid``.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import standins
import yaml

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(
    r"(?:^<!-- (?P<say>[^\n]*?) -->\n+)?^```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
RUN = {"bash", "console", "python"}
PARSED = {"toml", "yaml"}
QUIET = {"text", "ini"}
ELSEWHERE = ("not run", "recipe")
"""What the comment before a block begins with that is tried elsewhere, or says why it is not."""

FENCE = re.compile(r"^ *(?:`{3,}|~{3,})(.*)$")
SITE = ".site"
"""Where a page's folder has the metadata of the project in it."""

OWN = ("MINISTUDIO_", "XDG_CONFIG_HOME", "HF_TOKEN", "HF_API_TOKEN", "HUGGING_FACE_HUB_TOKEN")
"""Variables of whoever runs the tests that are nothing to the pages."""


class Block(NamedTuple):
    page: Path
    line: int
    say: str
    language: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            page,
            text.count("\n", 0, m.start("language")) + 1,
            m["say"] or "",
            m["language"],
            m["text"],
        )
        for m in BLOCK.finditer(text)
    ]


PAGES = [
    page
    for page in [
        *sorted(ROOT.glob("*.md")),
        *sorted((ROOT / "docs").rglob("*.md")),
        *sorted(ROOT.glob("ministudio-core/*.md")),
        *sorted(ROOT.glob("ministudio-core/src/ministudio/*/*.md")),
        *sorted(ROOT.glob("plugins/*/*.md")),
        *sorted((ROOT / "examples").glob("*.md")),
    ]
    if blocks(page)
]


def run(command: str, folder: Path, expected: int, block: Block) -> str:
    scripts = Path(sys.executable).parent
    environ = {k: v for k, v in os.environ.items() if not k.startswith(OWN)}
    environ |= {
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "MINISTUDIO_RESOLUTION": "360p",  # what is shown is the same, in an eighth of the time
    }
    if list(folder.glob("*.dist-info")):
        environ["PYTHONPATH"] = str(folder)
    if (folder / SITE).exists():
        environ["PYTHONPATH"] = os.pathsep.join([str(folder / SITE), str(folder / "src")])
    if block.say.startswith("with stand-ins: "):
        environ["PYTHONPATH"] = stood_in(folder, block.say.removeprefix("with stand-ins: "))
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == expected, f"{block.place}: {command}: exit {done.returncode}\n{said}"
    assert "Traceback" not in said, f"{block.place}: {command}\n{said}"
    return said


def stood_in(folder: Path, ids: str) -> str:
    """The path on which stand-ins for these plugins are found before the real ones."""
    site = folder / f".stand-ins {ids}"
    if not site.exists():
        standins.install(site, *ids.split(", "))
    return os.pathsep.join([str(site), str(Path(standins.__file__).parent)])


def install(project: dict[str, Any], folder: Path) -> None:
    """Let a folder's modules be a distribution that is found from within the folder."""
    info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    said = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(said, encoding="utf-8")
    origin = {"url": folder.as_uri(), "dir_info": {"editable": True}}
    (info / "direct_url.json").write_text(json.dumps(origin), encoding="utf-8")
    lines = [
        line
        for group, points in project["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {value}" for name, value in points.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def install_project(block: Block, folder: Path, where: str) -> None:
    """Build the project in the page's folder, and unpack what its wheel says of it."""
    assert where == ".", f"{block.place}: a project lies in the page's own folder"
    build = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
    command = [sys.executable, "-c", build, str(folder / SITE)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(folder / SITE / done.stdout.split()[-1]) as wheel:
        said = [name for name in wheel.namelist() if ".dist-info/" in name]
        wheel.extractall(folder / SITE, said)


def change(block: Block, folder: Path, name: str) -> None:
    """Take a block's lines with '-' out of a file, and put those with '+' in their place."""
    file = folder / name
    lines = [(line[:1], line[1:]) for line in block.text.splitlines(keepends=True)]
    old = "".join(line for mark, line in lines if mark != "+")
    new = "".join(line for mark, line in lines if mark != "-")
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{block.place}: {file.name} has not one place with:\n{old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def run_console(block: Block, folder: Path, expected: int) -> None:
    said = ""
    for line in block.text.splitlines():
        if line.startswith("$ "):
            said = run(line.removeprefix("$ "), folder, expected, block)
        elif line.strip():
            assert line.strip() in said, f"{block.place}: {line!r} is not in:\n{said}"


def write(block: Block, folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(block.text, encoding="utf-8")


def write_and_install(block: Block, folder: Path, name: str) -> None:
    write(block, folder, name)
    install(tomllib.loads(block.text)["project"], folder)


def compare(block: Block, folder: Path, name: str) -> None:
    shown = (folder / name).read_text(encoding="utf-8")
    assert block.text in shown, f"{block.place}: that is not what stands there"


SAID = {
    "file": write,
    "installed": write_and_install,
    "installs": install_project,
    "shown": compare,
    "changed": change,
}
"""What is done with a block instead of running it, by what the comment before it begins with."""


def run_block(block: Block, folder: Path) -> None:
    said, _, what = block.say.partition(": ")
    expected = int(block.say.split()[-1]) if block.say.startswith("fails with ") else 0
    if said in SAID:
        SAID[said](block, folder, what)
    elif block.language == "bash":
        for command in block.text.splitlines():
            run(command, folder, expected, block)
    elif block.language == "console":
        run_console(block, folder, expected)
    elif block.language == "python":
        program = folder / f"line_{block.line}.py"
        program.write_text(block.text, encoding="utf-8")
        run(shlex.join([sys.executable, program.name]), folder, expected, block)
    elif block.language == "yaml":
        yaml.safe_load(block.text)
    elif block.language == "toml":
        tomllib.loads(block.text)
    else:
        assert block.language in QUIET, f"{block.place}: nobody runs {block.language!r}"


LONG = {"configuration_and_secrets.md", "durability.md", "guide.md", "secrets.md", "tutorial.md"}
"""Pages whose examples render film after film, or start one program after another."""


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            page,
            id=str(page.relative_to(ROOT)),
            marks=[pytest.mark.slow] if page.name in LONG else [],
        )
        for page in PAGES
    ],
)
def test_the_examples_of_a_page_run(page, tmp_path):
    try:
        for block in blocks(page):
            if block.say.partition(": ")[0] not in ELSEWHERE:
                run_block(block, tmp_path)
    finally:
        for left in tmp_path.glob("*.pid"):
            os.kill(int(left.read_text()), signal.SIGTERM)


def test_an_example_that_is_not_run_says_why():
    left_out = [b for page in PAGES for b in blocks(page) if b.say.startswith("not run")]
    assert left_out, "the pattern no longer finds the blocks that are left out"
    for block in left_out:
        assert len(block.say.removeprefix("not run: ").split()) >= 5, block.place


def fences(page: Path) -> list[tuple[int, str]]:
    """The line and the language of every block, however it is written."""
    lines = page.read_text(encoding="utf-8").splitlines()
    marks = [(n, m[1]) for n, line in enumerate(lines, 1) if (m := FENCE.match(line))]
    return marks[::2]


def test_every_block_of_every_page_is_run_or_says_why_not():
    # The scaffold's files are filled in first; its own tests try what comes of them.
    no_pages = {"out", "dist", "scaffold"}
    pages = [
        page
        for page in ROOT.rglob("*.md")
        if not any(p.startswith(".") or p in no_pages for p in page.relative_to(ROOT).parts)
    ]
    assert ROOT / "README.md" in pages
    for page in pages:
        seen = {block.line: block for block in blocks(page)} if page in PAGES else {}
        for line, language in fences(page):
            place = f"{page.relative_to(ROOT)}:{line}"
            block = seen.get(line)
            if block is None and language in QUIET:
                continue  # within a list
            assert block is not None, f"{place}: nobody runs this block"
            assert block.language == language, place
            said = block.say.partition(": ")[0]
            assert language in RUN | PARSED | QUIET or said in {*SAID, *ELSEWHERE}, place


def test_what_is_said_of_a_block_is_understood():
    for page in PAGES:
        for block in blocks(page):
            said = block.say.partition(": ")[0]
            known = said in {*SAID, *ELSEWHERE, "with stand-ins", "end of table"}
            assert not said or known or said.startswith("fails with "), f"{block.place}: {said}"
