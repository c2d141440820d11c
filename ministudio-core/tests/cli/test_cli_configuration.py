"""What is set, where keys come from, what is trusted, and what is wrong, as commands tell it."""

from __future__ import annotations

import json
import subprocess

import pytest

KEY = "sk-stunt-0123456789"
TRUSTING = '[profiles.prod.secrets]\nchain = ["env"]\n'


@pytest.fixture
def workspace(yard, monkeypatch, tmp_path):
    monkeypatch.setenv("MINISTUDIO_CONFIG_DIR", str(tmp_path / "own"))
    (yard / "ministudio.toml").write_text(
        '[render]\nconcurrency = 2\n\n[profiles.prod]\nconcurrency = 9\nbudget = "5 USD"\n'
    )
    return yard


def dotenv(folder, text, mode=0o600):
    (folder / ".env").write_text(text)
    (folder / ".env").chmod(mode)


def test_config_show_says_each_value_and_who_said_it(workspace, ministudio):
    code, out, _ = ministudio("config", "show")
    assert code == 0
    assert "profile: dev" in out
    assert "concurrency     2         ministudio.toml" in out
    assert "job_timeout     3600      the built-in default" in out
    assert "not set: model" in out


def test_a_profile_may_stand_anywhere_on_the_command_line(workspace, ministudio):
    for words in (
        ("--profile", "prod", "config", "show"),
        ("config", "--profile=prod", "show"),
        ("config", "show", "--profile", "prod"),
    ):
        assert "concurrency     9         the profile prod" in ministudio(*words)[1]


def test_config_show_explains_all_that_was_said(workspace, ministudio, monkeypatch):
    monkeypatch.setenv("MINISTUDIO_CONCURRENCY", "3")
    _, out, _ = ministudio("config", "show", "--explain", "--profile", "prod")
    found = [line.split(maxsplit=2) for line in out.splitlines() if " 3 " in line or " 9 " in line]
    assert found[0] == ["concurrency", "3", "the environment"]
    data = json.loads(ministudio("config", "show", "--json", "--profile", "prod")[1])
    (one,) = [one for one in data["settings"] if one["key"] == "concurrency"]
    assert [said["by"] for said in one["said"]] == [
        "the environment",
        "the profile prod",
        "ministudio.toml",
        "the built-in default",
    ]
    assert data["secrets"]["chain"] == ["env"]


def test_an_unknown_profile_is_an_error(workspace, ministudio):
    code, _, err = ministudio("config", "show", "--profile", "prd")
    assert (code, err.splitlines()) == (
        2,
        ["error: unknown profile 'prd'", "hint: did you mean 'prod'?"],
    )


def test_a_profile_without_a_name_is_an_error(workspace, ministudio):
    code, _, err = ministudio("config", "show", "--profile")
    assert code == 2
    assert "--profile" in err


def test_a_render_goes_by_the_profile(workspace, ministudio):
    (workspace / "film.yaml").write_text(
        "title: A\nscenes: [{shots: [{action: 'A yard.', duration: 0.5}]}]\n"
    )
    (workspace / "ministudio.toml").write_text('[profiles.night]\nproviders = ["stunt-wary"]\n')
    assert "stunt-wary" in ministudio("plan", "film.yaml", "--profile", "night")[1]


def test_trust_shows_records_and_revokes(workspace, ministudio):
    with (workspace / "ministudio.toml").open("a") as file:
        file.write(TRUSTING)
    refused = ministudio("config", "show")
    assert refused[0] == 2
    assert "counts only in a file that you trust" in refused[2]
    assert f"ministudio trust {workspace}" in refused[2]
    shown = ministudio("trust", "--show")[1]
    assert "ministudio.toml:7: profiles.prod.secrets: says where your secrets come from" in shown
    assert "not trusted" in shown
    assert ministudio("config", "show")[0] == 2
    assert ministudio("trust")[1].splitlines()[-1] == f"{workspace}/ministudio.toml: trusted"
    assert ministudio("config", "show")[0] == 0
    assert "trusted no longer" in ministudio("trust", "--revoke")[1]
    assert ministudio("config", "show")[0] == 2
    assert ministudio("trust", "--revoke")[1] == "nothing here was trusted\n"


def test_trust_shows_where_addresses_in_dotenv_lead_and_nothing_secret_in_them(
    workspace, ministudio
):
    dotenv(workspace, f"STUNT_API_KEY={KEY}\nX_URL=https://u:{KEY}@example.org/p?key={KEY}\n")
    _, out, _ = ministudio("trust")
    assert "X_URL: leads to https://example.org" in out
    assert KEY not in out


def test_nothing_to_trust_is_said(workspace, ministudio):
    assert ministudio("trust")[:2] == (0, "nothing here needs to be trusted\n")


def test_trusting_what_is_not_right_is_refused(workspace, ministudio):
    (workspace / "ministudio.toml").write_text("[secrets]\nchian = 3\n")
    code, _, err = ministudio("trust")
    assert code == 2
    assert "secrets.chian: is no key here" in err


def test_secrets_are_listed_with_who_would_be_asked(workspace, ministudio):
    code, out, _ = ministudio("secrets", "list")
    assert code == 0
    line = next(line for line in out.splitlines() if line.startswith("STUNT_API_KEY"))
    assert "env > dotenv" in line
    assert "stunt-key, stunt-worker-key" in line
    assert "https://stunt.example/keys" in line


def test_a_secret_is_explained_without_its_value(workspace, ministudio, monkeypatch):
    dotenv(workspace, f"STUNT_API_KEY={KEY}-older\n")
    monkeypatch.setenv("STUNT_API_KEY", KEY)
    code, out, err = ministudio("secrets", "explain", "STUNT_API_KEY")
    assert code == 0
    assert "STUNT_API_KEY from env; shadows dotenv as STUNT_API_KEY" in out
    assert KEY not in out + err
    code, _, err = ministudio("secrets", "explain", "STUNT_APIKEY")
    assert (code, "did you mean 'STUNT_API_KEY'?" in err) == (2, True)


def test_checking_secrets_fails_only_for_what_is_needed(workspace, ministudio, monkeypatch):
    code, out, _ = ministudio("secrets", "check")
    assert (code, "not set" in out) == (0, True)
    monkeypatch.setenv("MINISTUDIO_PROVIDER", "stunt-key")
    code, out, _ = ministudio("secrets", "check")
    assert (code, "missing" in out) == (1, True)
    dotenv(workspace, f"STUNT_API_KEY={KEY}\n")
    code, out, err = ministudio("secrets", "check", "--json")
    assert (code, json.loads(out)[0]["state"]) == (0, "ok")
    assert KEY not in out + err
    dotenv(workspace, "STUNT_API_KEY='a\nb'\n")
    code, out, _ = ministudio("secrets", "check", "--json")
    assert (code, json.loads(out)[0]["state"]) == (1, "invalid")


def findings(ministudio, *words):
    code, out, _ = ministudio("doctor", "--json", *words)
    return code, [(one["area"], one["level"], one["what"]) for one in json.loads(out)]


def about(found, area, *levels):
    return [what for where, level, what in found if where == area and level in levels]


def test_the_doctor_finds_a_sound_workspace_sound(workspace, ministudio):
    code, found = findings(ministudio)
    assert code == 0
    assert {area for area, _, _ in found} == {"plugins", "settings", "secrets", "system"}
    assert {level for _, level, _ in found} <= {"ok", "warning"}


def test_the_doctor_names_a_broken_setting_and_goes_on(workspace, ministudio):
    (workspace / "ministudio.toml").write_text("[video]\nfps = 500\n")
    code, found = findings(ministudio)
    assert code == 1
    assert "video.fps" in about(found, "settings", "error")[0]
    assert about(found, "system", "ok")


def test_the_doctor_names_keys_that_are_missing_short_or_set_twice(
    workspace, ministudio, monkeypatch
):
    monkeypatch.setenv("MINISTUDIO_PROVIDER", "stunt-key")
    code, found = findings(ministudio)
    assert (code, "STUNT_API_KEY: missing" in about(found, "secrets", "error")[0]) == (1, True)
    monkeypatch.setenv("STUNT_API_KEY", "pin4")
    assert "too short to be masked" in about(findings(ministudio)[1], "secrets", "warning")[0]
    monkeypatch.setenv("STUNT_API_KEY", KEY)
    dotenv(workspace, f"STUNT_API_KEY={KEY}\n")
    (told,) = about(findings(ministudio)[1], "secrets", "warning")
    assert "shadows dotenv" in told
    assert KEY not in told


def test_the_doctor_looks_at_dotenv_and_at_what_git_knows_of_it(workspace, ministudio):
    dotenv(workspace, f"STUNT_API_KEY={KEY}\nSTUNT_APIKEY=x\n", 0o644)

    def git(*words):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *words], cwd=workspace, check=True, capture_output=True)

    git("init", "-q")
    _, found = findings(ministudio)
    told = about(found, "files", "warning")
    assert any("others may read it" in line for line in told)
    assert any("reads STUNT_APIKEY; did you mean STUNT_API_KEY?" in line for line in told)
    assert any("git does not ignore it" in line for line in told)
    (workspace / ".env").chmod(0o600)
    git("add", "-f", ".env")
    git("commit", "-qm", "oh")
    code, out, _ = ministudio("doctor")
    assert code == 1
    assert "is tracked by git" in out
    assert "git rm --cached .env; then make new keys: STUNT_API_KEY" in out
    git("rm", "-q", "--cached", ".env")
    (workspace / ".gitignore").write_text(".env\n")
    git("commit", "-qam", "better")
    (told,) = about(findings(ministudio)[1], "files", "error")
    assert "is in the history of git" in told
    assert KEY not in out


def test_the_doctor_refuses_a_dotenv_that_is_none(workspace, ministudio):
    dotenv(workspace, "A B=1\nSTUNT_API_KEY=x\nSTUNT_API_KEY=y\n")
    code, found = findings(ministudio)
    assert code == 1
    assert len(about(found, "files", "error")) == 2


def test_the_doctor_names_untrusted_files_and_unknown_models(workspace, ministudio, monkeypatch):
    (workspace / "ministudio.toml").write_text(TRUSTING)
    code, found = findings(ministudio)
    assert (code, any("not trusted" in what for what in about(found, "files", "error"))) == (
        1,
        True,
    )
    (workspace / "ministudio.toml").write_text('[provider.stunt]\nmodel = "stunt-9"\n')
    code, found = findings(ministudio)
    assert (code, "stunt-9" in about(found, "models", "error")[0]) == (1, True)


def test_the_doctor_tells_what_the_machine_offers_those_who_render(
    workspace, ministudio, monkeypatch
):
    monkeypatch.setenv("MINISTUDIO_PROVIDER", "stunt-wary,stunt-lost")
    code, found = findings(ministudio)
    assert about(found, "devices", "ok") == ["stunt-wary: one car, two ramps"]
    (broken,) = about(found, "devices", "error")
    assert (code, "RuntimeError: no road" in broken) == (1, True)


def test_the_doctor_asks_by_the_profile(workspace, ministudio):
    _, found = findings(ministudio, "--profile", "prod")
    assert "profile prod" in about(found, "settings", "ok")[0]


def test_env_validate_tells_every_problem_at_once_and_no_value(workspace, ministudio, monkeypatch):
    monkeypatch.setenv("MINISTUDIO_FPS", "many")
    dotenv(workspace, f"MINISTUDIO_SEED=-1\nMINISTUDIO_MODLE=x\nSTUNT_API_KEY='{KEY}\nx'\n")
    code, _, err = ministudio("env", "validate")
    assert code == 2
    told = [line for line in err.splitlines() if line.startswith("error")]
    assert [line.split(": ")[2].split(" ")[0] for line in told] == [
        "MINISTUDIO_FPS",
        "MINISTUDIO_SEED",
        "STUNT_API_KEY",
        "no",
    ]
    assert "did you mean MINISTUDIO_MODEL?" in err
    assert KEY not in err


def test_env_validate_says_that_all_is_right(workspace, ministudio, monkeypatch):
    monkeypatch.delenv("MINISTUDIO_CONFIG_DIR")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    dotenv(workspace, f"MINISTUDIO_SEED=1\nSTUNT_API_KEY={KEY}\n")
    code, out, _ = ministudio("env", "validate")
    # MINISTUDIO_PLUGINS is the third.
    assert (code, out) == (0, "3 variables are set, and all of them are right\n")


def test_env_validate_counts_one_as_one(workspace, ministudio, monkeypatch):
    monkeypatch.delenv("MINISTUDIO_CONFIG_DIR")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    dotenv(workspace, "")
    assert ministudio("env", "validate")[:2] == (0, "1 variable is set, and it is right\n")
