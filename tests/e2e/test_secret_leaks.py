"""A key in ``.env`` reaches its provider, and whatever that does with it, nobody else sees it."""

from __future__ import annotations

import pytest
from stunts import TINY, call, film

KEY = "sk-stunt-0123456789/abc+def"


@pytest.mark.parametrize("provider", ["stunt-key", "stunt-worker-key"])
@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("tell", 4),
        pytest.param("cry", 4, marks=pytest.mark.slow),
        pytest.param("shout", 0, marks=pytest.mark.slow),
        ("boast", 0),
    ],
)
def test_a_key_gets_out_nowhere(yard, environ, provider, does, code):
    (yard / ".env").write_text(f"STUNT_API_KEY={KEY}\n")
    (yard / ".env").chmod(0o600)
    (yard / "film.yaml").write_text(film(f"do: {does}"))
    words = ("render", "film.yaml", "--provider", provider, *TINY)
    # With all there is to be told; and once more, because what was kept is read again.
    for more in ("--debug", "--debug")[: 2 if does == "boast" else 1]:
        done = call(yard, *words, more, env=environ)
        assert done.returncode == code, done.stderr
        assert KEY not in done.stdout + done.stderr
        if does == "tell":
            assert "the key [secret:STUNT_API_KEY] is not known" in done.stderr
        if code == 0:
            assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
                "out/film.mp4",
                "out/film.json",
            ]
    holders = [path.name for path in yard.rglob("*") if path.is_file() and holds_key(path)]
    assert holders == [".env"]


def holds_key(path):
    return KEY.encode() in path.read_bytes()
