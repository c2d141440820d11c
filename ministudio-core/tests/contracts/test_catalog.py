"""Reading model cards from TOML: exactly, or with every fault at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.contracts.cards import Capability, DurationRange, FrameRule, PromptUnit, Support
from ministudio.contracts.catalog import cards_beside, cards_from, load_cards
from ministudio.errors import ConfigError
from ministudio.values.frames import AspectRatio, Resolution
from ministudio.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
[models."veo-9"]
title = "Veo 9"
aliases = ["veo-latest"]
durations = [4, 6, 8]
resolutions = ["720p", "1080p"]
aspect_ratios = ["16:9", "9:16"]
fps = [24]
capabilities = { text = "full", references = "partial", seed = "none" }
max_references = 3
frames = { multiple = 8, offset = 1, size = 16 }
dialect = "prose"
prompt = { size = 1024, unit = "tokens", characters_per_token = 3.5 }
retired_on = 2027-01-31
replaced_by = "veo-10"
licence = "terms of the service"
source = "https://example.com/veo"

[[models."veo-9".prices]]
per_second = "0.40"
per_clip = "0.000001"
currency = "EUR"
resolution = "1080p"
audio = true
as_of = 2026-11-01
source = "https://example.com/prices"

[models.plain]
durations = { low = 1, high = 5, step = 0.5 }
free = true
"""


def faults(toml: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_cards(toml, "m.toml")
    return str(caught.value).splitlines()


def test_every_field_is_read_and_the_first_model_stays_first() -> None:
    veo, plain = load_cards(WHOLE)
    assert (veo.id, veo.title, veo.aliases) == ("veo-9", "Veo 9", ("veo-latest",))
    assert veo.durations == (4.0, 6.0, 8.0)
    assert veo.resolutions == (Resolution.P720, Resolution.P1080)
    assert veo.aspect_ratios == (AspectRatio.WIDE, AspectRatio.TALL)
    assert veo.fps == (24,)
    assert veo.support(Capability.REFERENCES) is Support.PARTIAL
    assert veo.support(Capability.AUDIO) is Support.UNKNOWN
    assert veo.max_references == 3
    assert veo.frames == FrameRule(multiple=8, offset=1, size=16)
    assert veo.prompt is not None
    assert (veo.prompt.size, veo.prompt.unit) == (1024, PromptUnit.TOKENS)
    assert veo.retired_on == dt.date(2027, 1, 31)
    assert veo.replaced_by == "veo-10"
    (row,) = veo.prices
    assert row.per_second == Money(400_000, "EUR")
    assert row.per_clip == Money(1, "EUR")
    assert (row.resolution, row.audio) == (Resolution.P1080, True)
    assert plain.durations == DurationRange(1, 5, 0.5)
    assert (plain.title, plain.free, plain.prices) == ("plain", True, ())


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 999_999_999), st.integers(0, 999_999))
def test_prices_are_exact_to_the_millionth(whole: int, millionths: int) -> None:
    (card,) = cards_from(
        {
            "m": {
                "prices": [
                    {
                        "per_second": f"{whole}.{millionths:06}",
                        "as_of": dt.date(2026, 1, 1),
                        "source": "s",
                    }
                ]
            }
        },
        "m.toml",
    )
    assert card.prices[0].per_second.micros == whole * 1_000_000 + millionths


ONE_FAULT = {
    'titel = "x"': "a: unknown key 'titel'; did you mean 'title'?",
    "title = 3": "a: title: must be a text, not 3",
    'title = " "': "a: title: must be a text, not ' '",
    'aliases = "b"': "a: aliases: must be a list, not 'b'",
    "aliases = [1]": "a: aliases[0]: must be a text, not 1",
    "durations = []": "a: durations: must not be empty; leave it out instead",
    "durations = [4, 0]": "a: durations[1]: must be a number above 0, not 0",
    "durations = [nan]": "a: durations[0]: must be a number above 0, not nan",
    "durations = [inf]": "a: durations[0]: must be a number above 0, not inf",
    "durations = [true]": "a: durations[0]: must be a number above 0, not True",
    "durations = { low = 1 }": "a: durations: the key 'high' is missing",
    "durations = { low = 5, high = 1 }": "a: durations: low is above high: 5 and 1",
    "durations = { low = 1, high = 2, stp = 1 }": "unknown key 'stp'; did you mean 'step'?",
    "durations = { low = 1, high = 2, step = -1 }": "durations: step: must be a number from 0",
    'resolutions = ["4k"]': "a: resolutions[0]: is not known: '4k'",
    'resolutions = ["1080"]': "did you mean '1080p'?",
    'aspect_ratios = ["16x9"]': "a: aspect_ratios[0]: is not known",
    "fps = 24": "a: fps: must be a list, not 24",
    "fps = [23.976]": "a: fps[0]: must be a whole number from 1 to 240",
    'capabilities = { sound = "full" }': "a: capabilities: unknown key 'sound'",
    'capabilities = { audio = "yes" }': "a: capabilities: audio: is not known: 'yes'",
    "capabilities = true": "a: capabilities: must be a table, not True",
    'capabilities = { references = "full" }': "say how many with max_references",
    "max_references = -1": "a: max_references: must be a whole number from 0",
    "frames = { multiple = 0 }": "a: frames: multiple: must be a whole number from 1",
    'prompt = { unit = "tokens" }': "a: prompt: the key 'size' is missing",
    'prompt = { size = 9, unit = "letters" }': "a: prompt: unit: is not known: 'letters'",
    "prices = 0.4": "a: prices: must be a list, not 0.4",
    "prices = [0.4]": "a: prices[0]: must be a table, not 0.4",
    "prices = [{ per_second = 0.4 }]": "per_second: must be an amount in quotes",
    'prices = [{ per_second = "0.0000001" }]': "at most six decimals",
    'prices = [{ per_second = "-1" }]': "must be an amount in quotes",
    'prices = [{ per_second = "1e3" }]': "must be an amount in quotes",
    'prices = [{ per_second = "1", as_of = 2026-01-01 }]': "prices[0]: the key 'source' is missing",
    'prices = [{ currency = "usd" }]': "currency: must be three capitals",
    'prices = [{ as_of = "2026-01-01" }]': "must be a date without quotes",
    "retired_on = 2026-01-01T00:00:00": "a: retired_on: must be a date",
    "free = 1": "a: free: must be true or false, not 1",
    'extends = "b"': "a: extends: no model 'b'",
    'extends = "a"': "a: extends: goes round in a circle: a -> a",
}


@pytest.mark.parametrize("line", ONE_FAULT)
def test_a_fault_is_named_with_its_file_model_and_key(line: str) -> None:
    found = faults(f"[models.a]\n{line}\n")
    assert any(ONE_FAULT[line] in fault for fault in found), found
    assert all(fault.startswith("m.toml: a: ") for fault in found)


def test_all_faults_of_all_models_are_said_at_once() -> None:
    toml = "[models.a]\nfps = 1\nfree = 2\n[models.b]\ntitel = 'x'\n[other]\n"
    assert [fault.split(":")[1].strip() for fault in faults(toml)] == [
        "unknown section 'other'; choose one of",
        "a",
        "a",
        "b",
    ]


def test_two_price_rows_for_the_same_clips_are_refused() -> None:
    row = '{ per_second = "1", as_of = 2026-01-01, source = "s" }'
    assert "same resolution and audio" in faults(f"[models.a]\nprices = [{row}, {row}]")[0]


def test_free_and_priced_is_refused() -> None:
    row = '{ per_second = "1", as_of = 2026-01-01, source = "s" }'
    assert "keep one of the two" in faults(f"[models.a]\nfree = true\nprices = [{row}]")[0]


def test_an_alias_may_not_mean_two_models() -> None:
    assert faults('[models.a]\n[models.b]\naliases = ["a"]') == [
        "m.toml: b: the alias 'a' already means 'a'"
    ]


def test_extending_takes_over_all_but_title_aliases_and_retirement() -> None:
    veo, _, mine = load_cards(
        WHOLE + '[models."me/mine"]\nextends = "veo-9"\ncapabilities = { seed = "full" }\n'
    )
    assert mine.durations == veo.durations
    assert mine.prices == veo.prices
    assert mine.support(Capability.SEED) is Support.FULL
    assert mine.support(Capability.REFERENCES) is Support.PARTIAL
    assert (mine.title, mine.aliases, mine.retired_on) == ("me/mine", (), None)


def test_a_card_that_names_its_price_drops_the_inherited_one() -> None:
    *_, mine = load_cards(WHOLE + '[models.mine]\nextends = "veo-9"\nfree = true\n')
    assert (mine.free, mine.prices) == (True, ())


def test_extending_goes_through_several_cards_in_any_order() -> None:
    toml = '[models.a]\nextends = "b"\n[models.b]\nextends = "c"\n[models.c]\nfps = [8]\n'
    assert [card.fps for card in load_cards(toml)] == [(8,), (8,), (8,)]


def test_a_circle_of_cards_is_shown() -> None:
    toml = '[models.a]\nextends = "b"\n[models.b]\nextends = "a"\n'
    assert faults(toml) == ["m.toml: b: extends: goes round in a circle: a -> b -> a"]


def test_a_card_may_extend_a_known_one_and_mend_it_under_its_own_name() -> None:
    known = load_cards(WHOLE)
    (mine,) = load_cards('[models.x]\nextends = "veo-latest"', known=known)
    assert mine.fps == (24,)
    (mended,) = load_cards('[models."veo-9"]\nextends = "veo-9"\nfps = [30]', known=known)
    assert (mended.fps, mended.durations) == ((30,), (4.0, 6.0, 8.0))
    (veo,) = (card for card in known if card.id == "veo-9")
    assert mended == attrs.evolve(veo, fps=(30,))


def test_what_is_no_toml_is_said_with_its_line() -> None:
    assert (
        "at line 2" in faults("[models.a]\nfps = [\n")[0] or "end of document" in faults("x = [")[0]
    )


def test_a_file_is_read_by_path_and_a_missing_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "models.toml"
    with pytest.raises(ConfigError, match="cannot be read"):
        load_cards(path)
    path.write_text("[models.a]\nfree = true\n", encoding="utf-8")
    assert load_cards(path)[0].id == "a"
    assert cards_beside(str(tmp_path / "__init__.py"))[0].id == "a"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="is no TOML"):
        load_cards(path)


def test_models_that_are_no_table_are_refused() -> None:
    assert faults("models = 3") == ["m.toml: must be a table, not 3"]


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["extends", "durations", "prices", "low", "per_second", "fps", "a"])
                | st.text(max_size=5),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_the_tables_hold_it_is_cards_or_one_error(data: object) -> None:
    tables = {"a": data, "b": {"extends": "a"}}
    try:
        message = f"m.toml: {len(cards_from(tables, 'm.toml'))} cards"
    except ConfigError as error:
        message = str(error)
    assert all(line.startswith("m.toml: ") for line in message.split("\n"))
