"""How fast the animatic draws and encodes, against what could be had at best and at worst.

    python benchmarks/animatic.py [--seconds 4] [--rounds 3]

At 1280x720 and 24 frames a second, for shots with different camera moves:

* ``limit``: encoding the same frames when they are ready in memory, with the same settings;
* ``whole``: reading the story, drawing the card, moving the camera, encoding;
* ``naive``: the same card as one RGB picture, cut out of it frame by frame with Pillow,
  captions pasted, converted and encoded: what one would write first. It moves one layer, where
  a carried camera (push in, truck) moves the figures apart from the place.

Rounds are interleaved, medians are printed, and ratios are what counts: absolute numbers move
with the machine's load. Last, two shots at once against the limit of two encoders at once,
which is how a film is rendered on two cores; and the memory a long shot takes above a short one.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from ministudio.plugin import (
    AspectRatio,
    BeingKind,
    Camera,
    CameraMove,
    Cast,
    Character,
    CharacterIdentity,
    CharacterState,
    ClipRequest,
    CompiledPrompt,
    Dialogue,
    Environment,
    EnvironmentContext,
    EnvironmentIdentity,
    PlaceKind,
    PromptInput,
    Resolution,
    ShotSize,
)
from ministudio_animatic.camera import NEAR, reach
from ministudio_animatic.encode import Encoder
from ministudio_animatic.planes import frame_of, picture, window
from ministudio_animatic.provider import AnimaticProvider
from ministudio_animatic.shot import draw_shot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import av

    from ministudio_animatic.reel import Reel

WIDTH, HEIGHT, FPS = 1280, 720, 24
MOVES = (CameraMove.STATIC, CameraMove.PAN_LEFT, CameraMove.PUSH_IN, CameraMove.TRUCK_LEFT)


def someone(id_: str, kind: BeingKind = BeingKind.HUMAN, **words: str) -> Cast:
    state = CharacterState(clothing=words.pop("clothing", ""))
    identity = CharacterIdentity(kind=kind, **words)
    character = Character(name=id_.capitalize(), identity=identity, current_state=state)
    return Cast(id=id_, character=character, state=state)


def asked(move: CameraMove, seconds: float, number: int = 0) -> ClipRequest:
    identity = EnvironmentIdentity(kind=PlaceKind.INTERIOR, fixed_elements=("a desk", "shelves"))
    story = PromptInput(
        action="Noor looks up from the last page; Byte hovers beside her and brightens.",
        cast=(
            someone("noor", clothing="a mustard cardigan", hair="black, cut at the jaw"),
            someone("byte", BeingKind.ORB, description="a small golden orb"),
        ),
        camera=Camera(size=ShotSize.MEDIUM, move=move),
        place=Environment(name="the attic", identity=identity),
        context=EnvironmentContext(time_of_day="night"),
        dialogue=(Dialogue(speaker="noor", line="Wait. Only this one?"),),
        shot_id=f"shot-{number}",
    )
    return ClipRequest(
        model="animatic",
        prompt=CompiledPrompt(text=story.action),
        seconds=seconds,
        aspect_ratio=AspectRatio.WIDE,
        resolution=Resolution.P720,
        fps=FPS,
        story=story,
    )


def rate(frames: int, work: Callable[[], object]) -> float:
    """Frames a second of one piece of work."""
    start = time.perf_counter()
    work()
    return frames / (time.perf_counter() - start)


def ready_frames(request: ClipRequest) -> list[av.VideoFrame]:
    reel = draw_shot(request)
    return [frame_of(reel.frame(n), n, FPS) for n in range(reel.frames)]


def encode(frames: Sequence[av.VideoFrame], folder: Path, name: str = "limit") -> None:
    with Encoder(folder / f"{name}.mp4", WIDTH, HEIGHT, FPS) as encoder:
        for frame in frames:
            encoder.add(frame)


def quiet(fraction: float | None, note: str = "") -> None:
    """Listen to no progress."""


def whole(request: ClipRequest, folder: Path) -> None:
    clip = AnimaticProvider().generate_blocking(request, folder, quiet)
    clip.path.unlink()


def naive(reel: Reel, card: Image.Image, band: Image.Image, folder: Path) -> None:
    card_reach = reach(reel.path, NEAR)
    with Encoder(folder / "naive.mp4", WIDTH, HEIGHT, FPS) as encoder:
        for number in range(reel.frames):
            box = window(reel.path.at(number / FPS), card_reach, WIDTH, HEIGHT)
            frame = card.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR, box)
            frame.paste(band, (0, HEIGHT - band.height), band)
            encoder.add(frame_of(picture(frame), number, FPS))


def compare(move: CameraMove, seconds: float, rounds: int, folder: Path) -> tuple[float, float]:
    request = asked(move, seconds)
    frames, reel = ready_frames(request), draw_shot(request)
    card = Image.merge(
        "YCbCr", [p.resize(reel.far.y.size) for p in (reel.far.y, reel.far.u, reel.far.v)]
    )
    # The near card is the larger one: the naive way needs all of it as one picture.
    reached = reach(reel.path, NEAR)
    wide = round((reached.right - reached.left) * WIDTH / reached.widest) + 1
    high = round((reached.bottom - reached.top) * HEIGHT / reached.widest) + 1
    card = card.convert("RGB").resize((wide, high))
    band = Image.new("RGBA", (WIDTH, 200), (10, 12, 20, 200))
    limits, wholes, naives = [], [], []
    for _ in range(rounds):
        limits.append(rate(len(frames), lambda: encode(frames, folder)))
        wholes.append(rate(len(frames), lambda: whole(request, folder)))
        naives.append(rate(len(frames), lambda: naive(reel, card, band, folder)))
    limit, drawn, slow = map(statistics.median, (limits, wholes, naives))
    print(
        f"{move.value:12} limit {limit:6.0f}   whole {drawn:6.0f}   naive {slow:6.0f} fps"
        f"   whole/limit {drawn / limit:5.2f}   whole/naive {drawn / slow:5.2f}"
    )
    return drawn / limit, drawn / slow


def film(seconds: float, rounds: int, folder: Path) -> float:
    """A film of all moves, two shots at a time, against two encoders at a time."""
    requests = [asked(move, seconds, n) for n, move in enumerate(MOVES * 2)]
    frames = ready_frames(requests[2])
    count = len(frames) * len(requests)

    # A frame belongs to one encoder at a time, so each of the two has its own.
    ready = [frames, ready_frames(requests[2])]

    def encode_half(k: int) -> None:
        for _ in MOVES:
            encode(ready[k], folder, f"limit-{k}")

    def at_once(work: Callable[[int], None], times: int) -> float:
        with ThreadPoolExecutor(2) as pool:
            return rate(count, lambda: list(pool.map(work, range(times))))

    limits, wholes = [], []
    for _ in range(rounds):
        limits.append(at_once(encode_half, 2))
        wholes.append(at_once(lambda n: whole(requests[n], folder), len(requests)))
    limit, drawn = statistics.median(limits), statistics.median(wholes)
    print(
        f"{'two at once':12} limit {limit:6.0f}   whole {drawn:6.0f} fps"
        f"   whole/limit {drawn / limit:5.2f}   {drawn / FPS:.1f} x real time"
    )
    return drawn / limit


def memory(folder: Path) -> None:
    """Peak memory after a short shot, and after one thirty times as long."""
    whole(asked(CameraMove.PUSH_IN, 2.0), folder)
    short = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    whole(asked(CameraMove.PUSH_IN, 60.0), folder)
    long = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory: {short:.0f} MB after 2 s of film, {long:.0f} MB after 60 s")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=4.0, help="length of each shot")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds")
    options = parser.parse_args()
    print(
        f"{WIDTH}x{HEIGHT}, {FPS} fps, shots of {options.seconds:g} s, medians of {options.rounds}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        memory(folder)
        for move in MOVES:
            compare(move, options.seconds, options.rounds, folder)
        film(options.seconds, options.rounds, folder)


if __name__ == "__main__":
    main()
