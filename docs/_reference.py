"""The site's pages about public names: what docs/api.md says in one page, by subject and linked.

They are made for Sphinx's autodoc when the site is built, in docs/reference/, which git ignores.
"""

from __future__ import annotations

import inspect
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING

import attrs
from _subjects import MODULES, SUBJECTS, Subject, is_error, said_of, subjects_of

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

__all__ = ["PAGES", "described_fields", "home_of", "index_page", "write_pages"]

PAGES = [subject.slug for subject in SUBJECTS]
OURS = [getattr(import_module(s.module), name) for s in SUBJECTS for name in s.names]


def write_pages(folder: Path) -> None:
    """Write the page of every subject, and take away those of subjects that are gone."""
    folder.mkdir(exist_ok=True)
    pages = {
        f"{subject.slug}.rst": _page(subject)
        for module in MODULES
        for subject in subjects_of(module.__name__)
    }
    for old in {file.name for file in folder.glob("*.rst")} - pages.keys():
        (folder / old).unlink()
    for name, text in pages.items():
        file = folder / name
        # A page that is as it was is not read again.
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")


def index_page() -> str:
    """Return the page that leads to them, in Markdown."""
    lines = [
        "# The Python interface\n",
        "Every public name, explained from its docstring; {ref}`genindex` has them by letter.\n",
    ]
    for module in MODULES:
        lines += [f"## `{module.__name__}`\n"]
        for subject in subjects_of(module.__name__):
            names = ", ".join(f"`{name}`" for name in subject.names)
            lines += [f"### [{subject.title}](reference/{subject.slug}.rst)\n", f"{names}\n"]
        if module.__name__ == "ministudio.plugin":
            shared = sorted({*module.__all__} & {*MODULES[0].__all__})
            also = ", ".join(f"`{name}`" for name in shared)
            lines += [f"### Shared with films\n\nAlso found here: {also}.\n"]
    return "\n".join(lines)


def home_of() -> dict[str, str]:
    """Say of every name, and of where it is defined, under which full name it is explained."""
    homes: dict[str, str] = {}
    for subject in SUBJECTS:
        for name in subject.names:
            full = f"{subject.module}.{name}"
            value = getattr(import_module(subject.module), name)
            defined = f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', name)}"
            homes[defined] = full
            homes.setdefault(name, full)
    for module in MODULES:
        homes |= {f"{module.__name__}.{n}": homes[n] for n in module.__all__ if n in homes}
    return homes | {
        f"{s.module}.{name}": f"{s.module}.{name}" for s in SUBJECTS for name in s.names
    }


def described_fields(value: object) -> list[str]:
    """Return, as lines of a docstring, what the fields of a story's class say of themselves."""
    if not (isinstance(value, type) and attrs.has(value)):
        return []
    fields = [f for f in attrs.fields(value) if "help" in f.metadata]
    return ["", "Args:", *(f"    {f.name}: {f.metadata['help']}" for f in fields)] if fields else []


def _page(subject: Subject) -> str:
    module = import_module(subject.module)
    lines = [subject.title, "=" * len(subject.title), ""]
    lines += [f"From ``{subject.module}``.", "", f".. currentmodule:: {subject.module}", ""]
    for name in subject.names:
        lines += [*_directive(module, name), ""]
    return "\n".join(lines)


def _directive(module: ModuleType, name: str) -> list[str]:
    value = getattr(module, name)
    if is_error(value):
        return [f".. autoexception:: {name}", "   :show-inheritance:"]
    if isinstance(value, type) and issubclass(value, Enum):
        return [f".. autoclass:: {name}", "   :members:", "   :undoc-members:"]
    if isinstance(value, type) and name.endswith(("Conformance", "Behaviour")):
        return [f".. autoclass:: {name}"]  # docs/authors/testing.md has their tests
    if isinstance(value, type):
        bases = ["   :show-inheritance:"] if value.__base__ in OURS else []
        return [f".. autoclass:: {name}", "   :members:", *bases]
    if inspect.isroutine(value):
        return [f".. autofunction:: {name}"]
    return [f".. py:data:: {name}", "", f"   {said_of(module, name)}"]
