"""A file of a code source asks like any code from elsewhere; a yes is for it and the Python beside it as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.errors import ErrFileNotFound, ErrPermissionRequired, ErrSyntax
from qntx_desktop.model.source import Revision, Source
from qntx_desktop.services.source_permits import allow_source, check_source, read_source_code, stamp_of

FEED = """# /// script
# [tool.qntx]
# network = ["api.example.com:443"]
# ///
import helper
"""


@pytest.fixture
def source(services: Services) -> Source:
    made = services.sources.add("mine", "manual")
    files = services.sources.editable_files("mine")
    files.write("lib/feed.py", FEED.encode())
    files.write("lib/helper.py", b"VALUE = 1\n")
    files.write("notes.txt", b"nothing that runs\n")
    return made


def ask(services: Services) -> None:
    check_source(services.permits, read_source_code(services.sources, services.check_code, "mine/lib/feed.py"))


def test_a_yes_holds_until_any_python_beside_it_changes(services: Services, source: Source) -> None:
    with pytest.raises(ErrPermissionRequired, match=r"mine/lib/feed\.py needs your permission: network") as refused:
        ask(services)
    assert refused.value.hint.endswith("qntx handler allow mine/lib/feed.py")
    assert refused.value.details["name"] == "mine/lib/feed.py"
    allow_source(services.permits, services.sources, services.check_code, "mine/lib/feed.py")
    ask(services)
    files = services.sources.editable_files("mine")
    files.write("notes.txt", b"changed\n")
    ask(services)
    files.write("lib/helper.py", b"VALUE = 2\n")
    with pytest.raises(ErrPermissionRequired):
        ask(services)


def test_what_asks_for_nothing_runs(services: Services, source: Source) -> None:
    check_source(services.permits, read_source_code(services.sources, services.check_code, "mine/lib/helper.py"))


def test_a_file_that_is_none_is_not_allowed(services: Services, source: Source) -> None:
    services.sources.editable_files("mine").write("broken.py", b"def\n")
    for name, error in (("mine/none.py", ErrFileNotFound), ("mine/broken.py", ErrSyntax)):
        with pytest.raises(error):
            allow_source(services.permits, services.sources, services.check_code, name)


def test_a_revision_stands_for_its_files(services: Services, source: Source) -> None:
    revision = Revision(
        id=1,
        source_id=source.id,
        commit="ab" * 20,
        folder="x",
        state="current",
        files=3,
        size_bytes=1,
        created_at_us=1,
    )
    synced = replace(source, revision=revision)
    assert stamp_of(synced, services.sources.files("mine")) == "ab" * 20
