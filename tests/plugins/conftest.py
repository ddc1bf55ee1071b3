"""A home with plugins of ours in it, and a way to wait for how they stand."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.events import Event
from qntx_desktop.model.job import Job, JobFilter, JobRequest
from qntx_desktop.model.plugin import Plugin
from qntx_desktop.services.plugin_life import Patience

WAIT_S = 60.0
PROGRAM = Path(__file__).with_name("fault_plugin.py")
ROOT = Path(__file__).resolve().parents[2]
#: Long where a busy machine needs it, short where nothing depends on it.
PATIENT = Patience(ready_s=60, ask_s=5, ask_again_s=0.05, port_s=30, backoff_s=0.05, most_backoff_s=0.1, term_s=5)


class Stage:
    """Services with the runner started, and what was heard since."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.home = home
        self._folder = folder
        self._changed = threading.Condition()
        self.events: list[Event] = []
        self.services: Services = build(home, publish=self._hear)

    patient = PATIENT

    def start(self, patience: Patience = PATIENT) -> None:
        vars(self.services.plugin_host)["_patience"] = patience
        self.services.runner.start()

    def program(self, name: str, *switches: str) -> Path:
        """An executable file that becomes the plugin with its switches."""
        path = self._folder / f"qntx-{name}-plugin"
        words = " ".join(f"'{word}'" for word in (sys.executable, str(PROGRAM)))
        rest = " ".join(f"'{word}'" for word in (name, *switches))
        path.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {words} "$1" "$2" {rest}\n')
        path.chmod(0o755)
        return path

    def add(self, name: str, *switches: str) -> Plugin:
        return self.services.plugins.add(str(self.program(name, *switches)))

    def stands(self, name: str, *states: str) -> Plugin:
        return self.until(lambda: self._stands(name, states))

    def _stands(self, name: str, states: tuple[str, ...]) -> Plugin | None:
        plugin = self.services.plugins.get(name)
        return plugin if plugin.state in states else None

    def until(self, found: Callable[[], Any]) -> Any:
        """Look again after each event until something is found."""
        seen = -1
        with self._changed:
            while True:
                if len(self.events) != seen:
                    seen = len(self.events)
                    self._changed.release()
                    try:
                        result = found()
                    finally:
                        self._changed.acquire()
                    if result:
                        return result
                elif not self._changed.wait(WAIT_S):
                    raise AssertionError("it did not come")

    def ask(self, job_type: str, **payload: Any) -> Job:
        return self.services.queue.enqueue(JobRequest(type=job_type, payload=payload))

    def ended(self, job: Job) -> Job:
        return self.until(lambda: self._as_it_is(job, lambda now: now.ended))

    def waits(self, job: Job) -> Job:
        return self.until(lambda: self._as_it_is(job, lambda now: now.waiting_code is not None))

    def running(self, job: Job) -> Job:
        return self.until(lambda: self._as_it_is(job, lambda now: now.status == "running"))

    def _as_it_is(self, job: Job, test: Callable[[Job], bool]) -> Job | None:
        now = self.services.queue.get(job.id)
        return now if test(now) else None

    def run(self, job_type: str, **payload: Any) -> Job:
        return self.ended(self.ask(job_type, **payload))

    def echoes(self) -> list[Job]:
        """The jobs of the handler `echo` that have ended, oldest first."""
        found = self.services.queue.list(JobFilter(type="weather/echo"))
        return [job for job in reversed(found) if job.ended]

    def _hear(self, event: Event) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    folder = tmp_path / "programs"
    folder.mkdir()
    made = Stage(Home(root=tmp_path / "home"), folder)
    yield made
    made.services.close()


