"""Everybody hears every event, also when one listener fails."""

from __future__ import annotations

import logging

import pytest

from qntx_desktop.app.fanout import Fanout
from qntx_desktop.model.events import Event, StoreChangedElsewhere


def test_a_failing_listener_does_not_silence_the_others(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Event] = []

    def fails(_event: Event) -> None:
        raise ValueError("deaf")

    fanout = Fanout()
    for listener in (heard.append, fails, heard.append):
        fanout.add(listener)
    with caplog.at_level(logging.ERROR):
        fanout(StoreChangedElsewhere())
    assert len(heard) == 2
    assert "StoreChangedElsewhere" in caplog.text
