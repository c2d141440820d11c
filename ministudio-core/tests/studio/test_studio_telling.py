"""Everybody who listens hears the same events, without secrets."""

from __future__ import annotations

import logging

from ministudio.contracts.events import Event, EventKind
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.registry import Registry
from ministudio.studio.studio import Studio
from ministudio.studio.telling import LEVELS, teller
from ministudio.values.secret import Secret


def studio(folder) -> Studio:
    made = Studio(folder, registry=Registry(PluginPolicy()), environ={})
    made.redactor.register(Secret("open sesame", name="KEY"))
    return made


def test_every_kind_of_event_has_a_level():
    assert set(LEVELS) == set(EventKind)


def test_message_and_data_reach_listener_and_log_with_secrets_masked(tmp_path, caplog):
    heard = []
    tell = teller(studio(tmp_path), heard.append)
    data = {"why": ["open sesame", {"open sesame": 3}]}
    event = Event(kind=EventKind.NOTICE, at=1.0, message="it said open sesame", data=data)
    with caplog.at_level(logging.INFO, logger="ministudio"):
        tell(event)
    (safe,) = heard
    assert safe.message == "it said [secret:KEY]"
    assert safe.data == {"why": ["[secret:KEY]", {"[secret:KEY]": 3}]}
    (record,) = caplog.records
    assert (record.event, record.levelno) == (safe, logging.WARNING)


def test_without_logging_set_up_nothing_is_printed(tmp_path, capsys):
    teller(studio(tmp_path), lambda event: None)(
        Event(kind=EventKind.SHOT_FAILED, at=1.0, message="no key")
    )
    assert capsys.readouterr() == ("", "")
