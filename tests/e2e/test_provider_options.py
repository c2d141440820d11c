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


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("slat = true", "no option 'slat'\nhint: did you mean 'slate'?"),
        ('slate = "yes"', "'slate' is true or false, not 'yes'"),
    ],
)
@pytest.mark.parametrize("command", ["plan", "render"])
def test_an_option_that_is_not_right_is_named_before_any_work(
    written, environ, command, option, said
):
    (written / "ministudio.toml").write_text(f"[provider.animatic]\noptions.{option}\n")
    done = stunts.call(written, command, "film.yaml", "--provider", "animatic", env=environ)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert stunts.files(written) == ["film.yaml", "ministudio.toml"]


def test_options_of_a_provider_that_does_not_look_at_them_are_left_alone(written, environ):
    (written / "ministudio.toml").write_text("[provider.stunt]\noptions.anything = 3\n")
    done = stunts.call(written, "plan", "film.yaml", "--provider", "stunt", env=environ)
    assert done.returncode == 0, done.stderr
