"""Who runs a command: the order, the paths, and the difference between "nobody" and "could not look"."""

from __future__ import annotations

from pathlib import Path

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.errors import (
    ErrFileNotFound,
    ErrInvalidCommand,
    ErrNoIngestScript,
    ErrSourceNotFound,
    ErrStoreBusy,
    QntxError,
)
from qntx_desktop.model.handler import Route
from qntx_desktop.services.ix import Ix


class Registry:
    def __init__(self, kind: str, types: dict[str, str] | None = None, error: QntxError | None = None) -> None:
        self.kind, self.types, self.error = kind, types or {}, error
        self.asked: list[str] = []

    def find(self, script_type: str) -> Route | None:
        self.asked.append(script_type)
        if self.error is not None:
            raise self.error
        job_type = self.types.get(script_type)
        return Route(kind=self.kind, job_type=job_type, script_type=script_type) if job_type else None

    def refuse(self, script_type: str) -> None:
        """It knows what it serves and nothing else."""

    def named(self, reference: str) -> Route:
        raise ErrFileNotFound(reference, "there is no such file")


def test_the_order_is_handler_plugin_source_builtin(services: Services) -> None:
    plugin, source, builtin = (
        Registry(kind, {"csv": kind, f"{kind}s": kind}) for kind in ("plugin", "source", "builtin")
    )
    ix = Ix(services.handlers, [plugin], source, [builtin])
    assert ix.route("csv").kind == "plugin"
    assert ix.route("sources").kind == "source"
    assert ix.route("builtins").kind == "builtin"
    services.handlers.create("csv", "print(1)", source="test")
    route = ix.route("csv")
    assert route.kind == "handler"
    assert route.handler is not None
    assert plugin.asked == ["csv", "sources", "builtins"]


def test_nobody_knows_it_only_after_everybody_was_asked(services: Services) -> None:
    registries = [Registry("plugin"), Registry("source"), Registry("builtin")]
    ix = Ix(services.handlers, registries[:1], registries[1], registries[2:])
    with pytest.raises(ErrNoIngestScript) as caught:
        ix.prepare("ix rss-feed ./x", base=None, bare=True)
    assert caught.value.details == {"script_type": "rss-feed"}
    assert [each.asked for each in registries] == [["rss-feed"]] * 3


def test_a_failing_look_up_is_its_own_error(services: Services) -> None:
    later = Registry("builtin", {"csv": "x"})
    ix = Ix(services.handlers, [Registry("plugin", error=ErrStoreBusy("x"))], None, [later])
    with pytest.raises(ErrStoreBusy):
        ix.route("csv")
    assert later.asked == []


def test_arguments_that_name_files_become_absolute(services: Services, tmp_path: Path) -> None:
    services.handlers.create("csv", "print(1)", source="test")
    (tmp_path / "my file.csv").write_text("a")
    typed = "csv './my file.csv' --out=./nowhere --in='my file.csv' plain"
    prepared = services.ix.prepare(typed, base=tmp_path, bare=True)
    path = str(tmp_path / "my file.csv")
    assert prepared.args == (path, "--out=./nowhere", f"--in={path}", "plain")
    assert prepared.command == f"ix {typed}"
    assert services.ix.prepare(typed, base=None, bare=True).args[0] == "./my file.csv"


def test_the_leading_ix_is_needed_unless_bare(services: Services) -> None:
    services.handlers.create("csv", "print(1)", source="test")
    with pytest.raises(ErrInvalidCommand):
        services.ix.prepare("csv a", base=None, bare=False)
    assert services.ix.prepare("ix csv a", base=None, bare=False).args == ("a",)


def test_a_local_git_folder_means_git(services: Services, tmp_path: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "plain").mkdir()
    bare = tmp_path / "bare.git"
    for part in ("objects", "refs"):
        (bare / part).mkdir(parents=True)
    (bare / "HEAD").write_text("ref: refs/heads/main")
    for folder in ("repo", "bare.git"):
        prepared = services.ix.prepare(f"./{folder}", base=tmp_path, bare=True)
        assert (prepared.route.job_type, prepared.args) == ("ix.git", (str(tmp_path / folder),))
    with pytest.raises(ErrInvalidCommand):
        services.ix.prepare("./plain", base=tmp_path, bare=True)


def test_a_file_of_an_unknown_source_is_not_found(services: Services) -> None:
    with pytest.raises(ErrSourceNotFound):
        services.ix.prepare("tools/sub/read.py a", base=None, bare=True)
    with pytest.raises(ErrFileNotFound):
        services.ix.prepare("manual/sub/read.py a", base=None, bare=True)
