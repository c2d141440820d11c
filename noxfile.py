"""What can be checked, session by session: `nox -l` explains each, `nox` runs what CI runs.

Every tool has the version that constraints.txt names. Environments are kept and used again;
`nox -R` also skips installing into them.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import nox

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent
PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
CORE = nox.project.load_toml(ROOT / "ministudio-core" / "pyproject.toml")
PLAIN = ["ministudio-core", "plugins/ministudio-animatic"]
"""What needs no vendor's library."""
DISTRIBUTIONS = [
    *PLAIN,
    "plugins/ministudio-hf",
    "plugins/ministudio-vertex",
    "plugins/ministudio-doppler",
    "plugins/ministudio-aws",
    "plugins/ministudio-gcp",
    "plugins/ministudio-azure",
]
BARE = "plugins/ministudio-local"
"""Installed without what it requires, which is gigabytes; the session local has all of it."""
SOURCES = [f"{name}/src" for name in (*DISTRIBUTIONS, BARE)]
OLDEST = nox.project.python_versions(CORE)[0]
"""The oldest Python supported. It is required, and the tools run on it: they see what it sees."""

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "types", "contracts", "docs", "tests", "install_matrix", "build"]


def _pythons() -> list[str]:
    """Return the Pythons to test: the oldest in any case, the newer ones that are really here.

    Under CI=true nox fails for want of any interpreter that a session names; naming the newer
    ones only where they answer keeps that strictness for the oldest. pyenv's shims answer with
    an error for a version that is installed but not switched on, so its folders are searched too.
    """
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    folders = os.environ["PATH"].split(os.pathsep)
    found = [OLDEST]
    for version in nox.project.python_versions(CORE)[1:]:
        for folder in [*folders, *(str(p) for p in sorted(root.glob(f"{version}.*/bin")))]:
            if _answers(Path(folder) / f"python{version}"):
                os.environ["PATH"] += os.pathsep + folder
                found.append(version)
                break
    return found


def _answers(program: Path) -> bool:
    if not program.exists():
        return False
    return subprocess.run([program, "-c", ""], capture_output=True, check=False).returncode == 0


def _install(session: nox.Session, *groups: str, ours: Sequence[str] = DISTRIBUTIONS) -> None:
    """Install distributions of ours, editable, and the root's dependency groups."""
    editable = [word for name in ours for word in ("-e", name)]
    tools = nox.project.dependency_groups(PROJECT, *groups)
    session.install("-c", "constraints.txt", *editable, *tools)
    if ours is DISTRIBUTIONS:
        session.install("--no-deps", "-e", BARE)


def _judges(session: nox.Session) -> None:
    """Install what judges our fakes, where it can be had; without it some tests are skipped."""
    words = ("--no-deps", "--require-hashes", "-r", "tools/judges.txt")
    session.install(*words, success_codes=[0, 1, 2])


@nox.session(python=_pythons())
def tests(session: nox.Session) -> None:
    """Run the tests, but for the slow ones; arguments go to pytest."""
    _install(session, "tests")
    if "CI" in os.environ:
        _judges(session)
    session.run("pytest", *(session.posargs or ["-n", "auto"]))


@nox.session(python=_pythons()[-1])
def newest(session: nox.Session) -> None:
    """Run the core's tests on the newest Python that is here, without any vendor's library."""
    _install(session, "tests", ours=PLAIN)
    session.run("pytest", *(session.posargs or ["-n", "auto", "ministudio-core/tests"]))


@nox.session(python=OLDEST)
def slow(session: nox.Session) -> None:
    """Run the tests that the default session leaves out: installs, long films, a browser."""
    _install(session, "tests")
    session.run("pytest", "-m", "slow and not durability", *(session.posargs or ["-n", "auto"]))


@nox.session(python=OLDEST)
def durability(session: nox.Session) -> None:
    """Kill renders at 200 random moments, and try every fault and cap at length; some minutes."""
    _install(session, "tests")
    session.run("pytest", "-m", "durability", *session.posargs)


@nox.session(python=OLDEST, venv_backend="virtualenv")
def local(session: nox.Session) -> None:
    """Run local models in small: a tiny pipeline of every family; `-- -m families` for all ways."""
    # pip, unlike uv, takes torch from PIP_FIND_LINKS: the CPU build, where a machine keeps one.
    _install(session, "tests", ours=PLAIN)
    session.install("-c", "constraints.txt", "-e", BARE)
    quiet = {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    session.run("pytest", "-n", "auto", f"{BARE}/tests", *session.posargs, env=quiet)


@nox.session(python=OLDEST)
def vertex_genai3(session: nox.Session) -> None:
    """Test ministudio-vertex with google-genai 3, which its other libraries do not allow yet."""
    tools = nox.project.dependency_groups(PROJECT, "tests")
    ours = [word for name in PLAIN for word in ("-e", name)]
    session.install("-c", "constraints.txt", *ours, *tools)
    session.install("google-genai>=3,<4", "google-cloud-storage")
    session.install("--no-deps", "-e", "plugins/ministudio-vertex")
    tests = "plugins/ministudio-vertex/tests"
    session.run("pytest", tests, f"--ignore={tests}/test_vertex_endpoint.py", *session.posargs)


@nox.session(python=OLDEST)
def compat(session: nox.Session) -> None:
    """Test every plugin, and the frozen ones, with the core as it will be released: as a wheel."""
    wheels = session.create_tmp()
    session.install("-c", "constraints.txt", *nox.project.dependency_groups(PROJECT, "tests"))
    session.run("python", "tools/build_all.py", wheels, silent=True)
    built = {path.name.partition("-")[0]: str(path) for path in Path(wheels).glob("*.whl")}
    session.install("-c", "constraints.txt", f"{built.pop('ministudio_core')}[testing]")
    _judges(session)
    for name, wheel in sorted(built.items()):
        distribution = name.replace("_", "-")
        bare = ("--no-deps",) if BARE.endswith(distribution) else ()
        session.install("-c", "constraints.txt", *bare, wheel)
        inside = "import ministudio as m, sys; sys.exit('site-packages' not in m.__file__)"
        session.run("python", "-c", inside)
        # With the slow ones: a vendor's plugin meets the conformance kits there.
        which = ["-m", "not durability and not families"]
        tests = [*which, "-n", "auto", "--dist", "loadgroup", f"plugins/{distribution}/tests"]
        session.run("pytest", *tests, *session.posargs)
        if distribution != "ministudio-animatic":  # the default provider, which others fall back on
            session.run("uv", "pip", "uninstall", "-q", distribution)
    session.run("pytest", "-n", "auto", "tests/compat", *session.posargs)


@nox.session(python=OLDEST)
def secrets_matrix(session: nox.Session) -> None:
    """Print what comes of each secret backend in every case: found, denied, hanging, and so on."""
    _install(session, "tests")
    _judges(session)
    folders = [f"plugins/ministudio-{name}/tests" for name in ("aws", "azure", "doppler", "gcp")]
    matrix = ("-p", "ministudio.testing.secrets.matrix", "-k", "a_typed_error_in_time")
    session.run("pytest", *folders, *matrix, *session.posargs)


@nox.session(python=OLDEST)
def lint(session: nox.Session) -> None:
    """Check style, and that every public name is documented (ruff's D rules)."""
    _install(session, "lint", ours=())
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session(python=OLDEST)
def types(session: nox.Session) -> None:
    """Check types strictly: the sources, the tools, and a user's view of the public API."""
    _install(session, "types")
    session.run("mypy", *SOURCES)
    session.run("mypy", "noxfile.py", "make.py", "tools", "docs", "examples", "tests/typing")


@nox.session(python=OLDEST)
def contracts(session: nox.Session) -> None:
    """Check who imports whom, and that the check would see a breach."""
    _install(session, "tests")
    session.run("lint-imports")
    session.run("pytest", "tests/contracts")


@nox.session(python=OLDEST)
def docs(session: nox.Session) -> None:
    """Build the site, and check that links lead somewhere, examples run, and pages are in step."""
    _install(session, "tests", "docs")
    session.run("python", "docs/generate.py", "--check")
    session.run("python", "docs/build_site.py")
    built = {"BUILT_SITE": str(ROOT / "out" / "site")}
    session.run("pytest", "-m", "not durability", "tests/docs", env=built)


@nox.session(python=OLDEST)
def install_matrix(session: nox.Session) -> None:
    """Install built wheels into empty environments and use them there."""
    _install(session, "tests")
    session.run("pytest", "-m", "not durability", "tests/install")


@nox.session(python=OLDEST)
def build(session: nox.Session) -> None:
    """Build wheels and source distributions into dist/, and check what is in them."""
    _install(session, "build", ours=())
    session.run("python", "tools/build_all.py", "dist")


@nox.session(python=OLDEST)
def benchmarks(session: nox.Session) -> None:
    """Print the figures of docs/performance.md, as measured on this machine."""
    _install(session, "benchmarks")
    for script in sorted((ROOT / "benchmarks").glob("*.py")):
        session.run("python", str(script.relative_to(ROOT)), *session.posargs)


@nox.session(python=OLDEST)
def changelog(session: nox.Session) -> None:
    """Show what the next release's changelog will say; nothing is written."""
    _install(session, "release", ours=())
    session.run("towncrier", "build", "--draft", "--version", "next")
