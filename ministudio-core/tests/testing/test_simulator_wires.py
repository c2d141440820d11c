"""The simulator in another service's format: every operation, and every fault it can tell."""

from __future__ import annotations

import pytest
from paintbox_kit import PaintboxWire
from simulator_kit import Raw

from ministudio.plugin import PluginContext, Secret
from ministudio.testing import Fault, FaultKind, InProcess, Operation, SimulatedService
from ministudio.testing.simulator import Terms, Wire
from ministudio.testing.simulator.faults import FAULTS

KEY = SimulatedService.KEY
ORDER = {"prompt": "A café, 画家.", "seconds": 0.5, "width": 64, "height": 36}
SETTINGS = {"PAINTBOX_URL": "{url}", "PAINTBOX_API_KEY": KEY}


@pytest.fixture
def service(clock):
    with SimulatedService(
        Terms(key=KEY, takes=2.0), wire=PaintboxWire(), settings=SETTINGS, clock=clock
    ) as running:
        yield running


@pytest.fixture
def ask(service):
    raw = Raw(service.url)
    return lambda method, path, data=None, **more: raw(
        method, path, data, **{"Authorization": f"Bearer {KEY}", **more}
    )


@pytest.fixture
def job(ask):
    return ask("POST", "/v1/renders", ORDER, Idempotency_Key="k1").data["id"]


def test_a_render_is_taken_asked_about_and_downloaded_in_the_services_words(ask, clock, service):
    taken = ask("POST", "/v1/renders", ORDER, Idempotency_Key="k1")
    assert (taken.status, taken.data["status"]) == (201, "waiting")
    path = f"/v1/renders/{taken.data['id']}"
    clock.now += 1
    assert ask("GET", path).data == {"id": taken.data["id"], "status": "painting", "percent": 50}
    clock.now += 1
    assert ask("GET", path).data["status"] == "done"
    film = ask("GET", f"{path}/film")
    assert (film.status, film.headers["Content-Type"]) == (200, "video/mp4")
    assert (service.submits, service.taken, service.orders) == (1, 1, (ORDER,))


def test_a_render_is_found_by_its_key_and_can_be_stopped(ask, job):
    assert [seen["id"] for seen in ask("GET", "/v1/renders?key=k1").data["renders"]] == [job]
    assert ask("GET", "/v1/renders?key=other").data == {"renders": []}
    assert ask("DELETE", f"/v1/renders/{job}").status == 202
    assert ask("GET", f"/v1/renders/{job}").data["status"] == "stopped"
    assert ask("DELETE", f"/v1/renders/{job}").status == 409


@pytest.mark.parametrize("sent", [{"Authorization": "Bearer no"}, {"Authorization": ""}])
def test_without_the_key_nothing_is_taken(ask, service, sent):
    assert ask("POST", "/v1/renders", ORDER, **sent).status == 401
    assert service.taken == 0


@pytest.mark.parametrize(
    "body", [b"", b"[]", {}, {**ORDER, "width": 63}, {**ORDER, "seconds": 0}, {"seconds": 1}]
)
def test_an_order_that_the_wire_cannot_read_is_refused_and_counted(ask, service, body):
    assert ask("POST", "/v1/renders", body).status == 400
    assert (service.submits, service.taken) == (1, 0)


def test_what_an_order_leaves_out_has_a_default(ask, tmp_path, clock):
    from ministudio.plugin import clip_from_file

    job = ask("POST", "/v1/renders", {"prompt": "A.", "seconds": 0.5}).data["id"]
    clock.now += 2
    path = tmp_path / "film.mp4"
    path.write_bytes(ask("GET", f"/v1/renders/{job}/film").body)
    clip = clip_from_file(path)
    assert (clip.seconds, clip.fps, str(clip.size), clip.audio) == (0.5, 24.0, "640x360", False)


def test_what_the_wire_does_not_know_is_nowhere(ask):
    assert ask("PUT", "/v1/renders").status == 404


@pytest.mark.parametrize(
    ("kind", "status"),
    [("429", 429), ("500", 500), ("503", 503), ("500-after", 500), ("401", 401), ("402", 402),
     ("403", 403), ("retired", 410), ("refuse", 422)],
)  # fmt: skip
def test_faults_strike_a_submit_in_the_services_format(ask, service, kind, status):
    service.fault(kind, at="submit")
    answer = ask("POST", "/v1/renders", ORDER)
    assert answer.status == status
    assert answer.data["error"]["message"]
    assert service.taken == (kind == "500-after")


@pytest.mark.parametrize(("kind", "code"), [("fail", "job"), ("refuse-late", "content")])
def test_a_render_that_fails_says_why_in_the_services_words(ask, service, clock, kind, code):
    service.fault(kind)
    job = ask("POST", "/v1/renders", ORDER).data["id"]
    clock.now += 2
    seen = ask("GET", f"/v1/renders/{job}").data
    assert (seen["status"], seen["error"]["code"]) == ("failed", code)


def test_a_film_without_links_expires_once_or_is_gone_for_good(ask, service, clock, job):
    clock.now += 2
    film = f"/v1/renders/{job}/film"
    service.fault("expire")
    assert [ask("GET", film).status for _ in range(2)] == [410, 200]
    service.fault("gone")
    assert [ask("GET", film).status for _ in range(2)] == [410, 410]


def test_faults_in_prompts_work_in_every_format(ask):
    assert ask("POST", "/v1/renders", {**ORDER, "prompt": "A dog. sim:402"}).status == 402


def test_a_wire_names_the_faults_that_its_service_cannot_tell():
    class Terse(PaintboxWire):
        lacks = ("402", FaultKind.RETIRED)

    terse, own = SimulatedService(wire=Terse()), SimulatedService()
    for kind in ("402", "retired"):
        assert own.can(FaultKind(kind), Operation.SUBMIT)
        assert not terse.can(FaultKind(kind), Operation.SUBMIT)
    assert terse.can(FaultKind.BUSY, Operation.SUBMIT)
    assert not own.can(FaultKind.RETIRED, Operation.POLL)


def test_a_provider_is_told_where_the_service_is_and_gets_its_key_as_a_secret(service):
    context = service.context()
    assert context == PluginContext(
        settings={"PAINTBOX_URL": service.url, "PAINTBOX_API_KEY": Secret(KEY)}
    )
    assert SimulatedService().context().settings.keys() == {"SIMULATOR_URL", "SIMULATOR_API_KEY"}


def test_pictures_count_as_received_however_they_came(ask, service):
    picture = bytes(range(200, 256))
    assert not service.received(picture)
    ask(
        "POST",
        "/v1/renders",
        {
            **ORDER,
            "image": "yMnKy8zNzs/Q0dLT1NXW19jZ2tvc3d7f4OHi4+Tl5ufo6err7O3u7/Dx8vP09fb3+Pn6+/z9/v8",
        },
    )
    assert service.received(picture)
    own = SimulatedService()
    with own:
        from simulator_kit import sha256

        Raw(own.url)("PUT", f"/uploads/{sha256(picture)}", picture)
        assert own.received(picture)


def test_a_provider_without_a_service_has_none_that_could_fail():
    nowhere = InProcess(PluginContext(options={"a": 1}))
    assert nowhere.context().options == {"a": 1}
    assert (nowhere.submits, nowhere.taken, nowhere.orders, nowhere.elsewhere) == (0, 0, (), False)
    nowhere.be_good()
    for kind, (_, where) in FAULTS.items():
        assert not any(nowhere.can(kind, operation) for operation in where)
    with pytest.raises(ValueError, match="no service"):
        nowhere.fault(Fault("429"))


def test_a_wire_must_say_how_requests_are_read():
    with pytest.raises(TypeError, match="read"):
        type("Mute", (Wire,), {})()
