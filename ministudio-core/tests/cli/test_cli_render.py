"""``ministudio render``, as a user meets it."""

from __future__ import annotations

import json

import pytest
from stunts import TINY, files, film

from ministudio.kernel.names import FIRST_PARTY

RENDER = ("render", "film.yaml", "--provider", "stunt", *TINY)


@pytest.fixture
def write(yard):
    def write(*actions, name="film.yaml", **more):
        (yard / name).write_text(film(*actions, **more), encoding="utf-8")

    return write


@pytest.fixture
def render(ministudio, write):
    """Renders a film of the given actions, and returns exit code, output and errors."""

    def render(*actions, words=RENDER):
        write(*actions)
        return ministudio(*words)

    return render


def ends(err):
    """How each shot ended, by its id."""
    lines = [line.split(": ", 1) for line in err.splitlines() if line.startswith("shot ")]
    return {head.split()[-1]: said.split(" (")[0] for head, said in lines if " begins" not in said}


def test_a_film_appears_with_its_record_beside_it(render, yard):
    code, out, err = render("A hill", "A tree")
    assert code == 0
    assert out == "out/film.mp4: 1.0 s, 2 shots, 2 rendered now\nout/film.json: run record\n"
    assert ends(err) == {"a": "done", "b": "done"}
    assert err.splitlines()[-1] == "joining 2 shots into film.mp4"
    assert {"out/film.mp4", "out/film.json"} < set(files(yard))


def test_the_second_run_renders_nothing(render):
    render("A hill", "A tree")
    code, out, err = render("A hill", "A tree")
    assert code == 0
    assert "2 shots, none rendered now" in out
    assert ends(err) == {"a": "unchanged", "b": "unchanged"}


def test_a_changed_line_renders_its_shot_alone(render):
    render("A hill", "A tree")
    _, out, err = render("A hill", "Two trees")
    assert "1 rendered now" in out
    assert ends(err) == {"a": "unchanged", "b": "done"}


def test_an_inserted_shot_renders_nothing_else(ministudio, write):
    write("A hill", "A tree")
    ministudio(*RENDER)
    text = film("A hill", "A pond", "A tree").replace("id: b", "id: new").replace("id: c", "id: b")
    write()
    with open("film.yaml", "w", encoding="utf-8") as file:  # noqa: PTH123 - the folder we are in
        file.write(text)
    _, _, err = ministudio(*RENDER)
    assert ends(err) == {"a": "unchanged", "new": "done", "b": "unchanged"}


def test_some_shots_make_a_film_of_their_own(render):
    code, out, err = render("A hill", "A tree", words=(*RENDER, "--shots", "2", "-o", "two.mp4"))
    assert code == 0
    assert out.startswith("two.mp4: 0.5 s, 1 shot, 1 rendered now\n")
    assert "joining 1 shot into two.mp4" in err


def test_shots_that_are_not_there_are_named(render, yard):
    code, _, err = render("A hill", "A tree", words=(*RENDER, "--shots", "nope,9"))
    assert code == 2
    assert "'nope'" in err
    assert "the film has 2 shots" in err
    assert files(yard) == ["film.yaml"]


def test_a_dry_run_shows_the_plan_and_writes_nothing(render, yard):
    code, out, err = render("A hill", "A tree", words=(*RENDER, "--dry-run", "--shots", "2"))
    assert (code, err) == (0, "")
    assert out.startswith("Stunts: 1 shot, 0.5 s, 16:9 at 360p, 12 fps, seed 0\n")
    assert "stunt/stunt-1" in out
    assert [path.name for path in yard.iterdir()] == ["film.yaml"]


@pytest.mark.parametrize(
    ("target", "code", "said"),
    [
        ("film.mov", 2, "hint: write to film.mp4"),
        ("film", 2, "hint: write to film.mp4"),
        (".", 2, "is a directory"),
        ("film.yaml/film.mp4", 5, "cannot be written"),
        ("/proc/film.mp4", 5, "cannot be written"),
    ],
)
def test_a_bad_target_is_refused_before_anything_is_rendered(render, yard, target, code, said):
    found, out, err = render("A hill", words=(*RENDER, "-o", target))
    assert (found, out) == (code, "")
    assert said in err
    assert files(yard) == ["film.yaml"]


def test_a_record_never_replaces_a_file_that_is_none(ministudio, yard):
    film = {"title": "T", "scenes": [{"title": "S", "shots": [{"action": "A", "duration": 1}]}]}
    (yard / "film.json").write_text(json.dumps(film))
    code, _, err = ministudio("render", "film.json", "-o", "film.mp4", "--provider", "stunt")
    assert code == 2
    assert "would replace film.json" in err
    assert json.loads((yard / "film.json").read_text()) == film


def test_names_with_blanks_and_letters_of_the_world_will_do(ministudio, yard, write):
    folder = yard / "mein film ☂"
    folder.mkdir()
    write("A hill", name="mein film ☂/film ä.yaml")
    code, out, _ = ministudio("render", folder / "film ä.yaml", "-o", "ö ü/x y.mp4", *RENDER[2:])
    assert code == 0
    assert out.startswith("ö ü/x y.mp4: ")
    assert (yard / "ö ü" / "x y.mp4").is_file()
    assert (folder / ".ministudio").is_dir()


def test_a_film_that_cannot_be_joined_leaves_the_old_one(render, yard, monkeypatch):
    render("A hill")
    before = (yard / "out" / "film.mp4").read_bytes()

    def no_room(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ministudio.film.join._check", no_room)
    code, _, err = render("A tree")
    assert code == 5
    assert "film.mp4 cannot be written: No space left on device" in err
    assert (yard / "out" / "film.mp4").read_bytes() == before
    assert not list((yard / "out").glob(".*"))


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("--provider", "stumt"), "'stumt'", "did you mean 'stunt'?"),
        (("--provider", "stunt/stunt-9"), "'stunt/stunt-9'", "did you mean 'stunt/stunt-2'?"),
        (("--model", "stunt-2"), "several providers", "stunt/stunt-2 or "),
        (("--provider", ""), "names no provider", "leave --provider out"),
    ],
)
def test_who_is_not_known_is_named_with_what_to_do(render, yard, words, message, hint):
    code, out, err = render("A hill", words=("render", "film.yaml", *words))
    assert (code, out) == (2, "")
    first, second = err.splitlines()
    assert message in first
    assert hint in second
    assert files(yard) == ["film.yaml"]


def test_of_a_plugin_of_ours_that_is_missing_it_is_said_how_to_get_it(render, monkeypatch):
    monkeypatch.setitem(FIRST_PARTY, "elsewhere", "ministudio-elsewhere")
    code, _, err = render("A hill", words=("render", "film.yaml", "--provider", "elsewhere"))
    assert code == 2
    assert "'elsewhere'" in err
    assert "pip install ministudio-elsewhere" in err


def test_a_model_is_chosen_by_its_full_name(render, yard):
    code, _, err = render("A", words=("render", "film.yaml", "--model", "stunt/stunt-2", *TINY))
    assert code == 0
    assert "done (stunt/stunt-2)" in err


def test_the_next_of_a_chain_takes_over_what_the_first_refuses(render, yard):
    chain = ("render", "film.yaml", "--provider", "stunt,stunt-thread/stunt-2", *TINY)
    code, _, err = render("A hill", "do: down", words=chain)
    assert code == 4
    assert "stunt/stunt-1: stunt.example does not answer; trying the next" in err
    record_code, _, _ = render("A hill", words=chain)
    assert record_code == 0
    record = json.loads((yard / "out" / "film.json").read_text())
    assert record["chain"] == ["stunt", "stunt-thread/stunt-2"]


@pytest.mark.parametrize(
    ("does", "code", "says"),
    [
        ("raise", 4, "stunt broke while making a clip: RuntimeError: the tube blew"),
        ("exit", 4, "it tried to end the program, with code 3"),
        ("nothing", 4, "stunt handed over NoneType instead of a clip"),
        ("refuse", 4, "stunt refused it: the prompt shows a cliff"),
        ("quota", 4, "stunt: no credit is left"),
        ("stray", 5, "outside the folder it was given"),
        ("html", 5, "is an HTML page, not an MP4"),
        ("empty", 5, "is empty"),
        ("cut-in-half", 5, "is cut off"),
        ("damaged", 5, "is damaged"),
    ],
)
def test_what_a_provider_does_wrong_is_said_and_makes_no_film(render, yard, does, code, says):
    found, out, err = render("A hill", f"do: {does}")
    assert (found, out) == (code, "")
    assert "Traceback" not in err
    wrong = next(line for line in err.splitlines() if line.startswith("error: "))
    assert wrong.startswith("error: shot 2 (b): stunt")
    assert says in wrong
    assert "hint: 1 of 2 shots done and kept; render again to go on" in err.splitlines()
    assert not (yard / "out").exists()


def test_a_missing_key_is_named_with_where_to_get_and_put_it(render, yard):
    words = ("render", "film.yaml", "--provider", "stunt-key", *TINY)
    code, _, err = render("A hill", words=words)
    assert code == 2
    wrong, hint = err.splitlines()[-2:]
    assert wrong == "error: the provider 'stunt-key' needs STUNT_API_KEY, which is not set"
    assert "https://stunt.example/keys" in hint
    assert ".env" in hint
    assert "export STUNT_API_KEY=" in hint
    (yard / ".env").write_text("STUNT_API_KEY=sk-0123456789\n")
    assert render("A hill", words=words)[0] == 0


def test_a_lost_paid_clip_is_not_paid_for_again_unasked(render, ministudio, write):
    words = ("render", "film.yaml", "--provider", "stunt-paid", *TINY)
    render("do: raise", words=words)
    code, _, err = ministudio(*words)
    assert code == 4
    assert "nobody can say whether stunt-paid made shot 'a'" in err
    assert "--resubmit a" in err
    _, _, again = ministudio(*words, "--resubmit", "a")
    assert "the tube blew" in again


def test_what_is_adapted_is_said_and_with_strict_refused(ministudio, write, yard):
    write("A hill")
    words = ("render", "film.yaml", "--provider", "stunt/stunt-2", *TINY)
    code, out, err = ministudio(*words, "--strict")
    assert (code, out) == (2, "")
    assert "0.5" in err
    assert files(yard) == ["film.yaml"]
    code, out, err = ministudio(*words)
    assert code == 0
    assert "shot 1/1 a: duration: 0.5 s → 2 s" in err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "bad.yaml:1:1: there is nothing in it"),
        (b"\xff\xfe\x00", "bad.yaml:1:1: "),
        (b"title: [\n", "bad.yaml:2:1: not valid YAML"),
        (b"title: T\nscens: []\n", "bad.yaml:2:1: scens: "),
        (b"title: T\n" * 1_000_000, "larger than 8 MiB"),
    ],
)
@pytest.mark.parametrize("command", ["plan", "prompts", "render"])
def test_a_bad_production_is_refused_with_its_place(ministudio, yard, command, content, said):
    (yard / "bad.yaml").write_bytes(content)
    code, out, err = ministudio(command, "bad.yaml")
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {said}") or said in err
    assert "Traceback" not in err
    assert files(yard) == ["bad.yaml"]


def test_every_problem_is_told_at_once(ministudio, yard):
    (yard / "bad.yaml").write_text(
        "title: T\nscenes:\n  - title: S\n    shots:\n"
        "      - {action: A, duration: -1}\n      - {actoin: B}\n"
    )
    code, _, err = ministudio("render", "bad.yaml")
    assert code == 2
    assert "bad.yaml:5:31: scenes[0].shots[0].duration" in err
    assert "bad.yaml:6:10: scenes[0].shots[1].actoin" in err


def test_what_is_no_file_is_refused(ministudio, yard):
    import os

    if hasattr(os, "mkfifo"):
        os.mkfifo(yard / "pipe.yaml")
        assert ministudio("render", "pipe.yaml")[0] == 2
    (yard / "loop.yaml").symlink_to("loop.yaml")
    for name in (".", "nothing.yaml", "loop.yaml"):
        code, _, err = ministudio("render", name)
        assert code == 2
        assert "bug" not in err


def test_what_is_not_as_asked_is_said_once_at_the_end_of_every_run(render, yard):
    words = ("render", "film.yaml", "--provider", "stunt-wary", *TINY)
    said = [
        "note: shots 1-3: cut to the second",
        "note: shot 2 (b): the wind blew\N{REPLACEMENT CHARACTER}[31m",
    ]
    for _ in range(2):
        code, out, err = render("A hill", "do: remark", "A tree", words=words)
        assert code == 0
        assert [line for line in err.splitlines() if line.startswith("note: ")] == said
        assert "note" not in out
    record = json.loads((yard / "out" / "film.json").read_text())
    assert [shot["notes"] for shot in record["shots"]] == [
        ["cut to the second"],
        ["cut to the second", "the wind blew\x1b[31m"],
        ["cut to the second"],
    ]
    assert record["shots"][1]["takes"][0]["clip"]["notes"] == [
        "the wind blew\x1b[31m",
        "cut to the second",
    ]
