"""Nothing on a sheet overlaps and nothing leaves its page, whatever the film is."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ministudio.errors import ConfigError
from ministudio.film.sheet.cutting import make_grid
from ministudio.film.sheet.facts import FilmFacts, ShotFacts, Spoken
from ministudio.film.sheet.grid import Box, Paper
from ministudio.film.sheet.setting import Frame, Rule, Text, longest, set_pages
from ministudio.film.sheet.words import sheet_words
from ministudio.values.frames import Size

WIDE = Size(1280, 720)
CAMERA = {"size": "extreme_close_up", "angle": "over_the_shoulder", "move": "orbit_left",
          "pace": "slow"}  # fmt: skip


def measure(text: str, hand: str, size: int) -> float:
    """A ruler that needs no font: every letter is half as wide as it is high."""
    return len(text) * size * 0.5


def shot(number: int, **changes) -> ShotFacts:
    facts = {
        "number": number,
        "id": f"shot-{number}",
        "scene_number": 1,
        "scene": "The cab",
        "start": number - 1.0,
        "seconds": 1.0,
        "action": "Ada turns back to the rails.",
        "camera": CAMERA,
        "provider": "animatic",
        "model": "animatic",
    }
    return ShotFacts(**{**facts, **changes})


def film(shots: list[ShotFacts], **changes) -> FilmFacts:
    facts = {
        "title": "The Last Tram",
        "seconds": float(len(shots)),
        "fps": 24.0,
        "sha256": "",
        "made": dt.date(2026, 2, 3),
        "shots": shots,
    }
    return FilmFacts(**{**facts, **changes})


def pages_of(facts, *, size=WIDE, paper=None, columns=None, notes=()):
    words = sheet_words(facts, file="film.mp4", size=size)
    grid = make_grid(
        len(facts.shots),
        size.width / size.height,
        longest(words, measure),
        paper=paper,
        columns=columns,
    )
    return grid, list(set_pages(words, grid, measure, notes))


def apart(one: Box, other: Box) -> bool:
    return (
        one.right <= other.x
        or other.right <= one.x
        or one.bottom <= other.y
        or other.bottom <= one.y
    )


PHRASES = st.text("abc dé Ж—", max_size=40) | st.text("word ", min_size=200, max_size=900)
SHOTS = st.builds(
    shot,
    st.integers(1, 999),
    id=st.text("abc-", min_size=1, max_size=60),
    scene_number=st.integers(1, 3),
    scene=PHRASES,
    start=st.floats(0, 1e5),
    seconds=st.floats(0, 600),
    action=PHRASES,
    spoken=st.lists(st.builds(Spoken, st.sampled_from(["", "Ada"]), PHRASES), max_size=3),
    provider=st.sampled_from(["animatic", "a-provider-with-quite-a-long-name"]),
    instead_of=st.sampled_from(["", "vertex/veo"]),
    adapted=st.lists(st.just("seconds 7 → 5"), max_size=9),
)
SIZES = st.sampled_from(
    [WIDE, Size(720, 1280), Size(720, 720), Size(960, 720), Size(1680, 720)]
) | st.builds(Size, st.integers(16, 4000), st.integers(16, 4000))


LOOKS = st.fixed_dictionaries(
    {
        "size": SIZES,
        "paper": st.sampled_from([None, *Paper]),
        "columns": st.none() | st.integers(1, 12),
        "notes": st.lists(PHRASES, max_size=2),
    }
)


@pytest.mark.slow
@given(shots=st.lists(SHOTS, min_size=1, max_size=20), title=PHRASES, look=LOOKS)
@settings(max_examples=150, deadline=None)
def test_nothing_overlaps_and_nothing_leaves_the_page(shots, title, look):
    try:
        grid, pages = pages_of(film(shots, title=title), **look)
    except ConfigError:
        assume(look["columns"] is None)
        raise
    frames = []
    for page in pages:
        solid = [item for item in page.items if not isinstance(item, Rule)]
        for item in page.items:
            assert item.box.x >= grid.margin
            assert item.box.y >= grid.margin
            assert item.box.right <= page.size.width - grid.margin
            assert item.box.bottom <= page.size.height - grid.margin
        for one, other in itertools.combinations(solid, 2):
            assert apart(one.box, other.box), (one, other)
        frames += [item.shot for item in solid if isinstance(item, Frame)]
    assert frames == list(range(len(shots)))
    assert len(pages) == grid.pages


@given(size=SIZES, shots=st.integers(1, 60), paper=st.sampled_from([None, *Paper]))
@settings(max_examples=100, deadline=None)
def test_every_frame_keeps_the_shape_of_the_film(size, shots, paper):
    grid = make_grid(shots, size.width / size.height, lambda *_: 4, paper=paper)
    frame = grid.cell.frame
    off_by_rounding = 1 + size.width / size.height + size.height / size.width
    assert abs(frame.width - frame.height * size.width / size.height) <= 2 * off_by_rounding
    assert grid.pages * grid.on_a_page >= shots > (grid.pages - 1) * grid.on_a_page


@pytest.mark.parametrize("size", [WIDE, Size(720, 1280), Size(720, 720)])
@pytest.mark.parametrize("paper", [None, Paper.A4])
@pytest.mark.parametrize("shots", [1, 2, 6])
def test_a_few_shots_fill_one_page_without_a_gap(shots, size, paper):
    grid, _ = pages_of(film([shot(n + 1) for n in range(shots)]), size=size, paper=paper)
    assert (grid.pages, grid.on_a_page) == (1, shots)


@pytest.mark.parametrize("ratio", [16 / 9, 9 / 16, 1, 4 / 3, 21 / 9])
def test_two_hundred_shots_of_every_format_fit_one_picture(ratio):
    assert make_grid(200, ratio, lambda *_: 9).pages == 1


def test_a_thousand_shots_are_sent_to_paper():
    with pytest.raises(ConfigError, match="too many for one picture") as caught:
        make_grid(1000, 16 / 9, lambda *_: 5)
    assert caught.value.hint == "write pages instead: -o NAME.pdf"
    assert make_grid(1000, 16 / 9, lambda *_: 5, paper=Paper.A4).pages > 50


def test_columns_that_leave_no_room_for_words_are_refused_with_the_most_that_fit():
    with pytest.raises(ConfigError, match="12 columns leave no room") as caught:
        make_grid(12, 16 / 9, lambda *_: 5, paper=Paper.A4, columns=12)
    most = int(caught.value.hint.split()[2])
    assert make_grid(12, 16 / 9, lambda *_: 5, paper=Paper.A4, columns=most).columns == most


def texts(page):
    return [item.words for item in page.items if isinstance(item, Text)]


def test_a_scene_is_named_where_it_begins_and_again_on_a_new_page():
    shots = [shot(n, scene_number=1, scene="The cab") for n in range(1, 14)]
    shots += [shot(n, scene_number=2, scene="The depot") for n in range(14, 40)]
    _, pages = pages_of(film(shots), paper=Paper.A4)
    said = [text for page in pages for text in texts(page)]
    assert said.count("The cab") == said.count("The depot") == 1
    for page in pages[1:]:
        assert any(text.endswith("(continued)") for text in texts(page)) or "The depot" in texts(
            page
        )


def test_each_page_of_many_says_which_one_it_is():
    _, pages = pages_of(film([shot(n) for n in range(1, 41)]), paper=Paper.LETTER)
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in texts(page)


def test_a_change_is_marked_even_where_the_action_is_long():
    changed = shot(1, action="word " * 400, instead_of="vertex/veo", adapted=["seconds 7 → 5"])
    for paper in (None, Paper.A4):
        _, (page,) = pages_of(film([changed]), paper=paper)
        assert "Fallback: planned for vertex/veo" in texts(page)
        assert "Adapted: seconds 7 → 5" in texts(page)
