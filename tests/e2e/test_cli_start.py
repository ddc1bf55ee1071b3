"""What a call costs before it does anything, and what it looks like on a terminal."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests import real_input
from tests.e2e.cli_process import ROOT, Cli

HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "PySide6", "qasync", "asyncio", "multiprocessing"}


def imported_by(qntx: Cli, *words: str) -> set[str]:
    """The modules that a call has imported when it ends."""
    code = (
        "import sys\nfrom qntx_desktop.cli.main import main\n"
        "code = main(sys.argv[1:])\n"
        "print(' '.join(sys.modules), file=sys.stderr)\nsys.exit(code)"
    )
    argv = [sys.executable, "-c", code, "--home", str(qntx.home), *words]
    ended = subprocess.run(
        argv, capture_output=True, text=True, timeout=60, env=qntx.environ, cwd=qntx.folder, check=True
    )
    return set(ended.stderr.splitlines()[-1].split())


def test_the_version_costs_next_to_nothing(qntx: Cli) -> None:
    code = "import sys\nfrom qntx_desktop.cli.main import main\nmain(['--version'])\nprint(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    version, modules = ended.stdout.splitlines()
    assert version.startswith("qntx 0.")
    ours = {name for name in modules.split() if name.startswith("qntx_desktop.")}
    assert ours == {"qntx_desktop.cli", "qntx_desktop.cli.main"}
    plain = subprocess.run(
        [sys.executable, "-c", "import argparse, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert len(modules.split()) <= len(plain.stdout.split())


@pytest.mark.parametrize(
    "words", [("ax", "alice"), ("handler", "list"), ("job", "list"), ("attestation", "show", "{id}")]
)
def test_reading_imports_nothing_heavy(qntx: Cli, words: tuple[str, ...]) -> None:
    made = qntx("--json", "as", "alice is b of c").document["id"]
    modules = imported_by(qntx, *(word.format(id=made) for word in words))
    assert "sqlite3" in modules
    assert modules & HEAVY == set()
    assert not {name for name in modules if name.startswith("qntx_desktop.ui")}
    assert "subprocess" not in modules
    assert not {"qntx_desktop.engines.sandbox.launcher", "qntx_desktop.engines.python_code"} & modules


def test_the_module_and_the_package_are_the_same_program(qntx: Cli) -> None:
    for module in ("qntx_desktop.cli", "qntx_desktop.cli.main"):
        argv = [sys.executable, "-m", module, "--version"]
        ended = subprocess.run(argv, capture_output=True, text=True, timeout=60, cwd=ROOT, check=True)
        assert ended.stdout.startswith("qntx 0.")


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_progress_and_colours_on_a_terminal(qntx: Cli) -> None:
    import pty

    real_input.write_people(qntx.folder / "people.csv", 200)
    code = "import qntx\nqntx.progress(5, 10, 'half-way')\nimport time\nend = time.monotonic() + 1\n"
    qntx.handler("bar", code + "while time.monotonic() < end: pass\nprint('done')\n")
    parent, child = pty.openpty()
    process = qntx.start("ix", "bar", stdout=child, stderr=child, stdin=child)
    os.close(child)
    said = b""
    while chunk := _read(parent):
        said += chunk
    assert process.wait(timeout=60) == 0
    os.close(parent)
    text = said.decode()
    assert "━━━━━━━━━━━━" in text
    assert "5 of 10 · half-way" in text
    last = text.rsplit("\x1b[2K", 1)[1]
    assert "done" in last
    assert "bar v1 · 0 attestations in " in last


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65_536)
    except OSError:  # how Linux says that the other end of a terminal is gone
        return b""
