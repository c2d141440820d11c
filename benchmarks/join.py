"""Joining clips, against FFmpeg's own concat with ``-c copy``; and memory as the film grows.

    python benchmarks/join.py            # ratios, printed as one line each
    python benchmarks/join.py --json     # the same as JSON

Both write an MP4 with the index in front. MiniStudio's figure includes measuring every clip,
checking the film and flushing it to disk before it gets its name. FFmpeg comes from the package
``imageio-ffmpeg``; without it that part is skipped.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
from PIL import Image, ImageChops
from PIL.ImageFilter import GaussianBlur

from ministudio.film.join import join
from ministudio.film.parts import FilmPart

try:
    import imageio_ffmpeg
except ImportError:
    imageio_ffmpeg = None

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CLIPS, SECONDS, SIZE, FPS = 60, 4, (1280, 720), 24
GRAIN = 16
MINUTES = (1, 10, 60)
PICTURES = 3


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--minutes", type=int, nargs="*", default=MINUTES)
    arguments.add_argument("--child", nargs=3, metavar=("FOLDER", "CLIPS", "TARGET"))
    chosen = arguments.parse_args()
    if chosen.child:
        folder, count, target = chosen.child
        child(Path(folder), int(count), Path(target))
        return
    with tempfile.TemporaryDirectory(prefix="ministudio-join-") as name:
        folder = Path(name)
        clips = make_clips(folder)
        figures: dict[str, object] = {"clips": len(clips), "megabytes": size_of(clips)}
        figures |= speed(folder, clips, chosen.rounds)
        figures |= memory(folder, chosen.minutes)
    if chosen.json:
        print(json.dumps(figures, indent=2))
    else:
        print("\n".join(f"{name:38} {value}" for name, value in figures.items()))


def speed(folder: Path, clips: list[Path], rounds: int) -> dict[str, object]:
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        return {"join / ffmpeg -c copy": "skipped: the package imageio-ffmpeg is not installed"}
    ours, theirs, flushed = [], [], []
    for _ in range(rounds):
        ours.append(timed(lambda: join_ours(clips, folder / "ours.mp4")))
        theirs.append(timed(lambda: join_ffmpeg(ffmpeg, clips, folder / "theirs.mp4")))
        flushed.append(theirs[-1] + timed(lambda: flush(folder / "theirs.mp4")))
    pairs = [one / other for one, other in zip(ours, theirs, strict=True)]
    return {
        "rounds": rounds,
        "join, seconds": round(statistics.median(ours), 2),
        "ffmpeg -c copy, seconds": round(statistics.median(theirs), 2),
        "join / ffmpeg -c copy": round(statistics.median(pairs), 2),
        "join / ffmpeg -c copy and flush": round(
            statistics.median(one / other for one, other in zip(ours, flushed, strict=True)), 2
        ),
    }


def memory(folder: Path, minutes: Sequence[int]) -> dict[str, object]:
    """Join so many minutes in a fresh process each, and read its peak of resident memory."""
    peaks = {}
    for length in minutes:
        target = folder / f"{length}.mp4"
        command = [sys.executable, __file__, "--child", str(folder)]
        command += [str(length * 60 // SECONDS), str(target)]
        peaks[length] = float(subprocess.run(command, check=True, capture_output=True).stdout)
        target.unlink()
    first = peaks[minutes[0]] if peaks else 1.0
    figures: dict[str, object] = {}
    for length, peak in peaks.items():
        figures[f"memory, {length} minutes of film, MB"] = round(peak)
        if length != minutes[0]:
            figures[f"memory, {length} / {minutes[0]} minutes"] = round(peak / first, 2)
    return figures


def child(folder: Path, count: int, target: Path) -> None:
    clips = sorted(folder.glob("clip-*.mp4"))
    join_ours([clips[number % len(clips)] for number in range(count)], target)
    print(peak_memory())


def peak_memory() -> float:
    """This process's peak of resident memory in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # On Linux ru_maxrss still knows the parent that was forked; VmHWM begins anew.
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def join_ours(clips: list[Path], target: Path) -> None:
    film = join([FilmPart(path=clip) for clip in clips], target)
    assert not film.normalised


def join_ffmpeg(ffmpeg: str, clips: list[Path], target: Path) -> None:
    names = target.with_suffix(".txt")
    names.write_text("".join(f"file '{clip}'\n" for clip in clips))
    quiet = [ffmpeg, "-v", "error", "-y", "-f", "concat", "-safe", "0", "-i", str(names)]
    subprocess.run([*quiet, "-c", "copy", "-movflags", "+faststart", str(target)], check=True)


def flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def find_ffmpeg() -> str | None:
    return imageio_ffmpeg.get_ffmpeg_exe() if imageio_ffmpeg else None


def make_clips(folder: Path) -> list[Path]:
    """Write clips of moving noise at a bit rate that video services deliver."""
    masters = [make_clip(folder / f"master-{number}.mp4", number) for number in range(PICTURES)]
    clips = []
    for number in range(CLIPS):
        clip = folder / f"clip-{number:02}.mp4"
        clip.write_bytes(masters[number % PICTURES].read_bytes())
        clips.append(clip)
    return clips


def make_clip(path: Path, seed: int) -> Path:
    """Write a slow pan over a soft picture with film grain: 5.6 Mbit a second, as delivered."""
    width, height = SIZE
    wide = Image.effect_noise((width // 4, height // 4), 70 + seed).resize((width * 2, height * 2))
    scene = Image.merge("RGB", [wide, wide.transpose(0), wide.transpose(1)])
    grains = [Image.effect_noise(SIZE, GRAIN).filter(GaussianBlur(0.7)) for _ in range(6)]
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx264", rate=FPS)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        video.options = {"preset": "veryfast", "crf": "23"}
        sound = container.add_stream("aac", rate=48_000)
        sound.bit_rate = 128_000
        for number in range(SECONDS * FPS):
            left, top = number * 4 + seed, number * 2
            view = scene.crop((left, top, left + width, top + height))
            grain = Image.merge("RGB", [grains[number % len(grains)]] * 3)
            frame = av.VideoFrame.from_image(ImageChops.add(view, grain, 1, -128))
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        for at in range(0, SECONDS * 48_000, 1024):
            hiss = av.AudioFrame("fltp", "stereo", min(1024, SECONDS * 48_000 - at))
            hiss.sample_rate, hiss.pts, hiss.time_base = 48_000, at, Fraction(1, 48_000)
            for plane in hiss.planes:
                plane.update((b"\0\0\0\x3c\0\0\0\xbc" * plane.buffer_size)[: plane.buffer_size])
            container.mux(sound.encode(hiss))
        container.mux(sound.encode(None))
    return path


def size_of(clips: list[Path]) -> int:
    return round(sum(clip.stat().st_size for clip in clips) / 1_000_000)


if __name__ == "__main__":
    main()
