"""What code may ask for, what counts as more, and how it is said."""

from __future__ import annotations

import pytest

from qntx_desktop.model.asking import asks_more, listed
from qntx_desktop.model.handler import Requires
from qntx_desktop.model.permissions import (
    Permissions,
    host_fault,
    package_fault,
    package_name,
    path_fault,
    permissions_of,
)
from qntx_desktop.model.python_version import meets, specifier_fault


@pytest.mark.parametrize(
    "entry", ["api.example.com:443", "localhost:8080", "10.0.0.1:1", "[::1]:65535", "a_b.c:5432"]
)
def test_hosts_that_can_be_named(entry: str) -> None:
    assert host_fault(entry) is None


@pytest.mark.parametrize(
    "entry",
    [
        "",
        ":",
        "a",
        "a:",
        ":1",
        "a:b",
        "a:-1",
        "a:65536",
        "a:٣",
        "A.com:1",
        "a..b:1",
        "-a:1",
        "u@a:1",
        "a/b:1",
        "a b:1",
        "::1:1",
        "[::1:1",
        "a:1 ",
        "*:1",
        "x" * 64 + ":1",
        "a:" + "9" * 5000,
    ],
)
def test_hosts_that_cannot(entry: str) -> None:
    assert host_fault(entry)


@pytest.mark.parametrize("path", ["/", "~", "~/x", "/a b/ü", "C:\\data", "d:/data", "/a/..b"])
def test_paths_that_can_be_declared(path: str) -> None:
    assert path_fault(path) is None


@pytest.mark.parametrize(
    "path", ["", "x", "./x", "../x", "~x/y", "/a/../b", "~/..", "/a\n", "/\0", "/" * 4097, "\\..\\x"]
)
def test_paths_that_cannot(path: str) -> None:
    assert path_fault(path)


@pytest.mark.parametrize(
    ("package", "name"),
    [("httpx", "httpx"), ("Zope.Interface >= 5,<6", "zope-interface"), ("a[b, c]==1.*; python_version<'4'", "a")],
)
def test_packages(package: str, name: str) -> None:
    assert package_fault(package) is None
    assert package_name(package) == name


@pytest.mark.parametrize(
    "package",
    ["", "-r x", "--index-url=x", "a b", "git+https://x", "a @ file:///x", "a==", "a\n-e .", "../a", "a[", "_"],
)
def test_packages_that_are_none(package: str) -> None:
    assert package_fault(package)


@pytest.mark.parametrize(
    ("specifier", "met"),
    [
        (">=3.11", True),
        (">=3.12.4", True),
        (">3.12.4", False),
        ("<3.12", False),
        ("==3.12.*", True),
        ("!=3.12.*", False),
        ("~=3.11", True),
        ("~=3.11.2", False),
        (">=3,<4", True),
        ("==3.12.4", True),
        ("<=3.12", False),
        ("", True),
        (">=3.13", False),
        ("!=3.12.4", False),
        (" >= 3.11 , < 3.13 ", True),
    ],
)
def test_versions_of_python(specifier: str, met: bool) -> None:
    assert not specifier or specifier_fault(specifier) is None
    assert meets((3, 12, 4), specifier) is met


@pytest.mark.parametrize("text", ["3.11", ">=", ">=x", "~=3", ">=3.*", ">=3,,<4", "=>3", ""])
def test_no_conditions(text: str) -> None:
    assert specifier_fault(text)


def test_the_default_asks_for_nothing() -> None:
    assert asks_more(Requires()) == ()
    assert asks_more(Requires(timeout_s=1, memory_bytes=1 << 25, concurrent=True)) == ()


def test_more_is_said_in_sentences() -> None:
    new = Requires(
        timeout_s=120,
        memory_bytes=1 << 30,
        permissions=Permissions(
            read=("/a", "/b"), write=("/b",), network=("x.org:443",), secrets=("token",), dependencies=("httpx",)
        ),
    )
    asked = asks_more(new)
    assert listed(asked) == (
        "network: x.org:443, write: /b, read: /a, secret: token, package: httpx, time: 120 s, memory: 1,024 MB"
    )
    assert asked[0].sentence == "connect to x.org:443"
    assert asks_more(new, new) == ()
    assert listed(asks_more(new, Requires(permissions=Permissions(network=True, write=("/a",))))).startswith(
        "write: /b"
    )


def test_any_host_is_more_than_one_and_covers_all() -> None:
    one = Requires(permissions=Permissions(network=("x.org:443",)))
    every = Requires(permissions=Permissions(network=True))
    assert listed(asks_more(every, one)) == "network: any host"
    assert asks_more(one, every) == ()
    assert (
        listed(asks_more(Requires(permissions=Permissions(network=("y.org:1", "x.org:443"))), one))
        == "network: y.org:1"
    )


@pytest.mark.parametrize(
    "asked",
    [
        Permissions(),
        Permissions(network=True),
        Permissions(read=("~/x",), write=("/y",), network=("a:1",), secrets=("s",)),
    ],
)
def test_what_is_kept_is_read_again(asked: Permissions) -> None:
    assert permissions_of(asked.to_json()) == asked


def test_what_an_older_version_kept_asks_for_nothing() -> None:
    assert permissions_of({"timeout_s": 1, "network": "x", "read": {"a": 1}}) == Permissions()
