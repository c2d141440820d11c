"""What a user gets from built wheels in an empty environment."""

from __future__ import annotations

import json
from pathlib import Path

import av
import pytest

# One worker for all of them, so that the wheels are built once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("install")]

FLAGSHIP = (
    Path(__file__).resolve().parents[2]
    / "examples"
    / "contextbytes_brand_story"
    / "production.yaml"
)

BROKEN = {
    "pyproject.toml": """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "ministudio-broken"
version = "1.0"
dependencies = ["ministudio-core"]

[project.entry-points."ministudio.plugins"]
broken = "ministudio_broken"
""",
    "src/ministudio_broken/__init__.py": 'raise ImportError("libnothere.so.1: not found")\n',
}


def said(done):
    assert "Traceback" not in done.stdout + done.stderr, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_core_alone_starts_checks_and_says_what_is_missing(environment, core, tmp_path):
    environment.install(core)
    assert "0.1.0" in said(environment.run("ministudio", "--version", cwd=tmp_path))

    new = environment.run("ministudio", "new", "film", cwd=tmp_path)
    assert new.returncode == 0, said(new)
    check = environment.run("ministudio", "check", "film/production.yaml", cwd=tmp_path)
    assert check.returncode == 0, said(check)

    plugins = environment.run("ministudio", "plugins", "list", "--json", cwd=tmp_path)
    assert [p["id"] for p in json.loads(plugins.stdout)["plugins"]] == ["core"]

    render = environment.run("ministudio", "render", "film/production.yaml", cwd=tmp_path)
    assert render.returncode == 2, said(render)
    assert "pip install ministudio-animatic" in said(render)
    assert list(tmp_path.rglob("*.mp4")) == []


def test_core_and_animatic_plan_and_render(environment, core, animatic, tmp_path):
    environment.install(core, animatic)
    dry = environment.run("ministudio", "render", FLAGSHIP, "--dry-run", cwd=tmp_path)
    assert dry.returncode == 0, said(dry)
    assert "animatic" in dry.stdout
    assert list(tmp_path.glob("*.mp4")) == []

    new = environment.run("ministudio", "new", "film", cwd=tmp_path)
    assert new.returncode == 0, said(new)
    render = environment.run(
        "ministudio",
        "render",
        "film/production.yaml",
        "-o",
        "film.mp4",
        "--resolution",
        "360p",
        cwd=tmp_path,
    )
    assert render.returncode == 0, said(render)
    with av.open(tmp_path / "film.mp4") as film:
        assert film.streams.video
        assert film.streams.audio


def test_core_and_hugging_face_tell_the_price_without_a_token(environment, core, hf, tmp_path):
    environment.install(core, hf)
    words = ["plan", str(FLAGSHIP), "--provider", "hf/text-to-video-fast"]
    plan = environment.run("ministudio", *words, cwd=tmp_path)
    assert plan.returncode == 0, said(plan)
    assert "USD" in plan.stdout
    render = environment.run("ministudio", "render", *words[1:], "--yes", cwd=tmp_path)
    assert render.returncode != 0
    assert "HF_API_TOKEN" in said(render)


def test_a_broken_plugin_is_named_and_stops_nobody_else(environment, core, animatic, tmp_path):
    for name, text in BROKEN.items():
        file = tmp_path / "broken" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    environment.install(core, animatic, tmp_path / "broken")

    dry = environment.run("ministudio", "render", FLAGSHIP, "--dry-run", cwd=tmp_path)
    assert dry.returncode == 0, said(dry)

    doctor = environment.run("ministudio", "plugins", "doctor", cwd=tmp_path)
    assert doctor.returncode == 1, said(doctor)
    assert "ministudio-broken" in said(doctor)
    assert "libnothere.so.1" in said(doctor)

    ask = environment.run("ministudio", "render", FLAGSHIP, "--provider", "broken", cwd=tmp_path)
    assert ask.returncode != 0
    assert "ministudio-broken" in said(ask)
    assert "libnothere.so.1" in said(ask)
    assert list(tmp_path.glob("*.mp4")) == []


def test_installing_the_root_installs_the_core_and_a_provider(environment, tmp_path):
    root = Path(__file__).resolve().parents[2]
    environment.install("-e", root)
    new = environment.run("ministudio", "new", "film", cwd=tmp_path)
    assert new.returncode == 0, said(new)
    plan = environment.run("ministudio", "plan", "film/production.yaml", cwd=tmp_path)
    assert plan.returncode == 0, said(plan)
    where = environment.run(
        "python", "-c", "import ministudio; print(ministudio.__path__)", cwd=tmp_path
    )
    assert str(root / "ministudio-core" / "src") in where.stdout
    listed = environment.run(
        "python",
        "-c",
        "from importlib.metadata import distributions as d; "
        "print(sorted(x.name for x in d() if x.name.startswith('ministudio')))",
        cwd=tmp_path,
    )
    assert listed.stdout.strip() == "['ministudio-animatic', 'ministudio-core']"
