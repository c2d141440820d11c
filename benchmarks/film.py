"""Memory for rendering a film with the animatic, as the film gets more shots.

    python benchmarks/film.py            # figures, printed as one line each
    python benchmarks/film.py --json     # the same as JSON

Each film is planned, rendered, joined and recorded by ``Studio`` in a process of its own, whose
peak of resident memory is read at its end. Shots are half a second at 640x360; no two show the
same people, place and words, so that nothing drawn for one serves another.

Rendered one at a time, a film of more shots should take what one of few shots takes. Rendered
four at a time, as is usual, the peak hangs on which shots happen to be drawn at the same moment:
the more there are, the likelier it is that four large ones meet.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from join import peak_memory

from ministudio import (
    BeingKind,
    Camera,
    CameraMove,
    Character,
    CharacterIdentity,
    CharacterState,
    Dialogue,
    Environment,
    EnvironmentIdentity,
    PlaceKind,
    Production,
    RenderOptions,
    Resolution,
    SceneConfig,
    ShotConfig,
    ShotSize,
    Studio,
    VideoConfig,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOTS, AT_ONCE = (6, 28, 112), (1, 4)
SECONDS, FPS, IN_A_SCENE = 0.5, 24, 7
# As many kinds as the shortest film has shots, so that a longer one has more of the same.
PLACES = list(PlaceKind)[:6]
MOVES = list(CameraMove)[:6]
SIZES = list(ShotSize)[:6]
BEINGS = list(BeingKind)[:6]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--shots", type=int, nargs="+", default=SHOTS)
    arguments.add_argument("--at-once", type=int, nargs="+", default=AT_ONCE)
    arguments.add_argument("--child", nargs=3, metavar=("FOLDER", "SHOTS", "AT_ONCE"))
    chosen = arguments.parse_args()
    if chosen.child:
        folder, count, at_once = chosen.child
        child(Path(folder), int(count), int(at_once))
        return
    figures: dict[str, object] = {}
    for at_once in chosen.at_once:
        with tempfile.TemporaryDirectory(prefix="ministudio-film-") as name:
            figures |= memory(Path(name), chosen.shots, at_once)
    if chosen.json:
        print(json.dumps(figures, indent=2))
    else:
        print("\n".join(f"{name:38} {value}" for name, value in figures.items()))


def memory(folder: Path, counts: Sequence[int], at_once: int) -> dict[str, object]:
    """Render films of so many shots in a fresh process each, and compare their peaks of memory."""
    figures: dict[str, object] = {}
    first = 0.0
    for count in counts:
        workspace = folder / str(count)
        workspace.mkdir()
        command = [sys.executable, __file__, "--child", str(workspace), str(count), str(at_once)]
        peak = float(subprocess.run(command, check=True, capture_output=True).stdout)
        first = first or peak
        figures[f"memory, {count} shots, {at_once} at once, MB"] = round(peak)
        if count != counts[0]:
            figures[f"memory, {count} / {counts[0]} shots, {at_once} at once"] = round(
                peak / first, 2
            )
    return figures


def child(folder: Path, count: int, at_once: int) -> None:
    studio = Studio(folder, environ={})
    look = VideoConfig(resolution=Resolution.P360, fps=FPS)
    plan = studio.plan(production(count), providers=["animatic"], video=look)
    options = RenderOptions(concurrency=at_once)
    film = run(studio.render(plan, folder / "film.mp4", options=options))
    if len(film.result.shots) != count or any(shot.reused for shot in film.result.shots):
        raise SystemExit("not every shot was rendered")
    print(peak_memory())


def production(count: int) -> Production:
    cast = {
        f"being-{n}": Character(
            name=f"Being {n}",
            identity=CharacterIdentity(
                kind=BEINGS[n % len(BEINGS)], description=f"number {n} of the parade"
            ),
        )
        for n in range(count)
    }
    places = {
        f"place-{n}": Environment(
            name=f"place {n}", identity=EnvironmentIdentity(kind=PLACES[n % len(PLACES)])
        )
        for n in range(count)
    }
    scenes = [
        SceneConfig(
            title=f"Scene {at}", shots=[shot(n) for n in range(at, min(at + IN_A_SCENE, count))]
        )
        for at in range(0, count, IN_A_SCENE)
    ]
    return Production(title="Parade", characters=cast, environments=places, scenes=scenes)


def shot(number: int) -> ShotConfig:
    return ShotConfig(
        action=f"Being {number} goes by, and number {number + 1} is near.",
        duration=SECONDS,
        characters={f"being-{number}": CharacterState()},
        environment=f"place-{number}",
        camera=Camera(size=SIZES[number % len(SIZES)], move=MOVES[number % len(MOVES)]),
        dialogue=[Dialogue(speaker=f"being-{number}", line=f"{number}!")],
    )


if __name__ == "__main__":
    main()
