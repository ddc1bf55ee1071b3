"""The declared dependencies of a commit's files: which files declare any, and what is in them.

Runs in the git process. Standard library only. Nothing is resolved, installed or run: a file is read as data.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from qntx_desktop.engines.git.commit import storable, term
from qntx_desktop.engines.git.requirements import (
    Declared,
    go_module,
    parsed,
    requirement_lines,
    without_password,
)

MAX_BYTES = 1 << 20
MAX_CONSTRAINT_CHARS = 2_000
_DEV_NAMES = ("dev", "test", "lint", "doc", "type", "ci")


@dataclass(frozen=True, slots=True)
class Project:
    """What a file declares. `name` is the project's own, empty when the file does not say."""

    name: str
    ecosystem: str
    declared: list[Declared]


def is_manifest(name: str) -> bool:
    """Whether a file of this name declares dependencies."""
    return name in _READERS or fnmatchcase(name, "requirements*.txt")


def dependency_facts(
    path: str, content: bytes, commit: str, repository: str, fallback: str
) -> list[dict[str, Any]]:
    """What a file declares, as attestations that are still to be made.

    Args:
        path: Of the file in the repository.
        fallback: The project's name when the file does not say.

    Raises:
        ValueError: The file cannot be read; the text says why.
    """
    if len(content) > MAX_BYTES:
        raise ValueError(f"it has {len(content):,} bytes, at most {MAX_BYTES:,} are read")
    name = path.rpartition("/")[2]
    try:
        project = _READERS.get(name, _requirements)(content.decode("utf-8-sig"), name)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    subject = term(project.name) or fallback
    facts = []
    for each in _once(project.declared):
        package = term(each.package)
        if not package:
            continue
        attributes: dict[str, Any] = {
            "manifest": storable(path),
            "ecosystem": project.ecosystem,
            "constraint": storable(without_password(each.constraint))[:MAX_CONSTRAINT_CHARS],
            "marker": storable(each.marker)[:MAX_CONSTRAINT_CHARS],
            "group": term(each.group),
            "extras": [term(extra) for extra in each.extras[:100]],
            "repository": repository,
            "commit": commit,
        }
        if each.indirect:
            attributes["indirect"] = True
        facts.append(
            {
                "subjects": [subject],
                "predicates": [each.predicate],
                "contexts": [package],
                "actors": [commit],
                "attributes": {key: value for key, value in attributes.items() if value not in ("", [])},
            }
        )
    return facts


def _once(declared: Iterable[Declared]) -> Iterable[Declared]:
    """A package that is declared twice in one place counts once, with both constraints."""
    found: dict[tuple[str, ...], Declared] = {}
    for each in declared:
        key = (each.predicate, term(each.package), term(each.group), each.marker)
        known = found.setdefault(key, each)
        if known is not each and each.constraint not in known.constraint.split(", "):
            found[key] = replace(known, constraint=", ".join(filter(None, (known.constraint, each.constraint))))
    return found.values()


def _pyproject(text: str, _name: str) -> Project:
    tables = tomllib.loads(text)
    project, poetry = _table(tables, "project"), _table(tables, "tool", "poetry")
    found = [*parsed(_texts(project.get("dependencies")), "depends_on", "")]
    for extra, lines in _table(project, "optional-dependencies").items():
        found += parsed(_texts(lines), "depends_on", extra)
    for group, lines in _table(tables, "dependency-groups").items():
        found += parsed(_texts(lines), "dev_depends_on", group)
    found += parsed(_texts(_table(tables, "build-system").get("requires")), "dev_depends_on", "build-system")
    if isinstance(project.get("requires-python"), str):
        found.append(Declared("requires", "python", project["requires-python"]))
    found += _poetry(poetry)
    return Project(_text(project.get("name")) or _text(poetry.get("name")), "python", found)


def _poetry(poetry: dict[str, Any]) -> Iterator[Declared]:
    yield from _table_of(_table(poetry, "dependencies"), "depends_on", "", {"python"})
    yield from _table_of(_table(poetry, "dev-dependencies"), "dev_depends_on", "dev")
    for group, content in _table(poetry, "group").items():
        yield from _table_of(_table({"it": content}, "it", "dependencies"), "dev_depends_on", group)


def _requirements(text: str, name: str) -> Project:
    words = name.removesuffix(".txt").removeprefix("requirements").strip("-_.").lower()
    predicate = "dev_depends_on" if words.startswith(_DEV_NAMES) else "depends_on"
    return Project("", "python", list(parsed(requirement_lines(text), predicate, words)))


def _package_json(text: str, _name: str) -> Project:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: {error.msg}") from None
    found: list[Declared] = []
    for key, predicate in (
        ("dependencies", "depends_on"),
        ("peerDependencies", "depends_on"),
        ("optionalDependencies", "depends_on"),
        ("devDependencies", "dev_depends_on"),
        ("engines", "requires"),
    ):
        group = "" if key in ("dependencies", "devDependencies", "engines") else key.removesuffix("Dependencies")
        found += _table_of(_table({"it": content}, "it", key), predicate, group)
    return Project(_text(_table({"it": content}, "it").get("name")), "npm", found)


def _cargo(text: str, _name: str) -> Project:
    tables = tomllib.loads(text)
    package = _table(tables, "package")
    found = list(_cargo_tables(tables, ""))
    for target, content in _table(tables, "target").items():
        found += _cargo_tables(_table({"it": content}, "it"), target)
    found += _table_of(_table(tables, "workspace", "dependencies"), "depends_on", "workspace")
    if isinstance(package.get("rust-version"), str):
        found.append(Declared("requires", "rust", package["rust-version"]))
    return Project(_text(package.get("name")), "cargo", found)


def _cargo_tables(tables: dict[str, Any], target: str) -> Iterator[Declared]:
    yield from _table_of(_table(tables, "dependencies"), "depends_on", target)
    yield from _table_of(
        _table(tables, "build-dependencies"), "dev_depends_on", " ".join(filter(None, ("build", target)))
    )
    yield from _table_of(_table(tables, "dev-dependencies"), "dev_depends_on", target)


def _table_of(
    table: dict[str, Any], predicate: str, group: str, tools: frozenset[str] | set[str] = frozenset()
) -> Iterator[Declared]:
    """A table of names and versions, a version being a text or a table that holds one."""
    for name, wanted in table.items():
        each = wanted[0] if isinstance(wanted, list) and wanted else wanted
        details = each if isinstance(each, dict) else {}
        constraint = (
            each if isinstance(each, str) else details.get("version") or details.get("git") or details.get("path")
        )
        if details.get("workspace") is True:
            constraint = "workspace"
        yield Declared(
            "requires" if name in tools else predicate,
            str(details.get("package") or name),
            _text(constraint),
            group,
            tuple(_texts(details.get("features") or details.get("extras"))),
        )


def _go(text: str, _name: str) -> Project:
    name, found = go_module(text)
    return Project(name, "go", found)


def _table(tables: dict[str, Any], *path: str) -> dict[str, Any]:
    found: Any = tables
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


_READERS: dict[str, Callable[[str, str], Project]] = {
    "pyproject.toml": _pyproject,
    "package.json": _package_json,
    "Cargo.toml": _cargo,
    "go.mod": _go,
}
