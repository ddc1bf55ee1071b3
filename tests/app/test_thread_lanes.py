"""Lanes of plain threads: as wide as said, independent of each other, closed for good."""

from __future__ import annotations

import threading

import pytest

from qntx_desktop.app.thread_lanes import ThreadLanes
from qntx_desktop.services.ports import MOST_WORKERS, Lane, lane_widths


def test_a_full_lane_does_not_hold_up_another() -> None:
    lanes = ThreadLanes({"slow": 1, "quick": 1})
    go, done = threading.Event(), threading.Event()
    lanes.submit("slow", lambda: go.wait(30) and None)
    assert (lanes.width("slow"), lanes.width("absent")) == (1, 0)
    lanes.submit("quick", done.set)
    assert done.wait(30)
    go.set()
    lanes.close()


def test_a_closed_lane_refuses() -> None:
    lanes = ThreadLanes({"one": 1})
    lanes.close()
    lanes.close()
    with pytest.raises(RuntimeError):
        lanes.submit("one", lambda: None)


def test_a_width_can_be_changed_within_bounds() -> None:
    lanes = ThreadLanes({"one": 1})
    for asked, given in ((3, 3), (0, 1), (1_000, MOST_WORKERS)):
        lanes.resize("one", asked)
        assert lanes.width("one") == given
    lanes.close()


def test_every_lane_has_room() -> None:
    widths = lane_widths()
    assert set(widths) == set(Lane)
    assert all(width >= 1 for width in widths.values())
