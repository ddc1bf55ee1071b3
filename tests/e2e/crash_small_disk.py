"""Uses the command line on a disk that is full, or cannot be written. A test starts it with mounts of its own.

`python crash_small_disk.py full|read_only FOLDER` prints one JSON document: what each call answered.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DISK_BYTES = 6 << 20
LARGE = json.dumps({"text": "x" * 100_000})  # the system takes no argument above 128 KiB
#: Fills the disk from inside a run, is refused, makes room, goes on.
FILLING = """
attest("first", "is_kept", "disk")
try:
    with open("ballast", "wb", buffering=0) as ballast:
        while True:
            ballast.write(bytes(1 << 16))
except OSError as error:
    print("full", error.errno)
try:
    attest("second", "is_kept", "disk", attributes={"text": "x" * 500_000})
except OSError as error:
    print("refused", error)
open("ballast", "wb").close()
attest("third", "is_kept", "disk", attributes={"text": "x" * 500_000})
"""


def call(home: Path, *words: str) -> dict[str, Any]:
    """One call of `qntx --json`: exit code and answer."""
    ended = subprocess.run(
        [sys.executable, "-m", "qntx_desktop.cli", "--home", str(home), "--json", *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    try:
        answer = json.loads(ended.stdout)
    except ValueError:
        answer = {"no_json": ended.stdout[-500:] + ended.stderr[-1500:]}
    return {"exit": ended.returncode, "answer": answer}


def mount(*words: str) -> None:
    """Change what this process and its children see of the disk; nobody else does."""
    subprocess.run(["mount", *words], check=True, capture_output=True, timeout=30)


def full(folder: Path) -> dict[str, Any]:
    """A disk of a few megabytes, filled to the last byte and emptied again."""
    mount("-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder))
    home = folder / "home"
    script = folder / "filling.py"
    script.write_text(FILLING, encoding="utf-8")
    found = {"before": call(home, "as", "before is kept of disk")}
    ballast = folder / "ballast"
    fill(ballast)
    found["as"] = call(home, "as", "refused is kept of disk", "--attributes", LARGE)
    found["ax"] = call(home, "ax", "before")
    ballast.unlink()
    found["after"] = call(home, "as", "after is kept of disk", "--attributes", LARGE)
    found["run"] = call(home, "run", str(script))
    found["kept"] = call(home, "ax", "of disk")
    return found


def fill(ballast: Path) -> None:
    """Write until there is no room."""
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


def read_only(folder: Path) -> dict[str, Any]:
    """A home that was written before and cannot be written now."""
    home, bare = folder / "home", folder / "bare"
    bare.mkdir()
    found = {"before": call(home, "as", "before is kept of disk")}
    for place in (home, bare):
        mount("--bind", str(place), str(place))
        mount("-o", "remount,ro,bind", str(place))
    found["as"] = call(home, "as", "refused is kept of disk")
    found["ax"] = call(home, "ax", "of disk")
    found["bare"] = call(bare, "as", "refused is kept of disk")
    return found


if __name__ == "__main__":
    print(json.dumps({"full": full, "read_only": read_only}[sys.argv[1]](Path(sys.argv[2]))))
