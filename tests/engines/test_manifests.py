"""Declared dependencies of each kind of file, and files that are broken."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qntx_desktop.engines.git.manifests import MAX_BYTES, dependency_facts, is_manifest
from qntx_desktop.model.attestation import check_draft

PYPROJECT = b"""
[build-system]
requires = ["hatchling>=1"]
[project]
name = "Shop"
requires-python = ">=3.11"
dependencies = ["Django_Rest.Framework[auth, api] >=3,<4 ; python_version < '3.13'", "rich", "x @ https://u:pw@h/x.whl",
  "qt>=1; os_name == 'a'", "qt>=2; os_name == 'b'", "rich>=2", 7, "not a requirement"]
[project.optional-dependencies]
fast = ["uvloop"]
[dependency-groups]
test = ["pytest", {include-group = "x"}]
[tool.poetry.dependencies]
python = "^3.11"
httpx = { version = "^1", extras = ["http2"] }
[tool.poetry.group.docs.dependencies]
sphinx = "*"
"""
CARGO = b"""
[package]
name = "tool"
rust-version = "1.80"
[dependencies]
serde = { version = "1", features = ["derive"] }
old = { package = "new-name", git = "https://h/r" }
shared.workspace = true
[dev-dependencies]
proptest = "1"
[build-dependencies]
cc = "1"
[target.'cfg(unix)'.dependencies]
libc = "0.2"
"""
GO = b"""module example.com/m // the name
go 1.22
toolchain go1.22.1
require github.com/a/b v1.2.3
require (
\tgithub.com/c/d v0.1.0 // indirect
\t// nothing
)
replace github.com/a/b => ../b
"""
REQUIREMENTS = b"""\xef\xbb\xbf# first
requests[socks] >= 2 \\
    --hash=sha256:00
-r other.txt
--index-url https://user:pw@example.com/simple
-e git+https://user:pw@example.com/team/thing.git@main#egg=My.Thing
./local
flask==3 # why
"""
PACKAGE = {
    "name": "@team/web",
    "dependencies": {"react": "^18", "odd": 3},
    "devDependencies": {"vite": "5"},
    "peerDependencies": {"react-dom": "*"},
    "engines": {"node": ">=20"},
}


def told(path: str, content: bytes) -> dict[tuple[str, str], dict[str, Any]]:
    facts = dependency_facts(path, content, "c" * 40, "/r", "r")
    for fact in facts:
        check_draft(**fact)
    return {(each["predicates"][0], each["contexts"][0]): each for each in facts}


def test_pyproject_in_all_its_ways() -> None:
    found = told("a/pyproject.toml", PYPROJECT)
    assert {each["subjects"][0] for each in found.values()} == {"Shop"}
    rest = found["depends_on", "django-rest-framework"]["attributes"]
    assert (rest["constraint"], rest["extras"]) == (">=3,<4", ["auth", "api"])
    assert rest["marker"] == "python_version < '3.13'"
    assert (rest["manifest"], rest["ecosystem"], rest["commit"]) == ("a/pyproject.toml", "python", "c" * 40)
    assert found["depends_on", "x"]["attributes"]["constraint"] == "@ https://h/x.whl"
    assert found["depends_on", "rich"]["attributes"]["constraint"] == ">=2"
    assert found["depends_on", "uvloop"]["attributes"]["group"] == "fast"
    httpx = found["depends_on", "httpx"]["attributes"]
    assert (httpx["constraint"], httpx["extras"]) == ("^1", ["http2"])
    assert found["dev_depends_on", "pytest"]["attributes"]["group"] == "test"
    assert found["dev_depends_on", "sphinx"]["attributes"]["group"] == "docs"
    assert found["dev_depends_on", "hatchling"]["attributes"]["group"] == "build-system"
    assert found["requires", "python"]["attributes"]["constraint"] == ">=3.11, ^3.11"
    assert not any(name.startswith("not") for _, name in found)


def test_a_package_for_two_systems_is_declared_twice_and_always_alike() -> None:
    facts = dependency_facts("pyproject.toml", PYPROJECT, "c" * 40, "/r", "r")
    markers = [each["attributes"]["marker"] for each in facts if each["contexts"] == ["qt"]]
    assert markers == ["os_name == 'a'", "os_name == 'b'"]


def test_requirements_files_as_pip_reads_them() -> None:
    found = told("requirements.txt", REQUIREMENTS)
    assert set(found) == {("depends_on", name) for name in ("requests", "my-thing", "flask")}
    assert found["depends_on", "requests"]["attributes"]["constraint"] == ">= 2"
    assert found["depends_on", "flask"]["attributes"]["constraint"] == "==3"
    assert "pw" not in json.dumps(found["depends_on", "my-thing"])
    assert {each["subjects"][0] for each in found.values()} == {"r"}
    assert set(told("requirements-dev.txt", b"black\n")) == {("dev_depends_on", "black")}
    assert is_manifest("requirements_test.txt")
    assert not is_manifest("requirements.in")


def test_package_json_cargo_and_go() -> None:
    web = told("package.json", json.dumps(PACKAGE).encode())
    assert set(web) == {
        ("depends_on", "react"),
        ("depends_on", "odd"),
        ("depends_on", "react-dom"),
        ("dev_depends_on", "vite"),
        ("requires", "node"),
    }
    assert web["depends_on", "react-dom"]["attributes"]["group"] == "peer"
    cargo = told("Cargo.toml", CARGO)
    assert cargo["depends_on", "serde"]["attributes"]["extras"] == ["derive"]
    assert cargo["depends_on", "new-name"]["attributes"]["constraint"] == "https://h/r"
    assert cargo["depends_on", "shared"]["attributes"]["constraint"] == "workspace"
    assert cargo["depends_on", "libc"]["attributes"]["group"] == "cfg(unix)"
    assert {("dev_depends_on", "proptest"), ("dev_depends_on", "cc"), ("requires", "rust")} <= set(cargo)
    go = told("go.mod", GO)
    assert go["depends_on", "github.com/c/d"]["attributes"]["indirect"] is True
    assert "indirect" not in go["depends_on", "github.com/a/b"]["attributes"]
    assert go["requires", "go"]["attributes"]["constraint"] == "1.22"
    assert {each["subjects"][0] for each in go.values()} == {"example.com/m"}


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("pyproject.toml", b"[project\n"),
        ("pyproject.toml", b"\xff\xfe"),
        ("package.json", b"{"),
        ("package.json", b"[" * 100_000),
        ("Cargo.toml", b"x = " + b"[" * 100_000),
        ("go.mod", b"require x v1\n"),
        ("go.mod", b"module m\nrequire x\n"),
        ("requirements.txt", b"x" * (MAX_BYTES + 1)),
    ],
)
def test_a_broken_file_is_a_value_error_that_says_why(path: str, content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        dependency_facts(path, content, "c", "r", "r")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("package.json", b"[1]"),
        ("package.json", b'{"dependencies": [1], "name": {"a": 1}}'),
        ("package.json", b'{"dependencies": {"": "1", "\\u0000": "\\ud800"}}'),
        ("pyproject.toml", b"project = 1\ntool = [1]\n[dependency-groups]\nx = 'y'\n"),
        ("Cargo.toml", b"dependencies = 3\n[target]\nx = 1\n"),
    ],
)
def test_a_file_of_odd_shape_is_read_as_far_as_it_goes(path: str, content: bytes) -> None:
    told(path, content)
