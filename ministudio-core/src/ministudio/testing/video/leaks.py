"""Looking for a key where it must not be, in every form that a program may give it."""

from __future__ import annotations

import base64
import json
import traceback
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from ministudio.plugin import PluginContext, Secret

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["forms_of", "leak_in", "leak_in_error", "leak_in_files", "secrets_of"]

_CODED_BY: int = 3


def secrets_of(context: PluginContext) -> dict[str, str]:
    """Return the secret values in a context, by their settings' names."""
    said = context.settings.items()
    return {name: value.reveal() for name, value in said if isinstance(value, Secret) and value}


def forms_of(secret: str) -> dict[str, str]:
    """Return how a secret may look in a text, by a word for each form."""
    found = {
        "in full": secret,
        "quoted for an address": quote(secret, safe=""),
        "quoted for a form": quote_plus(secret),
        "as JSON": json.dumps(secret)[1:-1],
        "as Python writes it": repr(secret)[1:-1],
    }
    data = secret.encode()
    for before in range(_CODED_BY):
        # Three bytes become four letters: what stands before decides how the letters fall.
        whole = base64.b64encode(bytes(before) + data).decode()
        inner = whole[before and before + 1 : (len(data) + before) * 4 // _CODED_BY - 1]
        found[f"in Base64 ({before})"] = inner
        found[f"in Base64 for addresses ({before})"] = inner.translate({43: "-", 47: "_"})
    return found


def leak_in(text: str, context: PluginContext) -> str | None:
    """Return which secret stands in a text and how, or None."""
    for name, secret in secrets_of(context).items():
        for how, form in forms_of(secret).items():
            if form and form in text:
                return f"{name} {how.partition(' (')[0]}"
    return None


def leak_in_error(error: BaseException, context: PluginContext) -> str | None:
    """Return where in an error, or in what caused it, a secret stands, or None."""
    for one in _with_causes(error):
        what = type(one).__name__
        places = {
            f"the message of {what}": str(one),
            f"repr() of {what}": repr(one),
            f"the arguments of {what}": repr(one.args),
            f"the hint of {what}": str(getattr(one, "hint", "")),
            f"the attributes of {what}": repr(vars(one)),
        }
        for place, text in places.items():
            if found := leak_in(text, context):
                return f"{found} stands in {place}"
    if found := leak_in("".join(traceback.format_exception(error)), context):
        return f"{found} stands in its traceback"
    return None


def leak_in_files(folder: Path, context: PluginContext) -> str | None:
    """Return which file below a folder holds a secret, in its name or its bytes, or None."""
    for path in sorted(folder.rglob("*")):
        text = path.read_bytes().decode("latin-1") if path.is_file() else ""
        if found := leak_in(f"{path}\n{text}", context):
            return f"{found} stands in the file {path.name}"
    return None


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    waiting, seen = [error], set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [cause for cause in (one.__cause__, one.__context__) if cause is not None]
        waiting += getattr(one, "exceptions", ())
