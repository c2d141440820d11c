"""The documents are in step with the code, and their links lead somewhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page
    for page in ROOT.rglob("*.md")
    if not any(
        part.startswith(".") or part in {"out", "dist"} for part in page.relative_to(ROOT).parts
    )
)
REFERENCE = [
    *("production.md", "settings.md", "cli.md", "api.md", "durability.md"),
    *("authors/hooks.md", "authors/checks.md", "authors/errors.md"),
    "../README.md",
]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def generated() -> dict[str, str]:
    """The pages, made by a process of its own: click remembers how a command was called before."""
    script = "import generate, json; print(json.dumps(generate.pages()))"
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT / "docs",
        check=True,
        capture_output=True,
        text=True,
    )
    pages: dict[str, str] = json.loads(said.stdout)
    return pages


def anchors(page: Path) -> set[str]:
    headings = HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.fixture(scope="module")
def reference() -> dict[str, str]:
    return generated()


@pytest.mark.parametrize("name", REFERENCE)
def test_a_reference_page_says_what_the_code_says(reference, name):
    on_disk = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert on_disk == reference[name], "run `python docs/generate.py`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    lost = []
    for target in LINK.findall(text):
        if target.startswith(("https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            lost.append(target)
    assert lost == []


def test_every_hook_and_each_of_its_arguments_is_documented(reference):
    import inspect

    from ministudio.contracts.hooks import MiniStudioHooks

    for name, hook in vars(MiniStudioHooks).items():
        if not name.startswith("ministudio_"):
            continue
        section = reference["authors/hooks.md"].partition(f"## `{name}(")[2].partition("\n## ")[0]
        assert section, f"{name} is missing"
        for argument in set(inspect.signature(hook).parameters) - {"self"}:
            assert f"- `{argument}`: " in section, f"{name} does not explain {argument}"


def test_every_public_name_and_each_of_its_parts_stands_on_the_page(reference):
    snapshot = json.loads((ROOT / "tests" / "api" / "api.json").read_text(encoding="utf-8"))
    page = reference["api.md"]
    for module in ("ministudio", "ministudio.adapters"):
        section = page.partition(f"## `{module}`\n")[2].partition("\n## ")[0]
        for name, parts in snapshot[module].items():
            assert f"`{name}`" in section, f"{module}.{name}"
            told = section.partition(f"#### `{name}`\n")[2].partition("\n#### ")[0]
            if not told or isinstance(parts, str):
                continue
            members = (parts.get("members") or {}).values()
            fields = () if "made by" in parts else parts.get("fields") or ()
            for part in (*fields, *members):
                assert f"`{part}`" in told, f"{module}.{name}: {part}"
            inherits = "It has all that `ProviderAdapter` has." in told
            for method in () if inherits or "fields" in parts else parts.get("methods") or ():
                assert f"##### `{name}.{method}`" in told, f"{module}.{name}: {method}"
    plugin = page.partition("## `ministudio.plugin`\n")[2]
    assert [n for n in snapshot["ministudio.plugin"] if f"| `{n}` | " not in plugin] == []


def test_every_document_is_reached_from_the_readme():
    seen: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        seen.add(page)
        for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
            file = (page.parent / target.partition("#")[0]).resolve()
            if file.suffix == ".md" and file.exists() and file not in seen:
                ahead.append(file)
    assert {page for page in PAGES if ROOT / "docs" in page.parents} <= seen


def test_every_error_that_a_provider_may_raise_stands_in_the_book_with_what_it_says_of_the_job():
    import ministudio.plugin as kit

    page = (ROOT / "docs" / "authors" / "errors.md").read_text(encoding="utf-8")
    rows = {name: line for line in page.splitlines() for name in re.findall(r"^\| `(\w+)", line)}
    for name in kit.__all__:
        error = getattr(kit, name)
        if isinstance(error, type) and issubclass(error, kit.ProviderError):
            if name in {"JobPending", "JobUnknown"}:
                assert f"`{name}`" in page
            else:
                assert f"| `{error.default_accepted.name}` |" in rows[name]


def test_the_book_for_authors_lists_a_dialects_words_as_the_code_has_them():
    from ministudio.prose.dialect import PRIORITIES, Topic

    page = (ROOT / "docs" / "authors" / "dialects.md").read_text(encoding="utf-8")
    kinds = page.partition("<!-- kinds -->")[2].partition("<!-- end -->")[0]
    assert kinds == ", ".join(f"`{kind}` {value}" for kind, value in PRIORITIES.items())
    assert ", ".join(f"`{topic}`" for topic in Topic) in page
