"""The documentation site: built without a warning, whole without a network, and fit for a phone."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
import zlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]


def module(path: str):
    """A script's module; scripts find their neighbours beside them."""
    sys.path.insert(0, str((ROOT / path).parent))
    try:
        spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
        assert spec is not None
        assert spec.loader is not None
        made = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(made)
        return made
    finally:
        sys.path.remove(str((ROOT / path).parent))


@pytest.fixture(scope="module")
def building():
    pytest.importorskip("furo", reason="the site is built where the group `docs` is installed")
    return module("docs/build_site.py")


@pytest.fixture(scope="module")
def site(building, tmp_path_factory):
    """The site, built now, or just before by whoever says where it is."""
    if "BUILT_SITE" in os.environ:
        return Path(os.environ["BUILT_SITE"])
    folder = tmp_path_factory.mktemp("built") / "site"
    assert building.build(ROOT, folder) == []
    return folder


@pytest.fixture(scope="module")
def looking():
    looking = module("tools/look_at_site.py")
    try:
        with looking.a_browser() as browser:
            yield looking, browser
    except looking.NoBrowser as error:
        pytest.skip(str(error))


def test_every_document_is_a_page(site):
    documents = [ROOT / "README.md", ROOT / "ROADMAP.md", *(ROOT / "docs").rglob("*.md")]
    documents += (ROOT / "plugins").glob("*/README.md")
    lost = [d for d in documents if not (site / d.relative_to(ROOT)).with_suffix(".html").exists()]
    assert lost == []


def test_every_public_name_is_explained_once(site, building):
    subjects = module("docs/_subjects.py")
    head, _, packed = (site / "objects.inv").read_bytes().partition(b"compressed using zlib.\n")
    assert head
    explained = [line.split(" ")[0] for line in zlib.decompress(packed).decode().splitlines()]
    for each in subjects.SUBJECTS:
        for name in each.names:
            assert explained.count(f"{each.module}.{name}") == 1, name
    snapshot = json.loads((ROOT / "tests" / "api" / "api.json").read_text(encoding="utf-8"))
    for place in ("ministudio", "ministudio.adapters", "ministudio.plugin"):
        explained_here = {n for s in subjects.SUBJECTS for n in s.names}
        assert {*snapshot[place]} - explained_here - {"__version__"} == set(), place


def test_a_source_file_that_the_text_links_to_is_shown(site):
    text = (site / "docs" / "simulator.html").read_text(encoding="utf-8")
    assert 'href="reference/source/ministudio-core-src-ministudio-testing' in text
    shown = site / "docs" / "reference" / "source" / "examples-contextbytes_brand_story.py.html"
    assert "import" in shown.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("planted", "blamed"),
    [
        ("[lost](nowhere.md)", "nowhere.md"),
        ("[lost](#nowhere)", "nowhere"),
        ("[lost](other.md#nowhere)", "nowhere"),
        ('<a href="nowhere.html">lost</a>', "docs/index.html: nowhere.html leads nowhere"),
        ('<a href="other.html#nowhere">lost</a>', "there is no such place"),
        ('<script src="https://cdn.example/x.js"></script>', "loads https://cdn.example/x.js"),
        ("![lost](nowhere.png)", "nowhere.png"),
    ],
)
def test_a_link_that_leads_nowhere_fails_the_build(building, tmp_path, planted, blamed):
    """The real settings and checks, and two pages; without what is planted they are fine."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "conf.py").write_text(
        f"from runpy import run_path\n"
        f"globals().update(run_path({str(ROOT / 'docs' / 'conf.py')!r}))\n"
        f'extensions = ["myst_parser"]\nhtml_static_path = html_css_files = []\n'
    )
    (docs / "other.md").write_text("---\norphan: true\n---\n\n# Other\n\n[Front](index.md#front)\n")
    (docs / "index.md").write_text("# Front\n\n[Other](other.md#other)\n")
    assert building.build(tmp_path, tmp_path / "fine", docs) == []
    (docs / "index.md").write_text(f"# Front\n\n[Other](other.md#other)\n\n{planted}\n")
    wrong = building.build(tmp_path, tmp_path / "broken", docs)
    assert [line for line in wrong if blamed in line], wrong


def test_no_page_is_wider_than_a_phone_or_a_desk_and_no_picture_is_broken(site, looking):
    look, browser = looking
    assert list(look.look(browser, site)) == []


def test_what_is_too_wide_or_broken_would_be_seen(looking, tmp_path):
    look, browser = looking
    (tmp_path / "page.html").write_text(
        '<!doctype html><meta name="viewport" content="width=device-width">'
        '<div style="width: 600px">wide</div><img src="nowhere.png">'
    )
    wrong = "\n".join(look.look(browser, tmp_path))
    assert "page.html (phone): 2" in wrong  # 600 and a margin, less 390
    assert "px too wide: ['DIV.: wide']" in wrong
    assert "the picture nowhere.png is broken" in wrong


def test_a_search_answers_from_the_files_alone(site, looking):
    _, browser = looking
    browser.open(site / "search.html", "?q=animatic")
    # Answers come one after another, while the browser has time for them.
    found, patience = 0, time.monotonic() + 60
    while found < 4 and time.monotonic() < patience:
        found = browser.run("return document.querySelectorAll('#search-results li').length")
        time.sleep(0.1)
    assert found >= 4
