"""Joining real clips: what is seen and heard, read back the way a player does."""

from __future__ import annotations

import itertools
from fractions import Fraction

import av
import pytest

from ministudio.film.join import join
from ministudio.film.layout import lay_out
from ministudio.film.parts import Chapter, FilmFormat, FilmPart
from ministudio.film.subtitles import Cue
from ministudio.media.probe import probe
from ministudio.testing.clips import frame_brightness, heard, make_clip, seen
from ministudio.values.frames import Size


def part(path, **names):
    return FilmPart(path=path, **names)


def expected(*counts):
    """The brightness of every frame of clips with so many frames."""
    return [frame_brightness(number) for count in counts for number in range(count)]


def packets(path, kind):
    with av.open(str(path)) as container:
        stream = next(stream for stream in container.streams if stream.type == kind)
        return [
            (packet.pts * packet.time_base, packet.dts * packet.time_base, bytes(packet))
            for packet in container.demux(stream)
            if packet.dts is not None
        ]


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clips")
    return [
        make_clip(folder / f"{number}.mp4", seconds=frames / 24, hue=(90 + 30 * number, 128))
        for number, frames in enumerate((24, 11, 37))
    ]


def test_matching_clips_are_copied_packet_by_packet(tmp_path, clips):
    film = join([part(path) for path in clips], tmp_path / "film.mp4")
    assert film.normalised == ()
    copied = [data for path in clips for _, _, data in packets(path, "video")]
    assert [data for _, _, data in packets(film.path, "video")] == copied


def test_the_film_has_every_frame_of_every_part_in_order(tmp_path, clips):
    film = join([part(path) for path in clips], tmp_path / "film.mp4")
    assert seen(film.path) == pytest.approx(expected(24, 11, 37), abs=2)
    assert (film.frames, film.fps, film.size) == (72, 24, Size(64, 36))
    assert film.seconds == 3.0
    assert film.starts == pytest.approx((0.0, 1.0, 35 / 24))


@pytest.mark.parametrize("b_frames", [(0, 0), (3, 3), (0, 3), (3, 0)])
def test_frames_stored_out_of_order_come_out_in_order(tmp_path, b_frames):
    one, other = (
        make_clip(tmp_path / f"{number}.mp4", seconds=1, b_frames=count)
        for number, count in enumerate(b_frames)
    )
    film = join([part(path) for path in (one, other, one, one, other)], tmp_path / "film.mp4")
    assert seen(film.path) == pytest.approx(expected(*[24] * 5), abs=2)
    assert len(film.normalised) == (0 if len(set(b_frames)) == 1 else 2)


def test_times_rise_without_gap_in_both_tracks(tmp_path, clips):
    odd = make_clip(tmp_path / "odd.mp4", fps=30, sample_rate=44_100, b_frames=2)
    film = join([part(path) for path in (*clips, odd, *clips)], tmp_path / "film.mp4")
    pictures, sounds = packets(film.path, "video"), packets(film.path, "audio")
    for track in (pictures, sounds):
        assert all(one[1] < other[1] for one, other in itertools.pairwise(track))
    assert sorted(pts for pts, _, _ in pictures) == [Fraction(n, 24) for n in range(film.frames)]
    assert [pts for pts, _, _ in sounds] == [
        Fraction(1024 * n, 48_000) for n in range(-1, len(sounds) - 1)
    ]


def test_the_first_words_of_the_file_are_its_index(tmp_path, clips):
    film = join([part(clips[0])], tmp_path / "film.mp4")
    data = film.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_the_same_input_gives_the_same_bytes_and_tells_no_path(tmp_path, clips):
    odd = make_clip(tmp_path / "odd.mp4", size=(32, 48), fps=30, sound=None)
    shots = [part(path, scene=scene) for path, scene in zip((*clips, odd), "aabb", strict=True)]
    films = [
        join(
            shots,
            tmp_path / name / "film.mp4",
            subtitles=[Cue(0, 1, "One"), Cue(1, 2, "Two")],
            metadata={"title": "Orb", "comment": "made for a test"},
        )
        for name in ("one", "other")
    ]
    one, other = (film.path.read_bytes() for film in films)
    assert one == other
    assert str(tmp_path).encode() not in one
    assert b"Lavf" not in one


# Odd clips ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("odd", "frames"),
    [
        ({"size": (36, 64)}, 24),
        ({"size": (96, 36)}, 24),
        ({"fps": 30}, 24),
        ({"fps": 12}, 24),
        ({"fps": Fraction(30000, 1001)}, 24),
        ({"video_codec": "libx265", "video_options": {"x265-params": "log-level=none"}}, 24),
        ({"video_codec": "libvpx-vp9", "video_options": {"deadline": "realtime"}}, 24),
        ({"pix_fmt": "yuv422p"}, 24),
        ({"pix_fmt": "yuvj420p"}, 24),
        ({"uneven": True}, 24),
        ({"rotation": 90}, 24),
        ({"pixel_aspect": 2}, 24),
        ({"video_options": {"profile": "baseline"}}, 24),
    ],
    ids=str,
)
def test_an_odd_clip_is_fitted_in_among_copied_ones(tmp_path, clips, odd, frames):
    path = make_clip(tmp_path / "odd.mp4", **odd)
    film = join(
        [part(clips[0]), part(path, title="the odd one"), part(clips[0])], tmp_path / "f.mp4"
    )
    assert [normalised.title for normalised in film.normalised] == ["the odd one"]
    assert film.normalised[0].picture
    levels = seen(film.path)
    assert len(levels) == film.frames == 48 + frames
    assert levels[:24] == levels[-24:] == pytest.approx(expected(24), abs=2)
    assert min(levels[24:-24]) > 30, "no frame of the odd clip is black in the middle"


def test_a_clip_in_another_shape_is_centred_on_black(tmp_path, clips):
    tall = make_clip(tmp_path / "tall.mp4", size=(36, 64))
    film = join([part(clips[0]), part(clips[2]), part(tall)], tmp_path / "film.mp4")
    with av.open(str(film.path)) as container:
        frame = list(container.decode(video=0))[-1]
    rows = memoryview(frame.planes[0])
    line = [rows[18 * frame.planes[0].line_size + x] for x in range(64)]
    assert line[:20] + line[-20:] == pytest.approx([16] * 40, abs=4)
    assert line[28:36] == pytest.approx([frame_brightness(23)] * 8, abs=4)


def test_frames_of_a_faster_clip_are_left_out_evenly(tmp_path, clips):
    fast = make_clip(tmp_path / "fast.mp4", fps=48, seconds=1)
    film = join([part(clips[0]), part(clips[2]), part(fast)], tmp_path / "film.mp4")
    wanted = [frame_brightness(number) for number in range(0, 48, 2)]
    got = seen(film.path)[-24:]
    assert sum(abs(a - b) <= 12 for a, b in zip(got, wanted, strict=True)) >= 22


def test_clips_of_two_foreign_encoders_share_one_track(tmp_path):
    ours = [make_clip(tmp_path / f"a{n}.mp4", b_frames=2) for n in range(3)]
    theirs = make_clip(tmp_path / "b.mp4", video_options={"profile": "main", "refs": "3"})
    film = join(
        [part(path) for path in (ours[0], theirs, ours[1], theirs, ours[2])], tmp_path / "f.mp4"
    )
    assert [normalised.part for normalised in film.normalised] == [1, 3]
    assert film.normalised[0].picture == ("other encoder settings than most",)
    assert seen(film.path) == pytest.approx(expected(*[24] * 5), abs=2)
    probe(film.path, decode=True)


def test_a_film_nothing_of_which_can_be_copied_is_encoded_whole(tmp_path):
    path = make_clip(tmp_path / "clip.mp4", pix_fmt="yuv422p")
    film = join([part(path), part(path)], tmp_path / "film.mp4")
    assert len(film.normalised) == 2
    assert seen(film.path) == pytest.approx(expected(24, 24), abs=3)
    assert probe(film.path, decode=True).video.pix_fmt == "yuv420p"


def test_a_wanted_format_is_what_comes_out(tmp_path, clips):
    wanted = FilmFormat(size=Size(96, 54), fps=30)
    film = join(lay_out([part(path) for path in clips], wanted), tmp_path / "film.mp4")
    info = probe(film.path, decode=True)
    assert (info.size, info.fps, info.frames) == (Size(96, 54), 30, 90)


# Sound ----------------------------------------------------------------------------------------


def onsets(levels, step=0.01):
    """When it gets loud after a silence, in seconds."""
    return [
        number * step
        for number, (before, now) in enumerate(itertools.pairwise([0.0, *levels]))
        if now > 0.2 >= before
    ]


def test_two_hundred_joins_stay_in_step(tmp_path):
    # 11 frames are 21.48 packets of sound: every join falls inside a packet.
    beep = make_clip(tmp_path / "beep.mp4", seconds=11 / 24, sound="beep")
    film = join([part(beep)] * 200, tmp_path / "film.mp4")
    heard_at = onsets(heard(film.path))
    assert len(heard_at) == 200
    apart = [abs(one - other) for one, other in zip(heard_at, film.starts, strict=True)]
    assert max(apart) < 1 / 24
    with av.open(str(film.path)) as container:
        ends = [stream.duration * stream.time_base for stream in container.streams]
    assert abs(ends[0] - ends[1]) < Fraction(1, 1000)


@pytest.mark.parametrize(
    "odd",
    [
        {"sample_rate": 44_100},
        {"layout": "mono"},
        {"sample_rate": 22_050, "layout": "mono"},
        {"audio_codec": "libmp3lame"},
        {"audio_codec": "libopus"},
        {"audio_codec": "ac3"},
    ],
    ids=str,
)
def test_odd_sound_is_brought_to_the_film_and_stays_in_step(tmp_path, odd):
    beep = make_clip(tmp_path / "beep.mp4", seconds=11 / 24, sound="beep")
    strange = make_clip(tmp_path / "odd.mp4", seconds=11 / 24, sound="beep", **odd)
    film = join([part(path) for path in (beep, beep, strange, beep, strange)], tmp_path / "f.mp4")
    assert [normalised.part for normalised in film.normalised] == [2, 4]
    assert not film.normalised[0].picture
    heard_at = onsets(heard(film.path))
    assert heard_at == pytest.approx(film.starts, abs=1 / 24)


def test_a_clip_without_sound_is_silent_and_costs_no_encoding(tmp_path, clips):
    mute = make_clip(tmp_path / "mute.mp4", sound=None, seconds=1)
    film = join([part(clips[0]), part(mute), part(clips[0])], tmp_path / "film.mp4")
    (normalised,) = film.normalised
    assert (normalised.picture, normalised.sound) == ((), ("it had no sound, silence was added",))
    levels = heard(film.path)
    assert max(levels[105:195]) < 0.001
    assert min(levels[5:95]) > 0.4
    assert min(levels[205:295]) > 0.4


def test_a_film_of_mute_clips_has_a_silent_track(tmp_path):
    mute = make_clip(tmp_path / "mute.mp4", sound=None)
    film = join([part(mute), part(mute)], tmp_path / "film.mp4")
    assert max(heard(film.path)) == 0
    assert probe(film.path).has_audio


def test_no_join_is_louder_than_the_clips(tmp_path, clips):
    film = join([part(path) for path in clips * 3], tmp_path / "film.mp4")
    assert max(heard(film.path)) < 0.75


# Subtitles, chapters, metadata ------------------------------------------------------------------


def subtitle_track(path):
    with av.open(str(path)) as container:
        return [
            (float(packet.pts * packet.time_base), float(packet.duration * packet.time_base), text)
            for packet in container.demux(container.streams.subtitles[0])
            if packet.dts is not None and (text := bytes(packet)[2:].decode())
        ]


def test_subtitles_are_a_track_with_the_right_times_and_language(tmp_path, clips):
    cues = [Cue(0.25, 1.5, "Where {is} <it>?\nHere & there."), Cue(1.5, 2.9, "Früher, 早い")]
    film = join(
        [part(path) for path in clips], tmp_path / "f.mp4", subtitles=cues, language="de-AT"
    )
    assert subtitle_track(film.path) == [
        (0.25, 1.25, "Where {is} <it>?\nHere & there."),
        (1.5, 1.4, "Früher, 早い"),
    ]
    with av.open(str(film.path)) as container:
        assert container.streams.subtitles[0].language == "deu"
        assert not container.streams.subtitles[0].codec_context.name.startswith("dvd")
    assert film.subtitles == 2


def test_a_film_without_cues_has_no_subtitle_track(tmp_path, clips):
    film = join([part(clips[0])], tmp_path / "film.mp4")
    with av.open(str(film.path)) as container:
        assert not container.streams.subtitles
    assert film.subtitles == 0


def chapters_of(path):
    with av.open(str(path)) as container:
        return [
            (
                float(chapter["start"] * chapter["time_base"]),
                float(chapter["end"] * chapter["time_base"]),
                chapter["metadata"]["title"],
            )
            for chapter in container.chapters()
        ]


def test_every_scene_is_a_chapter(tmp_path, clips):
    shots = [part(path, scene=scene) for path, scene in zip(clips, "ÄÄB", strict=True)]
    film = join(shots, tmp_path / "film.mp4")
    assert chapters_of(film.path) == [(0.0, 1.458, "Ä"), (1.458, 3.0, "B")]
    assert film.chapters == (Chapter(0.0, "Ä"), Chapter(35 / 24, "B"))


def test_chapters_can_be_given_or_left_out(tmp_path, clips):
    shots = [part(path, scene=scene) for path, scene in zip(clips, "abc", strict=True)]
    given = join(shots, tmp_path / "one.mp4", chapters=[Chapter(0.0, "All"), Chapter(2.0, "End")])
    none = join(shots, tmp_path / "other.mp4", chapters=())
    assert [title for _, _, title in chapters_of(given.path)] == ["All", "End"]
    assert chapters_of(none.path) == []


def test_the_film_says_about_itself_what_it_was_told(tmp_path, clips):
    told = {"title": "Orb — Ein Film", "comment": "Made with MiniStudio", "copyright": "CC0"}
    film = join([part(clips[0])], tmp_path / "film.mp4", metadata=told)
    with av.open(str(film.path)) as container:
        assert told.items() <= container.metadata.items()
        assert "creation_time" not in container.metadata


def test_what_an_mp4_cannot_say_is_refused_rather_than_dropped(tmp_path, clips):
    with pytest.raises(ValueError, match="no place for colour, mood"):
        join([part(clips[0])], tmp_path / "f.mp4", metadata={"mood": "x", "colour": "y"})
    assert not list(tmp_path.iterdir())


def test_progress_rises_to_the_end(tmp_path, clips):
    told = []
    join(
        [part(path) for path in clips],
        tmp_path / "f.mp4",
        progress=lambda f, note="": told.append(f),
    )
    assert told == sorted(told)
    assert told[0] < 0.1
    assert told[-1] > 0.95
