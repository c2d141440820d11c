"""The service as seen from the wire: what it does well, and each fault."""

from __future__ import annotations

import http.client
import socket
import time
from pathlib import Path

import pytest
from simulator_kit import Raw, order, sha256

from ministudio.media.probe import clip_from_file
from ministudio.testing.simulator import FaultKind, SimulatedService, Terms
from ministudio.testing.simulator.faults import FOR_EVER

CUT = (ConnectionError, http.client.RemoteDisconnected)


def clip(tmp_path, data):
    path = tmp_path / "got.mp4"
    path.write_bytes(data)
    return clip_from_file(path)


def test_a_job_is_taken_works_and_has_a_real_clip(raw, service, clock, tmp_path):
    service.fault("takes", seconds=10)
    job = raw.job(seconds=0.5, aspect_ratio="9:16", fps=24)
    assert raw.poll(job)["state"] == "queued"
    clock.now += 5
    seen = raw.poll(job)
    assert (seen["state"], seen["progress"], seen["eta"]) == ("running", 0.5, 5.0)
    assert "link" not in seen
    clock.now += 5
    done = raw.poll(job)
    assert (done["state"], done["progress"], done["charged"]) == ("succeeded", 1.0, True)
    assert done["expires_at"] == clock.now + 3600
    got = raw.fetch(job)
    assert (got.status, got.headers["Content-Type"]) == (200, "video/mp4")
    made = clip(tmp_path, got.body)
    assert (made.seconds, made.fps, str(made.size)) == (0.5, 24, "360x640")


def test_the_same_request_gives_the_same_bytes_and_any_other_gives_others(raw):
    orders = [{}, {"seed": 8}, {"prompt": "A cat."}, {"first_frame": None}, {"negative": "rain"}]
    films = {}
    for number, more in enumerate(orders):
        first, again = (raw.fetch(raw.job(key=f"{number}{n}", **more)).body for n in "ab")
        assert first == again
        films[first] = more
    assert len(films) == len(orders)


def test_the_clip_does_not_depend_on_queue_key_or_process(raw):
    with SimulatedService() as other:
        elsewhere = Raw(other.url)
        assert (
            raw.fetch(raw.job(key="x")).body
            == elsewhere.fetch(elsewhere.job(key="y", queue="b")).body
        )


def test_different_requests_can_be_told_apart_by_eye(raw, tmp_path):
    import av

    def hue(data):
        path = tmp_path / "seen.mp4"
        path.write_bytes(data)
        with av.open(str(path)) as film:
            frame = next(film.decode(video=0))
            return bytes(frame.planes[1])[0], bytes(frame.planes[2])[0]

    assert len({hue(raw.fetch(raw.job(key=f"{n}", seed=n)).body) for n in range(12)}) > 3


def test_requests_on_one_connection_are_answered_in_their_order(service):
    with socket.create_connection(service.url.removeprefix("http://").split(":")) as line:
        line.sendall(b"GET /stats HTTP/1.1\r\n\r\nGET /nowhere HTTP/1.1\r\n\r\n")
        heard = b""
        while heard.count(b"HTTP/1.1") < 2 or not heard.endswith(b"}}"):
            heard += line.recv(4096)
    assert heard.startswith(b"HTTP/1.1 200")
    assert b"HTTP/1.1 404" in heard


def test_what_is_no_http_is_refused(service):
    with socket.create_connection(service.url.removeprefix("http://").split(":")) as line:
        line.sendall(b"hello\r\n\r\n")
        assert line.recv(4096).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "body",
    [b"", b"[1]", b"{}", b"null", *({**order(), **wrong} for wrong in (
        {"resolution": "9p"}, {"seconds": -1}, {"seconds": "long"}, {"fps": 0}, {"prompt": 5},
        {"prompt": "sim:rain"}, {"references": 5}, {"references": [{}]}, {"aspect_ratio": "x"},
        {"first_frame": "f" * 64},
    ))],
)  # fmt: skip
def test_a_request_that_makes_no_sense_is_refused_and_costs_nothing(raw, service, body):
    answer = raw("POST", "/jobs", body, Idempotency_Key="k")
    assert (answer.status, answer.data["error"]["code"]) == (400, "request")
    assert (service.stats.total.submits, service.bills) == (1, ())


def test_an_upload_must_be_what_its_name_says_and_can_be_used_then(raw):
    assert raw("PUT", f"/uploads/{'0' * 64}", b"picture").status == 400
    name = sha256(b"picture")
    assert raw.submit(first_frame=name).status == 400
    assert raw("PUT", f"/uploads/{name}", b"picture").status == 201
    assert raw.submit(first_frame=name).status == 202


@pytest.mark.parametrize(
    ("kind", "status"),
    [("429", 429), ("500", 500), ("503", 503), ("401", 401), ("402", 402), ("403", 403),
     ("retired", 410), ("refuse", 422)],
)  # fmt: skip
def test_a_submit_is_turned_away_as_often_as_told(raw, service, kind, status):
    service.fault(kind, times=2)
    assert [raw.submit().status for _ in range(3)] == [status, status, 202]
    assert (service.stats.total.accepted, len(service.bills)) == (1, 1)


@pytest.mark.parametrize("kind", ["429", "503"])
def test_retry_after_is_sent_where_it_was_asked_for(raw, service, kind):
    service.fault(kind, seconds=1.5)
    service.fault(kind)
    assert raw.submit().headers["Retry-After"] == "1.5"
    assert "Retry-After" not in raw.submit().headers


def test_an_overloaded_service_says_that_it_took_nothing_and_a_broken_one_says_nothing(
    raw, service
):
    service.fault("503")
    service.fault("500")
    assert raw.submit().data["error"]["accepted"] is False
    assert "accepted" not in raw.submit().data["error"]


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("upload", lambda raw, job: raw("PUT", f"/uploads/{sha256(b'x')}", b"x")),
        ("poll", lambda raw, job: raw("GET", f"/jobs/{job}")),
        ("fetch", lambda raw, job: raw.fetch(job)),
        ("find", lambda raw, job: raw("GET", "/jobs?key=k1&queue=a")),
        ("cancel", lambda raw, job: raw("DELETE", f"/jobs/{job}")),
    ],
)
@pytest.mark.parametrize("kind", ["500", "429", "401", "drop", "drop-after", "html", "slow"])
def test_a_fault_strikes_at_any_operation(raw, service, operation, call, kind):
    job = raw.job()
    service.fault(kind, at=operation, seconds=0.05)
    if kind.startswith("drop"):
        with pytest.raises(CUT):
            call(raw, job)
    else:
        began = time.monotonic()
        answer = call(raw, job)
        if kind == "slow":
            assert time.monotonic() - began >= 0.05
        elif kind == "html":
            assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html")
        else:
            assert answer.status == int(kind)
    healthy = call(raw, job)
    assert healthy.status in {200, 201, 202, 409}
    assert healthy.headers["Content-Type"] != "text/html"


@pytest.mark.parametrize(
    ("kind", "accepted"),
    [("drop", 0), ("hang", 0), ("drop-after", 1), ("hang-after", 1), ("500-after", 1), ("html", 0)],
)
def test_a_submit_without_an_answer_may_have_been_taken_or_not(service, kind, accepted):
    raw = Raw(service.url, patience=0.25)
    service.fault(kind, at="submit")
    if kind in {"500-after", "html"}:
        assert raw.submit().status in {500, 200}
    else:
        with pytest.raises((TimeoutError, *CUT)):
            raw.submit()
    stats = service.stats
    assert (stats.total.submits, stats.total.accepted, len(stats.bills)) == (1, accepted, accepted)
    assert len(raw("GET", "/jobs?key=k1&queue=a").data["jobs"]) == accepted


def test_content_is_refused_with_reasons_at_once_or_at_the_end(raw, service, clock):
    service.fault("refuse")
    error = raw.submit().data["error"]
    assert (error["code"], error["charged"]) == ("content", False)
    assert "violence" in error["reasons"]
    service.fault("refuse-late")
    service.fault("takes", seconds=4)
    job = raw.job()
    assert raw.poll(job)["state"] == "queued"
    clock.now += 4
    ended = raw.poll(job)
    assert (ended["state"], ended["error"]["code"]) == ("failed", "content")


def test_a_job_fails_half_way(raw, service, clock):
    service.fault("takes", seconds=4)
    service.fault("fail")
    job = raw.job()
    clock.now += 1.9
    assert raw.poll(job)["state"] == "running"
    clock.now += 0.1
    assert raw.poll(job)["error"]["code"] == "job"
    assert raw("GET", f"/files/{job}.mp4?link=1").status == 404


def test_a_stuck_job_runs_for_ever(raw, service, clock):
    service.fault("stuck")
    job = raw.job()
    clock.now += 1e9
    assert raw.poll(job)["state"] == "queued"
    assert "eta" not in raw.poll(job)


def test_a_link_expires_by_the_clock_and_a_poll_gives_a_new_one(raw, clock):
    job = raw.job()
    link = raw.poll(job)["link"]
    clock.now += 3599
    assert raw("GET", link).status == 200
    clock.now += 1
    assert raw("GET", link).status == 410
    assert raw.fetch(job).status == 200


def test_a_result_is_deleted_by_the_clock(raw, clock):
    job = raw.job()
    link = raw.poll(job)["link"]
    clock.now += 86_400
    assert raw("GET", link).status == 410
    assert "link" not in raw.poll(job)


def test_a_link_that_expires_early_is_renewed_and_a_deleted_result_is_not(raw, service):
    service.fault("expire")
    service.fault("gone", prompt="cat")
    job = raw.job()
    assert [raw.fetch(job).status for _ in range(2)] == [410, 200]
    gone = raw.job("A cat.", key="k2")
    link = raw.poll(gone)["link"]
    assert [raw("GET", link).status for _ in range(2)] == [410, 410]
    assert "link" not in raw.poll(gone)


def test_a_download_is_spoilt_in_every_way(raw, service, tmp_path):
    job = raw.job()
    whole = raw.fetch(job).body
    service.fault("truncated")
    assert raw.fetch(job).body == whole[: len(whole) // 2]
    service.fault("empty")
    assert raw.fetch(job).body == b""
    service.fault("cut-off")
    with pytest.raises(http.client.IncompleteRead) as broken:
        raw.fetch(job)
    assert broken.value.partial == whole[: len(whole) // 2]
    service.fault("html")
    assert raw.fetch(job).body.startswith(b"<!DOCTYPE")
    service.fault("wrong-size")
    assert str(clip(tmp_path, raw.fetch(job).body).size) == "360x640"
    service.fault("wrong-length")
    assert clip(tmp_path, raw.fetch(job).body).seconds == 1.0
    assert raw.fetch(job).body == whole


def test_a_job_is_cancelled_in_time_too_late_or_in_vain(raw, service, clock):
    service.fault("takes", times=FOR_EVER, seconds=4)
    service.fault("cancel-race", nth=2)
    service.fault("too-late", nth=3)
    in_time, in_vain, too_late, done = (raw.job(key=f"k{n}") for n in range(4))
    said = [raw("DELETE", f"/jobs/{job}").status for job in (in_time, in_vain, too_late)]
    assert said == [202, 202, 409]
    clock.now += 4
    assert raw("DELETE", f"/jobs/{done}").status == 409
    states = [raw.poll(job)["state"] for job in (in_time, in_vain, too_late, done)]
    assert states == ["cancelled", "succeeded", "succeeded", "succeeded"]


def test_a_search_says_found_absent_unknowable_or_breaks(raw, service):
    job = raw.job(key="k&1")
    path = "/jobs?key=k%261&queue=a"
    assert [found["id"] for found in raw("GET", path).data["jobs"]] == [job]
    assert raw("GET", path.replace("=a", "=b")).data["jobs"] == []
    assert raw("GET", "/jobs?key=other&queue=a").data["jobs"] == []
    for kind in ("absent", "unknowable", "500"):
        service.fault(kind, at="find")
    assert raw("GET", path).data["jobs"] == []
    assert [raw("GET", path).status for _ in range(3)] == [501, 500, 200]
    assert raw("GET", "/jobs?key=k%261&queue=blind").status == 501


def test_a_new_job_is_listed_after_a_while(clock):
    with SimulatedService(Terms(lists_after=5), clock=clock) as service:
        raw = Raw(service.url)
        raw.job()
        assert raw("GET", "/jobs?key=k1&queue=a").data["jobs"] == []
        clock.now += 5
        assert len(raw("GET", "/jobs?key=k1&queue=a").data["jobs"]) == 1


def test_a_service_that_forgets_knows_neither_jobs_nor_uploads_and_still_has_its_bills(
    raw, service
):
    raw("PUT", f"/uploads/{sha256(b'x')}", b"x")
    job = raw.job(first_frame=sha256(b"x"))
    raw("POST", "/forget")
    assert raw("GET", f"/jobs/{job}").status == 404
    assert raw("DELETE", f"/jobs/{job}").status == 404
    assert raw("GET", "/jobs?key=k1&queue=a").data["jobs"] == []
    assert raw.submit(first_frame=sha256(b"x")).status == 400
    assert len(service.bills) == 1


@pytest.mark.parametrize("operation", ["poll", "fetch", "find", "cancel"])
def test_one_job_is_forgotten_at_any_question(raw, service, operation):
    job, other = raw.job(key="k1"), raw.job(key="k2")
    link = raw.poll(job)["link"]
    service.fault("forget", at=operation)
    {
        "poll": lambda: raw("GET", f"/jobs/{job}"),
        "fetch": lambda: raw("GET", link),
        "find": lambda: raw("GET", "/jobs?key=k1&queue=a"),
        "cancel": lambda: raw("DELETE", f"/jobs/{job}"),
    }[operation]()
    assert raw("GET", f"/jobs/{job}").status == 404
    assert raw("GET", f"/jobs/{other}").status == 200


def test_a_service_with_a_key_wants_it_from_everybody():
    with SimulatedService(Terms(key="sesame")) as service:
        raw = Raw(service.url)
        assert raw.submit().status == 401
        assert raw("POST", "/jobs", order(), Authorization="Bearer wrong").status == 401
        assert raw("POST", "/jobs", order(), Authorization="Bearer sesame").status == 202


def test_rules_match_by_prompt_by_number_and_by_queue(raw, service):
    service.fault("500", prompt="cat")
    service.fault("503", nth=3)
    service.fault("429", queue="b")
    assert raw.submit("A dog.").status == 202
    assert raw.submit("A cat.").status == 500
    assert raw.submit("A dog.").status == 503
    assert raw.submit("A dog.", queue="b").status == 429


def test_faults_are_set_over_http_and_taken_back(raw):
    assert raw("POST", "/faults", {"kind": "500", "times": 0}).status == 201
    assert [raw.submit().status for _ in range(3)] == [500] * 3
    assert raw("DELETE", "/faults").status == 200
    assert raw.submit().status == 202
    for wrong in ({"kind": "rain"}, [], {"kind": "fail", "at": "poll"}):
        assert raw("POST", "/faults", wrong).status == 400


def test_a_fault_in_a_prompt_wears_off_whatever_seed_and_queue_come_next(raw):
    prompt = "A dog. sim:refuse sim:500x*/b"
    assert raw.submit(prompt, seed=1).status == 422
    assert raw.submit(prompt, seed=2).status == 202
    assert [raw.submit(prompt, queue="b").status for _ in range(2)] == [500, 500]


def test_a_stopped_service_is_not_there_and_comes_back_with_its_memory(raw, service):
    job = raw.job()
    service.stop()
    with pytest.raises(ConnectionRefusedError):
        raw.submit()
    service.start()
    assert raw.poll(job)["id"] == job


def test_a_port_that_is_taken_is_an_error(service):
    taken = int(service.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        SimulatedService(port=taken).start()


def test_stopping_ends_the_wait_of_a_client_that_hangs(service):
    service.fault("hang", at="find")
    with socket.create_connection(service.url.removeprefix("http://").split(":")) as line:
        line.sendall(b"GET /jobs?key=k HTTP/1.1\r\n\r\n")
        while not service.stats.total.finds:
            time.sleep(0.001)
        service.stop()
        assert line.recv(4096) == b""


def test_every_kind_of_fault_is_tried_in_this_file():
    text = Path(__file__).read_text("utf-8")
    assert [kind for kind in FaultKind if f'"{kind}"' not in text] == []


def test_stopping_does_not_wait_for_a_slow_answer(service):
    service.fault("slow", at="find", seconds=60)
    with socket.create_connection(service.url.removeprefix("http://").split(":")) as line:
        line.sendall(b"GET /jobs?key=k HTTP/1.1\r\n\r\n")
        while not service.stats.total.finds:
            time.sleep(0.001)
        began = time.monotonic()
        service.stop()
        assert line.recv(4096) == b""
        assert time.monotonic() - began < 5
