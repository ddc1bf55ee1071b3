"""A version runs with the packages it was saved with, for ever; what cannot be had fails with its name."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.engines.packages.environments import Environments
from qntx_desktop.model.errors import ErrPythonRequired
from qntx_desktop.model.events import JobChanged
from qntx_desktop.model.package_lock import Fetch
from qntx_desktop.services.packages import Packages
from tests.services.conftest import Heard, Opener
from tests.wheels import add_wheel, served


@pytest.fixture
def index(tmp_path: Path) -> Path:
    add_wheel(tmp_path / "index", "tiny", "1.0", "VERSION = 1\n")
    return tmp_path / "index"


@pytest.fixture
def address(index: Path) -> Iterator[str]:
    with served(index) as found:
        yield found


@pytest.fixture
def switched_off() -> threading.Event:
    """The switch that takes the app offline."""
    return threading.Event()


@pytest.fixture
def services(open_services: Opener, address: str, switched_off: threading.Event) -> Services:
    services = open_services()
    shelf = Environments(services.home.environments, lambda: address)
    packages = Packages(services.db, services.handlers, shelf, switched_off.is_set)
    vars(services)["bench"] = replace(services.bench, packages=packages)
    return services


def asking(dependencies: str, code: str = "import tiny; print(tiny.VERSION)") -> str:
    return f"# /// script\n# dependencies = {dependencies}\n# ///\n{code}\n"


def outcome(services: Services, command: str = "ix try") -> tuple[str, str]:
    job = services.runner.run_until(services.runs.ix(command, base=None, bare=True).id)
    execution = services.queue.execution_of(job.id)
    return (execution.stdout.strip() if execution else ""), (job.error or {}).get("code", "")


def test_a_version_keeps_the_packages_it_first_ran_with(services: Services, index: Path, heard: Heard) -> None:
    first = services.handlers.create("try", asking('["tiny"]'), source="cli")
    assert outcome(services) == ("1", "")
    said = [event.job.progress_message for event in heard.of(JobChanged)]
    assert "Choosing packages: tiny" in said
    assert services.queue.execution_of(1) is not None
    add_wheel(index, "tiny", "2.0", "VERSION = 2\n")
    assert outcome(services) == ("1", "")
    again = services.handlers.create("try", asking('["tiny"]') + "print()\n", source="cli")
    assert outcome(services) == ("1", "")
    assert services.handlers.packages_of(again) == services.handlers.packages_of(first) == ("tiny==1.0",)
    services.handlers.create("try", asking('["tiny>=1"]'), source="cli")
    assert outcome(services) == ("2", "")
    services.handlers.restore("try", 1)
    assert outcome(services) == ("1", "")


def test_tidying_keeps_what_would_run_now(services: Services, index: Path) -> None:
    services.handlers.create("try", asking('["tiny"]'), source="cli")
    assert outcome(services) == ("1", "")
    add_wheel(index, "tiny", "2.0", "VERSION = 2\n")
    services.handlers.create("try", asking('["tiny>=1"]'), source="cli")
    assert outcome(services) == ("2", "")
    for folder in services.home.environments.glob("*/qntx-used"):
        os.utime(folder, (0, 0))
    assert [services.bench.packages.tidy(), services.bench.packages.tidy()] == [1, 0]
    services.handlers.retire("try")
    assert services.bench.packages.tidy() == 1


def test_offline_a_version_that_ran_runs_and_another_says_what_is_missing(
    services: Services, switched_off: threading.Event
) -> None:
    services.handlers.create("try", asking('["tiny"]'), source="cli")
    assert outcome(services) == ("1", "")
    services.handlers.create("other", asking('["not-here"]'), source="cli")
    switched_off.set()
    assert outcome(services) == ("1", "")
    job = services.runner.run_until(services.runs.ix("ix other", base=None, bare=True).id)
    error = job.error or {}
    assert (error["code"], error["details"]["packages"]) == ("packages_missing", ["not-here"])
    assert "Go online" in error["hint"]


def test_a_run_can_be_cancelled_while_its_packages_are_fetched(open_services: Opener, heard: Heard) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        services = open_services()
        shelf = Environments(services.home.environments, lambda: f"http://127.0.0.1:{silent.getsockname()[1]}/")
        packages = Packages(services.db, services.handlers, shelf)
        vars(services)["bench"] = replace(services.bench, packages=packages)
        services.handlers.create("try", asking('["tiny"]'), source="cli")
        services.runner.start()
        job = services.runs.ix("ix try", base=None, bare=True)
        heard.wait(JobChanged, lambda event: event.job.progress_message == "Choosing packages: tiny")
        services.runner.cancel(job.id)
        ended = heard.ended(job)
    assert (ended.status, (ended.error or {}).get("code")) == ("cancelled", "cancelled")


def test_a_plain_script_has_packages_too(services: Services, index: Path) -> None:
    job = services.runs.script(asking('["tiny"]'), [], name="s")
    services.runner.run_until(job.id)
    add_wheel(index, "tiny", "2.0", "VERSION = 2\n")
    for _ in range(2):
        job = services.runner.run_until(services.runs.script(asking('["tiny"]'), [], name="s").id)
        execution = services.queue.execution_of(job.id)
        assert execution is not None
        assert execution.stdout == "1\n"


def test_packages_prepared_at_save_are_used_at_the_first_run(services: Services, index: Path) -> None:
    version = services.handlers.create("try", asking('["tiny"]'), source="cli")
    services.bench.packages.of_version(version, Fetch())
    add_wheel(index, "tiny", "2.0", "VERSION = 2\n")
    assert outcome(services) == ("1", "")


def test_packages_never_hide_the_standard_library_or_the_sdk(services: Services, index: Path) -> None:
    add_wheel(index, "json", "1.0", "STOLEN = 1\n")
    add_wheel(index, "qntx", "1.0", "STOLEN = 1\n")
    code = "import json, qntx; print(hasattr(json, 'STOLEN'), hasattr(qntx, 'STOLEN'))"
    services.handlers.create("try", asking('["json", "qntx"]', code), source="cli")
    assert outcome(services) == ("False False", "")


def test_a_python_that_is_not_here_fails_clearly(services: Services) -> None:
    code = '# /// script\n# requires-python = ">=9"\n# ///\nprint(1)\n'
    with pytest.raises(ErrPythonRequired):
        services.handlers.create("try", code, source="cli")
    assert services.handlers.entries() == ()
    with pytest.raises(ErrPythonRequired):
        services.runs.script(code, [])
