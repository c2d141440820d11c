"""Options in ``ministudio.toml``: they reach the pictures, and a changed one draws anew."""

from __future__ import annotations

import av
import pytest
import stunts

FILM = stunts.film("Somebody looks up.", head="title: Marks")
SLATE = "[provider.animatic]\noptions.slate = true\n"


def render(yard, environ, name):
    words = ("render", "film.yaml", "-o", name, "--provider", "animatic", *stunts.TINY)
    return stunts.call(yard, *words, env=environ)


def first_frame(path):
    with av.open(str(path)) as film:
        return next(film.decode(video=0)).to_image()


@pytest.fixture
def written(yard):
    (yard / "film.yaml").write_text(FILM)
    return yard


def test_a_slate_switched_on_is_drawn_and_switched_off_is_found_as_it_was(written, environ):
    pictures = []
    for name, settings in (("a.mp4", ""), ("b.mp4", SLATE), ("c.mp4", "")):
        (written / "ministudio.toml").write_text(settings)
        done = render(written, environ, name)
        assert done.returncode == 0, done.stderr
        pictures.append(first_frame(written / name))
    assert pictures[0] == pictures[2]
    assert pictures[0] != pictures[1]


def test_an_option_misspelt_is_answered_with_the_right_one(written, environ):
    (written / "ministudio.toml").write_text("[provider.animatic]\noptions.slat = true\n")
    done = render(written, environ, "a.mp4")
    assert done.returncode != 0
    assert "no option 'slat'" in done.stderr
    assert "did you mean 'slate'?" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (written / "a.mp4").exists()
