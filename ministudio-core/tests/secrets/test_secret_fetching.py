"""Values are kept for a while, asked for together, and never used once they are revoked."""

from __future__ import annotations

import threading
import time

import pytest

from ministudio.contracts.secrets import SecretRef
from ministudio.contracts.setting import Setting
from ministudio.errors import (
    ConfigError,
    MissingDependency,
    SecretDenied,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
)
from ministudio.secrets.lazy import LazyBackend
from ministudio.secrets.resolver import Route, SecretResolver, Source


def setting(name, *aliases, secret=True):
    return Setting(name=name, help="A key.", category="Keys", secret=secret, aliases=aliases)


TOKEN = setting("HF_TOKEN", "HUGGINGFACE_TOKEN")
KEY = setting("FAL_KEY")


class Shelf:
    def __init__(self, **values):
        self.values = values
        self.asked = []

    def get(self, ref):
        self.asked.append(ref.path)
        answer = self.values.get(ref.path, SecretNotFound(ref.path))
        if isinstance(answer, BaseException):
            raise answer
        return answer, None


class Batch(Shelf):
    """Answers many questions at once, and counts the calls."""

    calls = 0

    def get_many(self, refs):
        self.calls += 1
        if isinstance(self.values.get("all"), BaseException):
            raise self.values["all"]
        return {ref: (self.values[ref.path], None) for ref in refs if ref.path in self.values}


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def chain(*shelves, **more):
    return SecretResolver([(f"s{n}", shelf) for n, shelf in enumerate(shelves)], **more)


def test_a_value_is_asked_for_anew_after_a_while():
    shelf, clock = Shelf(HF_TOKEN="old"), Clock()
    resolver = chain(shelf, clock=clock)
    resolver.get(TOKEN)
    shelf.values["HF_TOKEN"] = "new"
    clock.now = 299.0
    assert resolver.get(TOKEN).reveal() == "old"
    clock.now = 300.0
    assert resolver.get(TOKEN).reveal() == "new"


def test_fresh_asks_at_once():
    shelf = Shelf(HF_TOKEN="old")
    resolver = chain(shelf)
    resolver.get(TOKEN)
    shelf.values["HF_TOKEN"] = "new"
    assert resolver.get(TOKEN, fresh=True).reveal() == "new"


def test_a_backend_out_of_reach_leaves_the_old_value_for_an_hour_and_says_so():
    shelf, clock, said = Shelf(HF_TOKEN="old"), Clock(), []
    resolver = chain(shelf, clock=clock, notice=said.append)
    resolver.get(TOKEN)
    shelf.values["HF_TOKEN"] = SecretUnavailable("s0 is down")
    clock.now = 3599.0
    assert resolver.get(TOKEN).reveal() == "old"
    assert said == ["s0 is down; HF_TOKEN as it was before is used"]
    clock.now = 3600.0
    with pytest.raises(SecretUnavailable):
        resolver.get(TOKEN)


@pytest.mark.parametrize("kind", [SecretDenied, SecretInvalid, SecretNotFound])
def test_what_is_revoked_is_never_served_again(kind):
    shelf, clock = Shelf(HF_TOKEN="old"), Clock()
    resolver = chain(shelf, clock=clock)
    resolver.get(TOKEN)
    shelf.values["HF_TOKEN"] = kind("no")
    clock.now = 301.0
    with pytest.raises(kind):
        resolver.get(TOKEN)
    shelf.values["HF_TOKEN"] = SecretUnavailable("down")
    with pytest.raises(SecretUnavailable):
        resolver.get(TOKEN)


def test_a_route_is_the_only_place_asked():
    aws, env = Shelf(**{"ministudio/HF": "routed"}), Shelf(HF_TOKEN="environment")
    route = Route(Source("aws", aws), SecretRef(path="ministudio/HF", key="token", version="2"))
    resolver = chain(env, routes={"HUGGINGFACE_TOKEN": route})
    assert resolver.get(TOKEN).reveal() == "routed"
    assert env.asked == []
    assert str(resolver.explain(TOKEN)) == "HF_TOKEN from aws as ministudio/HF"


def test_what_is_not_at_the_end_of_its_route_is_nowhere():
    env = Shelf(HF_TOKEN="environment")
    route = Route(Source("aws", Shelf()), SecretRef(path="a"))
    with pytest.raises(SecretNotFound, match="not where its route says: aws knows no a"):
        chain(env, routes={"HF_TOKEN": route}).get(TOKEN)


def test_what_is_no_secret_is_asked_of_the_plain_chain():
    vault, env = Shelf(REGION="vault"), Shelf(REGION="eu")
    resolver = SecretResolver([("vault", vault)], plain=[("env", env)])
    assert resolver.get(setting("REGION", secret=False)).reveal() == "eu"
    assert vault.asked == []


def test_prefetching_makes_one_call_where_the_backend_can():
    batch = Batch(HF_TOKEN="a", FAL_KEY="b")
    resolver = chain(Shelf(), batch)
    resolver.prefetch([TOKEN, KEY, TOKEN])
    assert (resolver.get(TOKEN).reveal(), resolver.get(KEY).reveal()) == ("a", "b")
    assert (batch.calls, batch.asked) == (1, [])


def test_prefetching_asks_the_next_only_for_what_is_missing():
    first, second = Batch(HF_TOKEN="a"), Shelf(FAL_KEY="b")
    resolver = chain(first, second)
    resolver.prefetch([TOKEN, KEY])
    assert second.asked == ["FAL_KEY"]
    assert resolver.get(KEY).reveal() == "b"
    assert second.asked == ["FAL_KEY"]


def test_what_prefetching_could_not_have_is_told_when_it_is_asked_for_and_not_asked_for_twice():
    batch, clock = Batch(all=SecretUnavailable("down")), Clock()
    resolver = chain(batch, clock=clock)
    resolver.prefetch([TOKEN, KEY])
    for one in (TOKEN, KEY):
        with pytest.raises(SecretUnavailable, match="down"):
            resolver.get(one)
    assert (batch.calls, batch.asked) == (1, [])
    del batch.values["all"]
    batch.values["HF_TOKEN"] = "a"
    assert resolver.get(TOKEN).reveal() == "a"


def test_one_refusal_in_a_batch_refuses_nothing_else():
    batch = Batch(all=SecretDenied("no"), HF_TOKEN="a", FAL_KEY=SecretDenied("not FAL_KEY"))
    resolver = chain(batch)
    resolver.prefetch([TOKEN, KEY])
    assert resolver.get(TOKEN).reveal() == "a"
    with pytest.raises(SecretDenied, match="not FAL_KEY"):
        resolver.get(KEY)


def test_an_alias_in_a_batch_counts_and_a_missing_secret_is_named():
    resolver = chain(Batch(HUGGINGFACE_TOKEN="a"))
    resolver.prefetch([TOKEN, KEY])
    assert resolver.get(TOKEN).reveal() == "a"
    with pytest.raises(SecretNotFound, match="FAL_KEY is not set; asked: s0"):
        resolver.get(KEY)


@pytest.mark.parametrize("answers", [None, "canary", ["canary"], {"odd": "canary"}])
def test_nonsense_in_a_batch_is_unavailable_or_missing_and_not_told(answers):
    shelf = Batch()
    shelf.get_many = lambda _: answers
    resolver = chain(shelf)
    resolver.prefetch([TOKEN])
    with pytest.raises((SecretUnavailable, SecretNotFound)) as caught:
        resolver.get(TOKEN)
    assert "canary" not in str(caught.value)


def test_prefetching_with_nobody_to_ask_is_not_found_later():
    resolver = chain()
    resolver.prefetch([TOKEN])
    with pytest.raises(SecretNotFound, match="asked: nobody"):
        resolver.get(TOKEN)


def test_a_slow_backend_is_asked_for_eight_at_a_time():
    most, now, lock = 0, 0, threading.Lock()

    class Slow:
        def get(self, ref):
            nonlocal most, now
            with lock:
                now += 1
                most = max(most, now)
            time.sleep(0.02)
            with lock:
                now -= 1
            return "value", None

    resolver = chain(Slow())
    resolver.prefetch([setting(f"KEY_{n}") for n in range(24)])
    assert most == 8


def test_one_name_in_flight_does_not_hold_up_another():
    inside, go_on = threading.Event(), threading.Event()

    class Slow(Shelf):
        def get(self, ref):
            if ref.path == "FAL_KEY":
                inside.set()
                go_on.wait(5)
            return super().get(ref)

    resolver = chain(Slow(FAL_KEY="b", HF_TOKEN="a"))
    thread = threading.Thread(target=resolver.get, args=[KEY])
    thread.start()
    inside.wait(5)
    assert resolver.get(TOKEN).reveal() == "a"
    go_on.set()
    thread.join()


def test_a_backend_is_made_when_it_is_first_asked_and_once():
    made = []

    def make():
        made.append(1)
        return Shelf(HF_TOKEN="a")

    resolver = chain(Shelf(FAL_KEY="b"), LazyBackend("s1", make))
    resolver.get(KEY)
    assert made == []
    resolver.get(TOKEN)
    resolver.get(TOKEN, fresh=True)
    assert made == [1]


def test_a_backend_without_its_own_credentials_is_no_not_found():
    def make():
        raise SecretNotFound("DOPPLER_TOKEN is not set", hint="set it")

    below = Shelf(HF_TOKEN="older")
    with pytest.raises(
        SecretUnavailable, match="'doppler' cannot be asked: DOPPLER_TOKEN"
    ) as caught:
        chain(LazyBackend("doppler", make), below).get(TOKEN)
    assert caught.value.hint == "set it"
    assert below.asked == []


def test_a_backend_whose_sdk_is_missing_says_what_to_install():
    def make():
        raise MissingDependency("boto3 is not installed", plugin="aws", hint="pip install it")

    for prefetched in (False, True):
        resolver = chain(LazyBackend("aws", make))
        if prefetched:
            resolver.prefetch([TOKEN])
        with pytest.raises(MissingDependency):
            resolver.get(TOKEN)


def test_who_may_not_answer_is_refused():
    def check(setting, source):
        raise ConfigError(f"{setting.name} may not come from {source}")

    resolver = chain(Shelf(HF_TOKEN="a"), check=check)
    with pytest.raises(ConfigError, match="HF_TOKEN may not come from s0"):
        resolver.get(TOKEN)
    with pytest.raises(ConfigError):
        resolver.explain(TOKEN)
    resolver.prefetch([TOKEN])
    with pytest.raises(ConfigError):
        resolver.get(TOKEN)
