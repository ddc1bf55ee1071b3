"""Where plugins are found, which ports they get, and what of the environment they see. Any thread.

Source: the plugin protocol, launch.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from qntx_desktop.engines.sandbox.strays import MARKER, marker
from qntx_desktop.model.errors import ErrInvalidPlugin
from qntx_desktop.model.plugin import name_of_program

FIRST_PORT = 38_700
_LAST_PORT = 65_535
_PORTS = 1_000
_PORT_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_USUAL_RANGE = range(49_152, _LAST_PORT + 1)
"""Of systems that do not say it there (RFC 6335)."""
_SECRET = re.compile(r"TOKEN|SECRET|PASSW|PASSPHRASE|API_?KEY|PRIVATE_?KEY|CREDENTIAL", re.IGNORECASE)


def find_program(name_or_path: str, folder: Path) -> Path:
    """The program of a plugin: a path, or a name that is looked for in the plugins folder and along PATH.

    Raises:
        ErrInvalidPlugin: There is none, or it cannot be executed.
    """
    given = Path(name_or_path).expanduser()
    if os.sep in name_or_path or given.is_file():
        return _executable(given.absolute(), name_or_path)
    for name in (f"qntx-{name_or_path}-plugin", f"qntx-{name_or_path}", name_or_path):
        for place in (folder / name, folder / name_or_path / name):
            if place.is_file():
                return _executable(place, name_or_path)
        found = shutil.which(name)
        if found is not None:
            return Path(found).absolute()
    raise ErrInvalidPlugin(
        name_or_path,
        "path",
        f"there is no program qntx-{name_or_path}-plugin, qntx-{name_or_path} or {name_or_path}",
        "Give the path of the program.",
    )


def programs_in(folder: Path) -> dict[str, Path]:
    """The executable files of the plugins folder, and of folders in it, by the name that they suggest."""
    found: dict[str, Path] = {}
    if not folder.is_dir():
        return found
    for entry in sorted(folder.iterdir()):
        inside = [entry / f"qntx-{entry.name}-plugin", entry / f"qntx-{entry.name}", entry / entry.name]
        for path in inside if entry.is_dir() else [entry]:
            if path.is_file() and os.access(path, os.X_OK):
                found.setdefault(name_of_program(path.name), path)
                break
    return found


@contextmanager
def claimed_port() -> Iterator[int]:
    """A port of the loopback that nobody listens on, from 38700 up, which nobody is given meanwhile.

    Ports that the system hands out by itself, to any connection of any program, come last: one was gone when a
    plugin on a busy machine got to listen on it, and the plugin ended.
    Between the choice and the moment when the plugin listens, another home's host could choose the same, and we
    would talk to its plugin, which may have the name of ours. The UDP port of the same number, which nothing else
    of ours uses, is held as the claim: the system gives it to one process only and takes it back whatever happens.

    Raises:
        ErrInvalidPlugin: A thousand were looked at, and none is free.
    """
    for port in _ports():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as claim:
            if _can_be_had(claim, port):
                with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
                    is_free = _can_be_had(probe, port)
                if is_free:
                    yield port
                    return
    raise ErrInvalidPlugin("", "port", f"none of {_PORTS:,} above {FIRST_PORT} is free")


def _ports() -> Iterator[int]:
    """Those to look at, those first that have to be asked for by number."""
    handed_out = _handed_out()
    own = [port for port in range(FIRST_PORT, _LAST_PORT + 1) if port not in handed_out]
    return islice(chain(own, range(FIRST_PORT, _LAST_PORT + 1)), _PORTS)


def _handed_out() -> range:
    """The ports that the system gives to whoever names none."""
    try:
        first, last = _PORT_RANGE.read_text(encoding="ascii").split()
        return range(int(first), int(last) + 1)
    except (OSError, ValueError):
        return _USUAL_RANGE


def _can_be_had(place: socket.socket, port: int) -> bool:
    try:
        place.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


def environment_of(name: str, home_id: str, own: Mapping[str, str] | None = None) -> dict[str, str]:
    """Our environment without what may be secret, and with the mark by which strays are found."""
    source = os.environ if own is None else own
    kept = {key: value for key, value in source.items() if not _SECRET.search(key)}
    return {**kept, MARKER: marker(home_id, f"plugin-{name}")}


def _executable(path: Path, given: str) -> Path:
    name = name_of_program(given)
    if path.is_dir():
        raise ErrInvalidPlugin(name, "path", f"{path} is a folder", "Give the path of the program.")
    if not path.is_file():
        raise ErrInvalidPlugin(name, "path", f"there is no file {path}", "Check the path.")
    if not os.access(path, os.X_OK):
        raise ErrInvalidPlugin(name, "path", f"{path} is not executable", f"Allow it: chmod +x {path}")
    return path
