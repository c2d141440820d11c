"""What the site does beyond Sphinx: the sidebar, the reference, sources as pages, links by name."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _reference import described_fields, home_of, index_page, write_pages
from _sidebar import FRONT, toctrees
from docutils import nodes
from sphinx.addnodes import desc, pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

REFERENCE = "docs/reference"
SHOWN = {".py": "python", ".toml": "toml", ".yaml": "yaml", "": "text"}
"""Files that the text may link to, by their ending: a page of the site shows each."""
LINK = re.compile(r"(?<=\]\()(?![a-z]+:)[^)\s#]+(?=\))")
HOMES = home_of()
NAME = re.compile(r"(?:\w+\.)*(?:[A-Z]\w*[a-z]\w*|\w+_\w+)")
"""What is recognised as a name of ours, where it stands as code: no mere word like `run`."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Hook everything in."""
    app.add_post_transform(NamesLeadHome)
    app.connect("builder-inited", write_reference)
    app.connect("source-read", complete)
    app.connect("autodoc-process-docstring", explain, priority=100)
    app.connect("autodoc-process-signature", shorten)
    app.connect("missing-reference", at_home)
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_reference(app: Sphinx) -> None:
    """Make the pages that no file of the repository holds."""
    root = Path(app.srcdir)
    write_pages(root / REFERENCE)
    folder = root / REFERENCE / "source"
    folder.mkdir(exist_ok=True)
    app.project.discover(app.config.exclude_patterns, app.config.include_patterns)
    pages = [Path(app.project.doc2path(name, absolute=True)) for name in app.project.docnames]
    wanted = {
        file: text
        for page in pages
        if page.suffix == ".md"
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        for file, text in _source(root, page.parent, target)
    }
    for old in {*folder.glob("*.rst")} - wanted.keys():
        old.unlink()
    for file, text in wanted.items():
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")


def _source(root: Path, folder: Path, target: str) -> Iterator[tuple[Path, str]]:
    """Yield the page that shows a file which is linked to, where it is one to be shown."""
    file = Path(os.path.normpath(folder / target))
    if file.suffix not in SHOWN or not file.is_file() or not file.is_relative_to(root):
        return
    path = file.relative_to(root).as_posix()
    title = f"{file.parent.name}/{file.name}" if file.parent != root else path
    head = f":orphan:\n\n{title}\n{'=' * len(title)}\n\nThis is ``{path}``.\n\n"
    shown = f".. literalinclude:: /{path}\n   :language: {SHOWN[file.suffix]}\n"
    yield root / REFERENCE / "source" / f"{path.replace('/', '-')}.rst", head + shown


def complete(app: Sphinx, page: str, source: list[str]) -> None:
    """Give a page what it has on the site alone."""
    root, path = Path(app.srcdir), Path(app.project.doc2path(page, absolute=True))
    if page == "docs/api":
        source[0] = index_page()

    def leads(found: re.Match[str]) -> str:
        for shown, _ in _source(root, path.parent, found[0]):
            return os.path.relpath(shown, path.parent)
        return found[0]

    if path.suffix == ".md":
        source[0] = LINK.sub(leads, source[0]) + toctrees(page)


def explain(
    app: Sphinx, what: str, name: str, value: object, options: object, lines: list[str]
) -> None:
    """Let a story's class explain its fields, each by what it says of itself."""
    lines += described_fields(value)


def shorten(
    app: Sphinx, what: str, name: str, value: object, options: object, says: str, gives: str
) -> tuple[str, str] | None:
    """Show that a field has a default which attrs makes anew each time, without attrs' word."""
    return (says.replace("NOTHING", "..."), gives) if says and "NOTHING" in says else None


def at_home(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, text: nodes.TextElement
) -> nodes.reference | None:
    """Lead a name that is used in an annotation, or from another module, to where it stands."""
    target = node["reftarget"]
    home = HOMES.get(target) or HOMES.get(target.rpartition(".")[2])
    if home is None or node["refdomain"] != "py":
        return None
    python = env.domains.python_domain
    page = node.get("refdoc", env.docname)
    return python.resolve_xref(env, page, app.builder, "obj", home, node, text)


class NamesLeadHome(SphinxPostTransform):
    """A public name that stands as code in the text leads to its explanation."""

    default_priority = 5

    def run(self, **_: Any) -> None:
        """Wrap them in references."""
        everything = self.env.docname == "docs/api"
        for code in list(self.document.findall(nodes.literal)):
            name = code.astext()
            if name not in HOMES or not (everything or NAME.fullmatch(name)):
                continue
            if _within(code, nodes.title, nodes.reference, pending_xref, desc):
                continue
            home = HOMES[name]
            wrapped = pending_xref(
                "", refdomain="py", reftype="obj", reftarget=home, refdoc=self.env.docname
            )
            code.replace_self(wrapped)
            wrapped += code


def _within(node: nodes.Node, *kinds: type[nodes.Node]) -> bool:
    while (node := node.parent) is not None:
        if isinstance(node, kinds):
            return True
    return False


def finish(app: Sphinx, error: Exception | None) -> None:
    """Let the site's root lead to its front page."""
    if error is None and app.builder.format == "html":
        page = f"{FRONT}.html"
        (Path(app.outdir) / "index.html").write_text(
            f'<!doctype html><meta charset="utf-8"><title>{app.config.html_title}</title>'
            f'<meta http-equiv="refresh" content="0; url={page}">'
            f'<a href="{page}">{app.config.html_title}</a>\n',
            encoding="utf-8",
        )
