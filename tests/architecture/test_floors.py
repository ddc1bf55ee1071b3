"""The house stands: imports only go down, each library lives in one room, no module outgrows its room."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_ERROR, EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "qntx_desktop"
LONGEST_MODULE = 500
FLOORS = {
    "model": 0,
    "store": 1,
    "engines": 1,
    "services": 2,
    "app": 3,
    "api": 4,
    "ui": 5,
    "cli": 5,
    "__main__": 6,
}
#: Doors see the services and the model, nothing below; the doors for people open the one for programs.
DOORS, CELLARS = {"ui", "api", "cli"}, {"store", "engines"}
#: The plugin protocol is spoken by the host's engine and by authors of plugins, who see nothing else of the app.
PROTOCOL, SPEAKERS = "protocol", {"engines", "plugin_sdk"}
@pytest.fixture(autouse=True)
def _loggers_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """import-linter configures logging for itself and thereby turns every logger of the process off."""
    monkeypatch.setattr("importlinter.cli.logging_config.dictConfig", lambda _settings: None)


#: Which rooms may import which library; one that is not named here may be imported nowhere.
HOMES = {
    "aiohttp": {"api"},
    "PySide6": {"app", "ui", "__main__"},
    "shiboken6": {"app", "ui", "__main__"},
    "qasync": {"app", "ui", "__main__"},
    "sqlite3": {"store"},
    "sqlalchemy": {"store"},
    "sqlmodel": {"store"},
    "platformdirs": {"app"},
    "cronsim": {"engines"},
    "tzlocal": {"engines"},
    "cryptography": {"engines"},
    "dulwich": {"engines"},
    "urllib3": {"engines"},
    "keyring": {"engines"},
    "tomlkit": {"engines"},
    "uv": {"engines"},
    "pygments": {"ui"},
    "rich": {"cli"},
    "grpc": {"engines", "plugin_sdk", PROTOCOL},
    "google": {"engines", "plugin_sdk", PROTOCOL},
    "distributed": {"engines"},
    "dask": {"engines"},
}


def modules_of(package: Path) -> Iterator[tuple[str, Path]]:
    """Yield the room and the path of every module of the tree at `package`."""
    for path in sorted(package.rglob("*.py")):
        yield path.relative_to(package).parts[0].removesuffix(".py"), path


def imported_names(path: Path, package: Path) -> set[str]:
    """Return every module that `path` imports, at its top or late, relative imports resolved."""
    here = (package.name, *path.relative_to(package).with_suffix("").parts)
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            prefix = ".".join(here[: -node.level]) if node.level else ""
            base = ".".join(part for part in (prefix, node.module) if part)
            names |= {f"{base}.{alias.name}" for alias in node.names} if base == package.name else {base}
    return names


def may_import(room: str, target: str) -> bool:
    """Say whether a module of `room` may import from `target`; the SDK and the floors do not know each other."""
    if room == target or target == "__version__":
        return True
    if target == PROTOCOL:
        return room in SPEAKERS
    if room in DOORS and target in CELLARS:
        return False
    return room in FLOORS and target in FLOORS and FLOORS[target] < FLOORS[room]


def climbs(package: Path) -> list[str]:
    """Return a line for each import that goes up or sideways between rooms."""
    found = []
    for room, path in modules_of(package):
        for name in imported_names(path, package):
            parts = name.split(".")
            target = parts[1] if parts[0] == package.name and len(parts) > 1 else None
            if target is not None and not may_import(room, target):
                found.append(f"{path.relative_to(package)} imports {name}")
    return found


def strays(package: Path) -> list[str]:
    """Return a line for each library that is imported outside its room."""
    found = []
    for room, path in modules_of(package):
        for name in imported_names(path, package):
            library = name.split(".")[0]
            if library == package.name:
                continue
            third_party = library not in sys.stdlib_module_names and library != "qntx"
            if room not in HOMES.get(library, set() if third_party else {room}):
                found.append(f"{path.relative_to(package)} imports {library}")
    return found


def build(folder: Path, sources: dict[str, str]) -> Path:
    """Write a package of that name with `sources`, to see a check bite."""
    package = folder / PACKAGE
    for name, text in sources.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return package


def test_import_linter_keeps_every_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("model/a.py", "import qntx_desktop.ui.b"),
        ("store/a.py", "import qntx_desktop.engines.b"),
        ("sdk/a.py", "import qntx_desktop.model.b"),
        ("model/a.py", "import sqlmodel"),
    ],
)
def test_import_linter_would_see_a_broken_contract(tmp_path: Path, name: str, text: str) -> None:
    rooms = {
        f"{room}/{file}": ""
        for room in ("model", "store", "engines", "ui", "sdk")
        for file in ("__init__.py", "b.py")
    }
    build(tmp_path, {"__init__.py": "", **rooms, name: text})
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    code = "from importlinter.cli import lint_imports_command as check; check()"
    environ = {**os.environ, "PYTHONPATH": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == EXIT_STATUS_ERROR, ended.stdout + ended.stderr
    assert "BROKEN" in ended.stdout


def test_no_import_goes_up_or_sideways() -> None:
    assert climbs(ROOT / PACKAGE) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("model/a.py", "from qntx_desktop.store import database"),
        ("model/a.py", "def late():\n    import qntx_desktop.services.ledger"),
        ("model/a.py", "from ..ui import window"),
        ("store/a.py", "from qntx_desktop.engines import sandbox"),
        ("ui/a.py", "from qntx_desktop import cli"),
        ("api/a.py", "from qntx_desktop import cli"),
        ("api/a.py", "from qntx_desktop.store import database"),
        ("cli/a.py", "from qntx_desktop.store import database"),
        ("sdk/a.py", "from qntx_desktop.model import errors"),
        ("services/a.py", "from qntx_desktop.sdk import channel"),
        ("services/a.py", "from qntx_desktop.protocol import domain_pb2"),
        ("plugin_sdk/a.py", "from qntx_desktop.model import errors"),
        ("protocol/a.py", "from qntx_desktop.model import errors"),
    ],
)
def test_an_import_that_climbs_is_seen(tmp_path: Path, name: str, text: str) -> None:
    assert len(climbs(build(tmp_path, {name: text}))) == 1


def test_imports_that_go_down_are_left_alone(tmp_path: Path) -> None:
    sources = {
        "ui/a.py": "from qntx_desktop.services import ledger\nfrom qntx_desktop import __version__",
        "services/b.py": "from qntx_desktop.store.database import Database",
        "sdk/c.py": "from qntx_desktop.sdk import channel",
        "plugin_sdk/d.py": "from qntx_desktop.protocol import domain_pb2",
        "engines/e.py": "from qntx_desktop.protocol import domain_pb2",
    }
    assert climbs(build(tmp_path, sources)) == []


def test_every_library_lives_in_its_room() -> None:
    assert strays(ROOT / PACKAGE) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("services/a.py", "import sqlite3"),
        ("services/a.py", "def late():\n    from sqlalchemy import text"),
        ("services/a.py", "from PySide6.QtCore import QObject"),
        ("ui/a.py", "import sqlmodel"),
        ("model/a.py", "import pydantic"),
        ("sdk/a.py", "import platformdirs"),
        ("engines/a.py", "import a_library_nobody_named"),
    ],
)
def test_a_library_outside_its_room_is_seen(tmp_path: Path, name: str, text: str) -> None:
    assert len(strays(build(tmp_path, {name: text}))) == 1


def test_no_module_outgrows_its_room() -> None:
    paths = [path for _, path in modules_of(ROOT / PACKAGE)] + sorted((ROOT / "packaging").rglob("*.py"))
    assert len(paths) > 10
    lengths = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_the_version_comes_without_any_import() -> None:
    assert imported_names(ROOT / PACKAGE / "__init__.py", ROOT / PACKAGE) == set()


def test_the_starter_is_readable_by_old_interpreters() -> None:
    source = (ROOT / "packaging" / "qntx.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 4))
    assert "__future__" not in source


def test_the_bootstrap_imports_only_the_standard_library() -> None:
    folder = ROOT / "packaging"
    paths = [folder / "qntx.py", *sorted((folder / "bootstrap").glob("*.py"))]
    assert len(paths) > 4
    tops = {name.split(".")[0] for path in paths for name in imported_names(path, folder)}
    assert tops - set(sys.stdlib_module_names) == {"bootstrap"}


def test_an_error_code_belongs_to_one_class() -> None:
    """The family of a stored error is looked up by its code; the last class of two would win."""
    owners: dict[str, list[str]] = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        for found in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(found, ast.ClassDef) and any("Err" in ast.unparse(base) for base in found.bases):
                for code in _class_codes(found):
                    owners.setdefault(code, []).append(f"{path.relative_to(ROOT)}: {found.name}")
    assert len(owners) > 50
    assert {code: places for code, places in owners.items() if len(places) > 1} == {}


def _class_codes(found: ast.ClassDef) -> Iterator[str]:
    for line in found.body:
        match line:
            case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str() as code)):
                yield code
