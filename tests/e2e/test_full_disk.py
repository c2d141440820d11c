"""A disk that takes no more: a plain word on it, no half file, and the next run goes on."""

from __future__ import annotations

import functools
import sys

import pytest
from stunts import TINY, call, files, film

resource = pytest.importorskip("resource")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")


def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize(
    ("provider", "size"),
    [
        pytest.param("stunt", 3_000, marks=pytest.mark.slow),
        ("stunt", 30_000),
        pytest.param("stunt", 70_000, marks=pytest.mark.slow),
        pytest.param("animatic", 30_000, marks=pytest.mark.slow),
    ],
)
def test_a_full_disk_is_told_and_leaves_no_half_film(yard, environ, provider, size):
    (yard / "film.yaml").write_text(film("A hill", "A tree"))
    words = ("render", "film.yaml", "--provider", provider, *TINY)
    full = call(yard, *words, env=environ, preexec_fn=functools.partial(limit, size))
    assert full.returncode in {2, 4, 5}, full.stderr
    assert full.stdout == ""
    assert "error: " in full.stderr
    assert "hint: " in full.stderr
    assert "Traceback" not in full.stderr
    assert not [name for name in files(yard) if name.startswith("out/") or "scratch/" in name]
    assert call(yard, *words, env=environ).returncode == 0
