"""Deciding what a film will be; pure functions over measured clips."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.errors import ArtifactError
from ministudio.film.layout import arrange, scene_chapters
from ministudio.film.parts import Chapter, FilmFormat, FilmPart
from ministudio.media.codecs import aac_parameters
from ministudio.media.info import BT709, AudioTrack, Colour, MediaInfo, VideoTrack
from ministudio.values.frames import Size

# Parameter sets as x264 announces them for 320x180: numbers 0 and 1.
SETS = bytes.fromhex(
    "0164000cffe1001c6764000cacb40a0cfcf350101014000003000400000300c03c50aa80"
    "01000568ef06f2c0fdf8f800"
)
OTHER_SETS = bytes.fromhex(
    "0164000cffe1001c6764000c4b2d02833f3cd4040405000003000100000300300f142aa0"
    "010005684af06f2cfdf8f800"
)


def video(seconds=2.0, **changes):
    track = VideoTrack(
        codec="h264",
        pix_fmt="yuv420p",
        size=Size(320, 180),
        pixel_aspect=Fraction(1),
        rotation=0,
        colour=BT709,
        fps=Fraction(24),
        steady=True,
        trimmed=False,
        frames=round(seconds * 24),
        start=Fraction(0),
        lead=Fraction(0),
        seconds=seconds,
        parameters=SETS,
    )
    return attrs.evolve(track, **changes)


def audio(rate=48_000, **changes):
    track = AudioTrack(
        codec="aac",
        profile="LC",
        sample_rate=rate,
        layout="stereo",
        parameters=aac_parameters(rate),
    )
    return attrs.evolve(track, **changes)


SOUND = audio()


def clip(picture=None, sound=SOUND):
    return MediaInfo(path=Path("clip.mp4"), video=picture or video(), audio=sound)


def parts(infos, scenes=()):
    names = [*scenes, *[""] * (len(infos) - len(scenes))]
    return [
        FilmPart(path=Path(f"{number}.mp4"), title=f"shot {number}", scene=scene)
        for number, scene in enumerate(names)
    ]


def laid_out(*infos, film_format=None):
    return arrange(parts(infos), infos, film_format)


def test_clips_that_match_are_all_copied():
    reel = laid_out(clip(), clip(video(3.0)), clip())
    assert reel.normalised == ()
    assert reel.starts == (0.0, 2.0, 5.0)
    assert (reel.frames, reel.seconds) == (168, 7.0)


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ({"codec": "hevc"}, "hevc is not H.264"),
        ({"pix_fmt": "yuv420p10le"}, "its pixels are yuv420p10le, not yuv420p"),
        ({"colour": Colour(2, 1, 1, 1)}, "its colours span the full range"),
        ({"size": Size(180, 320)}, "180x320 is not 320x180"),
        ({"pixel_aspect": Fraction(4, 3)}, "its pixels are not square (4/3)"),
        ({"rotation": 90}, "it is turned by 90 degrees"),
        ({"fps": Fraction(30)}, "30 frames a second, not 24"),
        ({"fps": Fraction(24000, 1001)}, "23.976 frames a second, not 24"),
        ({"steady": False}, "its frames are of uneven length"),
        ({"trimmed": True}, "an edit list hides some of its frames"),
        ({"parameters": OTHER_SETS}, "other encoder settings than most"),
        ({"parameters": b"\x00\x00\x00\x01\x67"}, "its H.264 is laid out in an unusual way"),
    ],
)
def test_only_the_odd_picture_is_encoded_and_the_reason_is_said(odd, why):
    reel = laid_out(clip(), clip(video(**odd)), clip())
    (normalised,) = reel.normalised
    assert (normalised.part, normalised.picture, normalised.sound) == (1, (why,), ())
    assert str(normalised) == f"shot 1: {why}"


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        (None, "it had no sound, silence was added"),
        (audio(44_100), "its sound is aac LC, 44100 Hz stereo; not AAC LC, 48000 Hz stereo"),
        (
            audio(layout="mono", parameters=b"\x11\x88"),
            "its sound is aac LC, 48000 Hz mono; not AAC LC, 48000 Hz stereo",
        ),
        (
            audio(codec="opus", profile=""),
            "its sound is opus, 48000 Hz stereo; not AAC LC, 48000 Hz stereo",
        ),
    ],
)
def test_odd_sound_leaves_the_picture_alone(odd, why):
    reel = laid_out(clip(), clip(sound=odd), clip())
    (normalised,) = reel.normalised
    assert (normalised.picture, normalised.sound) == ((), (why,))


def test_sound_at_44100_stays_when_most_of_the_film_has_it():
    reel = laid_out(clip(sound=audio(44_100)), clip(sound=audio(44_100)), clip())
    assert reel.format.sample_rate == 44_100
    assert [normalised.part for normalised in reel.normalised] == [2]


def test_a_film_of_silent_clips_has_sound_at_48000():
    reel = laid_out(clip(sound=None), clip(sound=None))
    assert reel.format.sample_rate == 48_000


def test_the_format_is_what_most_seconds_have_not_what_most_clips_have():
    small = video(1.0, size=Size(160, 90))
    reel = laid_out(clip(small), clip(small), clip(video(10.0)))
    assert reel.format.size == Size(320, 180)
    assert [normalised.part for normalised in reel.normalised] == [0, 1]


def test_one_small_h264_clip_does_not_set_the_format_of_many_others():
    large = video(4.0, codec="hevc", size=Size(1280, 720))
    reel = laid_out(clip(), clip(large), clip(large))
    assert reel.format.size == Size(1280, 720)
    assert [normalised.part for normalised in reel.normalised] == [0, 1, 2]


def test_a_wanted_format_is_kept_to():
    wanted = FilmFormat(size=Size(640, 360), fps=30)
    reel = laid_out(clip(), clip(), film_format=wanted)
    assert reel.format == wanted
    assert len(reel.normalised) == 2
    assert reel.frames == 120


@pytest.mark.parametrize("size", [Size(321, 180), Size(320, 181), Size(0, 180)])
def test_a_film_has_even_sides(size):
    with pytest.raises(ValueError, match="even"):
        FilmFormat(size=size, fps=24)


def test_odd_sides_are_made_even():
    assert laid_out(clip(video(size=Size(321, 181)))).format.size == Size(322, 182)


def test_a_film_of_nothing_is_refused():
    with pytest.raises(ArtifactError, match="at least one clip"):
        arrange([], [])


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 300),
            st.sampled_from([Fraction(24), Fraction(25), Fraction(30000, 1001)]),
            st.sampled_from([Size(320, 180), Size(180, 320)]),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_parts_follow_each_other_without_gap_and_keep_their_length(kinds):
    infos = [
        clip(video(float(frames / fps), frames=frames, fps=fps, size=size))
        for frames, fps, size in kinds
    ]
    reel = laid_out(*infos)
    at = 0
    for place in reel.places:
        assert place.first_frame == at
        assert place.frames >= 1
        assert abs(place.frames / reel.format.fps - Fraction(place.info.seconds)) <= max(
            1 / reel.format.fps / 2 + Fraction(1, 10**9), 1 / reel.format.fps - 1 / place.info.fps
        )
        at += place.frames
    assert reel.frames == at


def test_a_chapter_begins_where_the_scene_changes():
    infos = [clip()] * 5
    reel = arrange(parts(infos, ["Flat", "Flat", "Street", "", "Flat"]), infos)
    assert scene_chapters(reel) == (
        Chapter(0.0, "Flat"),
        Chapter(4.0, "Street"),
        Chapter(8.0, "Flat"),
    )


def test_the_first_chapter_begins_with_the_film():
    infos = [clip()] * 3
    reel = arrange(parts(infos, ["", "Street", "Flat"]), infos)
    assert scene_chapters(reel) == (Chapter(0.0, "Street"), Chapter(4.0, "Flat"))


@pytest.mark.parametrize("scenes", [[], ["Flat"], ["Flat", "Flat", "Flat"]])
def test_one_scene_makes_no_chapters(scenes):
    infos = [clip()] * 3
    assert scene_chapters(arrange(parts(infos, scenes), infos)) == ()
