"""A plugin breaks at every call: its jobs end with its name, others go on, nothing is left of it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

SHORT = {"ask_s": 0.3, "ready_s": 1.5, "port_s": 0.0, "initialize_s": 0.5, "health_s": 0.5, "shutdown_s": 0.3}


def quick(stage: Any, **changed: float) -> Any:
    return replace(stage.patient, **changed)


def test_plugins_that_break_at_their_start_are_tried_again_later(stage: Any) -> None:
    said = {
        "a": ("Start=exit", "ended at its start with exit code 7"),
        "b": ("Metadata=crash", "ended at its start by signal 9"),
        "c": ("Initialize=error", "Initialize is broken"),
        "d": ("Initialize=garbage", "Initialize"),
    }
    for name, (switch, _) in said.items():
        stage.add(name, switch)
    stage.start(quick(stage, backoff_s=600.0, most_backoff_s=600.0))
    for name, (_, words) in said.items():
        plugin = stage.stands(name, "restarting")
        assert words in plugin.error["message"]
        assert f"'{name}'" in plugin.error["message"]
        assert plugin.live.restart_at_us > plugin.changed_at_us


def test_plugins_that_can_never_run_are_not_tried_again(stage: Any) -> None:
    stage.add("a", "Metadata=name")
    stage.add("b", "Metadata=version")
    stage.add("c", "Metadata=version")
    stage.services.plugins.set_up("c", any_version=True)
    broken = stage.program("d")
    broken.write_text("#!/nowhere/at/all\n")
    stage.services.plugins.add(str(broken))
    stage.start(quick(stage, port_s=0.0))
    assert "calls itself 'impostor'" in stage.stands("a", "failed").error["message"]
    assert "asks for a host >=99" in stage.stands("b", "failed").error["message"]
    assert "No such file" in stage.stands("d", "failed").error["message"]
    assert stage.stands("c", "ready").live.pid
    assert [stage.services.plugins.get(name).live.pid for name in "abd"] == [None] * 3


def test_plugins_that_hang_at_their_start_are_ended(stage: Any) -> None:
    switches = {"a": "Start=silent", "b": "Metadata=hang", "c": "Initialize=hang"}
    for name, switch in switches.items():
        stage.add(name, switch)
    stage.start(quick(stage, **SHORT, backoff_s=600.0, most_backoff_s=600.0))
    for name in switches:
        assert stage.stands(name, "restarting").error["code"] == "plugin_unavailable"


def test_what_is_odd_but_harmless_does_not_keep_a_plugin_from_running(stage: Any) -> None:
    first = ("ConfigSchema=garbage", "Initialize=many", "Metadata=constraint", "Health=unimplemented")
    switches = {
        "a": (*first, "Start=noise"),
        "b": ("ConfigSchema=unimplemented", "Start=port"),
        "c": ("ConfigSchema=error", "Start=squatter"),
        "d": ("Start=flood",),
        "e": ("Initialize=empty",),
    }
    for name, chosen in switches.items():
        stage.add(name, *chosen)
    stage.start(quick(stage, health_every_s=0.05))
    for name in "abcd":
        assert stage.run(f"{name}/report").status == "completed"
    odd = stage.stands("a", "ready")
    assert len(odd.handlers) == 64
    for word in ("bad name", "settings", "version"):
        assert any(word in each for each in odd.announced.problems), word
    lines = stage.services.plugins.logs("a")
    assert next(line.text for line in lines if line.text.startswith("noise")) == "noise 0 \x1b[31m"
    assert [line.level for line in lines if "as json" in line.text] == ["error"]
    assert stage.stands("e", "ready").handlers == ()
    assert stage.waits(stage.ask("e/report")).waiting_code == "no_handler_for_type"
    assert len(stage.services.plugins.live_lines("d")) == 200


def test_jobs_end_with_the_name_of_the_plugin_that_broke_and_others_live(stage: Any) -> None:
    said = {
        "a": ("ExecuteJob=crash", "plugin_failed", "ended or broke the connection"),
        "b": ("ExecuteJob=error", "plugin_failed", "ExecuteJob is broken"),
        "c": ("ExecuteJob=garbage", "plugin_failed", "did not answer well"),
        "d": ("ExecuteJob=unimplemented", "plugin_failed", "does not run jobs"),
        "e": ("ExecuteJob=huge", "plugin_failed", "too large"),
        "f": ("ExecuteJob=refuse", "plugin_failed", "no rain today"),
    }
    for name, (switch, _, _) in said.items():
        stage.add(name, switch)
    stage.add("well")
    stage.start()
    jobs = {name: stage.ask(f"{name}/report") for name in said}
    assert stage.run("well/report").status == "completed"
    for name, (_, code, words) in said.items():
        job = stage.ended(jobs[name])
        assert (name, job.status, job.error["code"]) == (name, "failed", code)
        assert words in job.error["message"]
        assert job.error["details"]["plugin"] == name


def test_a_job_that_hangs_ends_with_its_time_and_holds_up_nobody(stage: Any) -> None:
    stage.add("weather", "ExecuteJob=hang")
    stage.add("other")
    stage.start()
    stage.stands("weather", "ready")
    jobs = [stage.ask("weather/report") for _ in range(6)]
    stage.running(jobs[0])
    stage.stands("other", "ready")
    assert stage.run("other/report").status == "completed"
    for each in jobs:
        stage.services.runner.cancel(each.id)  # none of them can end by itself before its 600 s are over
        assert stage.ended(each).status == "cancelled"
    stage.services.options.set("plugins.job_timeout_s", 1)
    job = stage.run("weather/report")
    assert (job.status, job.error["code"]) == ("failed", "plugin_timeout")
    assert "'weather' did not end report within 1 s" in job.error["message"]


def test_a_flood_of_log_lines_is_bounded(stage: Any) -> None:
    stage.add("weather", "ExecuteJob=flood")
    stage.start()
    job = stage.run("weather/report")
    assert job.status == "completed"
    lines = stage.services.queue.logs(stage.services.queue.execution_of(job.id).id, limit=10_000)
    assert len(lines) == 2_001
    assert max(len(line.message) for line in lines) == 4_000
    assert "3,000 more lines" in lines[-1].message


def test_plugins_that_fall_ill_or_die_are_started_anew_and_go_on(stage: Any) -> None:
    stage.add("ill", "Health=ill")
    stage.add("well")
    stage.start(quick(stage, health_every_s=0.05))
    first = stage.stands("well", "ready")
    os.kill(first.live.pid, 9)
    stage.until(lambda: stage.services.plugins.get("well").live.restarts)
    second = stage.stands("well", "ready")
    assert second.live.pid != first.live.pid
    assert stage.run("well/report").status == "completed"
    ill = stage.until(lambda: _troubled(stage, "ill"))
    assert "two checks of its health: as told" in ill.error["message"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_nothing_is_left_of_plugins(stage: Any) -> None:
    for name, switch in {"a": "Start=child", "b": "Start=deaf", "c": "Shutdown=hang"}.items():
        stage.add(name, switch)
    stage.start(quick(stage, shutdown_s=0.2, term_s=0.3))
    pids = [stage.stands(name, "ready").live.pid for name in "abc"]
    home_id = stage.services.home.id
    assert set(pids) <= set(marked(home_id))
    assert len(marked(home_id)) > 3 * 2, "each with its guardian, and a child"
    stage.services.close()
    assert marked(home_id) == []


def marked(home_id: str) -> list[int]:
    """Processes that carry the mark of this home."""
    wanted, found = f"QNTX_RUN={home_id}:plugin-".encode(), []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and wanted in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _troubled(stage: Any, name: str) -> Any:
    plugin = stage.services.plugins.get(name)
    return plugin if plugin.live.restarts and plugin.error is not None else None
