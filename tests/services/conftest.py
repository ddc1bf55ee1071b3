"""Services over a real store in a home of the test's own, and a way to wait for events instead of sleeping."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.events import Event, JobChanged
from qntx_desktop.model.job import Job

WAIT_S = 30.0


class Heard:
    """Every event so far, and a wait for one that has not come yet."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def of(self, kind: type) -> list[Any]:
        with self._changed:
            return [event for event in self.events if isinstance(event, kind)]

    def wait(self, kind: type, test: Callable[[Any], bool] = lambda _event: True) -> Any:
        def found() -> Any:
            return next((event for event in self.events if isinstance(event, kind) and test(event)), None)

        with self._changed:
            assert self._changed.wait_for(lambda: found() is not None, timeout=WAIT_S), f"no {kind.__name__} came"
            return found()

    def ended(self, job: Job) -> Job:
        return self.wait(JobChanged, lambda event: event.job.id == job.id and event.job.ended).job

    def status(self, job: Job, status: str) -> Job:
        return self.wait(JobChanged, lambda event: event.job.id == job.id and event.job.status == status).job


Opener = Callable[..., Services]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(root=tmp_path / "home")


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def open_services(home: Home, heard: Heard) -> Iterator[Opener]:
    """Open the home, as often as a test likes: each is what another process would have."""
    opened: list[Services] = []

    def opener(*, launch: Any = None, **options: Any) -> Services:
        services = build(home, **{"publish": heard, **options})
        opened.append(services)
        if launch is not None:
            vars(services)["bench"] = replace(services.bench, launch=launch)
        return services

    yield opener
    for services in reversed(opened):
        services.close()


@pytest.fixture
def services(open_services: Opener) -> Services:
    return open_services()
