"""The pieces below the host: versions, payloads, times, logs, places, announcements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.engines.plugins import places
from qntx_desktop.engines.plugins.eras import Spelling
from qntx_desktop.model.errors import ErrInvalidAttestation, ErrInvalidPlugin
from qntx_desktop.model.plugin import ConfigField, Era, check_config, name_of_program, split_type
from qntx_desktop.model.semver import meets
from qntx_desktop.services import plugin_log
from qntx_desktop.services.plugin_log import PluginLog, log_path, read_log
from qntx_desktop.services.plugin_payload import payload_bytes, payload_of


@pytest.mark.parametrize(
    ("constraint", "fits"),
    [
        ("", True),
        ("*", True),
        (">=0.1", True),
        (">= 0.1.0, < 1", True),
        ("^0.1", True),
        ("^0.1.5", False),
        ("^0.0.3", False),
        ("^1", False),
        ("~0.1.0", True),
        ("0.1.x", True),
        ("0.2.x", False),
        ("=0.1.2", True),
        ("!=0.1.2", False),
        (">0.1", False),
        ("<=0.1", True),
        ("0.1.0 - 0.2.0", True),
        (">=99 || 0.1", True),
        ("v0.1.2", True),
        (">=0.1.0-alpha", True),
        (">=1 <2", False),
    ],
)
def test_versions_meet_constraints(constraint: str, fits: bool) -> None:
    assert meets("0.1.2", constraint) is fits


@pytest.mark.parametrize("constraint", ["what is this", ">=", "1.2.3.4.5", "||", "=>1"])
def test_a_constraint_that_cannot_be_read_says_so(constraint: str) -> None:
    with pytest.raises(ValueError):
        meets("0.1.2", constraint)


@given(st.binary(max_size=200))
def test_bytes_come_back_as_they_were(data: bytes) -> None:
    assert payload_bytes(payload_of(data)) == (data or b"{}")


@pytest.mark.parametrize("data", [b'{"a":1}', b'{ "a": 1 }', b"[1]", b"\xff", b"plain", b"\0", b'{"$text":"x"}'])
def test_bytes_of_every_kind_come_back_as_they_were(data: bytes) -> None:
    assert payload_bytes(payload_of(data)) == data


def test_times_are_read_in_the_era_that_is_known() -> None:
    seen: list[Era] = []
    spelling = Spelling(Era.AUTO, None, seen.append)
    assert spelling.read_time_us(1_700_000_000) == 1_700_000_000_000_000, "nobody means January 1970"
    assert spelling.read_time_us(31_536_000_000) == 31_536_000_000_000, "milliseconds of 1971"
    assert spelling.read_attributes(b'{"a": 1}') == {"a": 1}
    assert (seen, spelling.write_time(1_700_000_000_999_999)) == ([Era.LEGACY], 1_700_000_000)
    assert spelling.write_attributes({"a": 1}) == b'{"a": 1}'
    again = Spelling(Era.CURRENT, Era.LEGACY, seen.append)
    assert again.read_time_us(1_700_000_000) == 1_700_000_000_000, "pinned"
    assert again.read_attributes(again.write_attributes({"a": {"b": [1, 2.5, None, "x", True]}})) == {
        "a": {"b": [1, 2.5, None, "x", True]}
    }


@pytest.mark.parametrize("data", [b"{", b"{]", b'{"a": NaN}', b"\xff\xff\xff", b"{" + b'"a":{' * 5_000])
def test_attributes_that_make_no_sense_are_refused(data: bytes) -> None:
    with pytest.raises(ErrInvalidAttestation):
        Spelling(Era.AUTO, None, lambda _era: None).read_attributes(data)


def test_a_log_keeps_the_newest_lines_and_makes_room(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(plugin_log, "FILE_BYTES", 20_000)
    told: list[int] = []
    log = PluginLog("weather", log_path(tmp_path, "weather"), lambda: told.append(1))
    for number in range(500):
        log.add("stderr", f"line {number} of many")
    log.add("stdout", '{"level": "ERROR", "msg": "x"}')
    assert not log.settle()
    assert len(told) == 1
    assert [line.seq for line in log.lines()] == list(range(302, 502))
    assert [line.text for line in log.lines(500)] == ['{"level": "ERROR", "msg": "x"}']
    log.close()
    kept = read_log(tmp_path, "weather", 100)
    assert [line.text for line in kept[:-1]] == [f"line {number} of many" for number in range(401, 500)]
    assert (kept[-1].level, kept[0].level, kept[0].stream) == ("error", "warning", "stderr")
    assert sum(each.stat().st_size for each in tmp_path.iterdir()) < 45_000


def test_programs_are_found_by_name_in_the_folder_and_along_the_path(tmp_path: Path, monkeypatch: Any) -> None:
    folder, elsewhere = tmp_path / "plugins", tmp_path / "bin"
    for path in (folder / "qntx-rain-plugin", folder / "snow" / "qntx-snow", elsewhere / "qntx-hail-plugin"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
    (folder / "notes.txt").write_text("x")
    monkeypatch.setenv("PATH", str(elsewhere))
    assert set(places.programs_in(folder)) == {"rain", "snow"}
    assert places.find_program("rain", folder) == folder / "qntx-rain-plugin"
    assert places.find_program("snow", folder) == folder / "snow" / "qntx-snow"
    assert places.find_program("hail", folder) == elsewhere / "qntx-hail-plugin"
    for wrong in ("sleet", str(folder / "notes.txt"), str(folder / "nothing")):
        with pytest.raises(ErrInvalidPlugin):
            places.find_program(wrong, folder)
    assert name_of_program("/x/qntx-Big_thing-plugin.py") == "big_thing"


def test_job_types_of_plugins_are_told_from_those_of_the_app() -> None:
    assert split_type("weather/ix.weather") == ("weather", "ix.weather")
    for other in ("python.script", "a/b/c", "/b", "a/", "../x", "A/b", "a/ b"):
        assert split_type(other) is None


def test_settings_are_held_against_what_is_declared() -> None:
    fields = (
        ConfigField(name="n", type="number", minimum=1, maximum=3),
        ConfigField(name="on", type="boolean"),
        ConfigField(name="city", pattern="^[A-Z]"),
    )
    check_config("w", fields, {"n": "2.5", "on": "true", "city": "Oslo", "other": "x"})
    check_config("w", fields, {"city": "secret:town"})
    for wrong in ({"n": "x"}, {"n": "4"}, {"n": "nan"}, {"on": "yes"}, {"city": "oslo"}):
        with pytest.raises(ErrInvalidPlugin) as caught:
            check_config("w", fields, wrong)
        assert caught.value.details["field"] in wrong


def test_a_channel_closed_by_the_host_is_an_end_of_the_plugin() -> None:
    """The host may see the end of the process before the call does, and closes the channel of the start."""
    from qntx_desktop.engines.plugins.client import CallError, PluginClient
    from qntx_desktop.services.jobs.plugin_job import _reason

    client = PluginClient(1)
    client.close()
    with pytest.raises(CallError) as refused:
        client.health(1.0)
    assert refused.value.kind == "unavailable"
    for kind in ("unavailable", "cancelled"):
        assert "ended or broke the connection" in _reason(kind, "Channel closed!")
