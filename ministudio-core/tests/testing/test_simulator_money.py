"""What the service counts and bills, and what it remembers over a restart."""

from __future__ import annotations

import json

import pytest
from simulator_kit import Raw

from ministudio.testing.simulator import Fault, SimulatedService, Stats, Terms


@pytest.fixture
def under(clock):
    """Starts a service under given terms."""
    running = []

    def start(**terms):
        service = SimulatedService(Terms(**terms), clock=clock)
        service.start()
        running.append(service)
        return service, Raw(service.url)

    yield start
    for service in running:
        service.stop()


def test_everything_is_counted_in_all_by_key_and_by_content(raw, service):
    first, second = raw.job("A dog.", "k1"), raw.job("A dog.", "k2")
    other = raw.job("A cat.", "k3")
    for job in (first, second, other):
        raw.fetch(job)
    raw("GET", "/jobs?key=k1&queue=a")
    raw("DELETE", f"/jobs/{first}")
    stats = service.stats
    total = stats.total
    assert (total.submits, total.accepted, total.polls, total.fetches) == (3, 3, 3, 3)
    assert (total.finds, total.cancels, total.bills) == (1, 1, 3)
    assert {key: counts.bills for key, counts in stats.by_key.items()} == {
        "k1": 1,
        "k2": 1,
        "k3": 1,
    }
    assert sorted(stats.bills_by_content.values()) == [1, 2]
    assert stats.micros == 3 * 50_000


def test_a_bill_says_what_it_is_for(raw, service):
    job = raw.job("A dog.", "k9", queue="b", seconds=2.5)
    [bill] = service.bills
    assert (bill.job, bill.key, bill.queue) == (job, "k9", "b")
    assert (bill.prompt, bill.micros) == ("A dog.", 250_000)


def test_the_same_stats_are_had_over_http(raw, service):
    raw.fetch(raw.job())
    assert Stats.from_json(raw("GET", "/stats").data) == service.stats


def test_the_same_picture_from_two_queues_is_one_content(raw, service):
    raw.job(key="k1", queue="a")
    raw.job(key="k2", queue="b")
    assert list(service.stats.bills_by_content.values()) == [2]


@pytest.mark.parametrize(("bills", "while_running"), [("accepted", 1), ("succeeded", 0)])
def test_a_job_is_billed_when_it_is_accepted_or_when_it_has_succeeded(
    under, clock, bills, while_running
):
    service, raw = under(takes=4, bills=bills)
    raw.job()
    assert len(service.bills) == while_running
    clock.now += 4
    assert len(service.bills) == 1


@pytest.mark.parametrize("charges", [True, False])
def test_refusals_and_failures_are_billed_or_not(under, charges):
    service, raw = under(charges_refusals=charges, charges_failures=charges)
    raw.submit("sim:refuse")
    raw.job("sim:refuse-late")
    raw.job("sim:fail")
    assert len(service.bills) == 3 * charges
    raw.submit("sim:refuse+charged")
    raw.job("sim:fail+charged")
    raw.job("sim:fail+free")
    raw.submit("sim:refuse+free")
    assert len(service.bills) == 3 * charges + 2


@pytest.mark.parametrize(("refunds", "bills"), [(True, 0), (False, 1)])
def test_a_cancelled_job_is_refunded_or_not(under, refunds, bills):
    service, raw = under(takes=4, refunds_cancels=refunds)
    job = raw.job()
    assert len(service.bills) == 1
    raw("DELETE", f"/jobs/{job}")
    assert len(service.bills) == bills
    assert raw.poll(job)["charged"] is bool(bills)


@pytest.mark.parametrize(("terms", "queue"), [({"idempotent": True}, "a"), ({}, "idempotent")])
def test_where_keys_count_a_second_submit_is_the_first_job(under, terms, queue):
    service, raw = under(**terms)
    jobs = {raw.job(key="k1", queue=queue) for _ in range(3)}
    assert len(jobs) == 1
    assert raw.job(key="k2", queue=queue) not in jobs
    assert (service.stats.total.submits, len(service.bills)) == (4, 2)


def test_elsewhere_a_second_submit_is_a_second_job_and_paid_for(raw, service):
    assert raw.job(key="k1") != raw.job(key="k1")
    assert service.stats.by_key["k1"].bills == 2


def test_without_a_key_every_submit_is_a_job_of_its_own(under):
    service, raw = under(idempotent=True)
    assert raw.job(key="") != raw.job(key="")
    assert len(service.bills) == 2


def test_a_restart_remembers_what_was_written_down(under, tmp_path, clock):
    service, raw = under(takes=4)
    state = tmp_path / "state.json"
    job = raw.job("sim:fail", "k1")
    done = raw.job("A dog.", "k2")
    raw.submit("sim:refuse+charged", "k3")
    cancelled = raw.job("A cat.", "k4")
    raw("DELETE", f"/jobs/{cancelled}")
    service.save(state)
    assert json.loads(state.read_text())["jobs"]
    other, again = under(takes=4, key=None)
    other.load(state)
    assert other.stats == service.stats
    clock.now += 4
    assert again.poll(job)["error"] == raw.poll(job)["error"]
    assert again.poll(cancelled)["state"] == "cancelled"
    assert again.fetch(done).body == raw.fetch(done).body
    assert again.job("A bird.", "k5") not in {job, done, cancelled}


def test_no_memory_is_an_empty_one(service, tmp_path):
    service.load(tmp_path / "nothing.json")
    assert service.stats.total.submits == 0


def test_a_state_file_holds_no_key(tmp_path):
    with SimulatedService(Terms(key="sesame")) as service:
        Raw(service.url)("POST", "/jobs", b"{}", Authorization="Bearer sesame")
        service.save(tmp_path / "state.json")
    assert "sesame" not in (tmp_path / "state.json").read_text()
    assert "sesame" not in repr(Terms(key="sesame"))


def test_a_fault_is_given_whole_or_by_its_kind(raw, service):
    assert service.fault(Fault("500", 2)) == Fault("500", 2)
    assert service.fault("429", seconds=1, nth=3) == Fault("429", seconds=1, nth=3)
    service.be_good()
    assert raw.submit().status == 202
