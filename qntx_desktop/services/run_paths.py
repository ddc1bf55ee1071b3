"""Which files a run may touch, as real paths: what its arguments name, and what its code declares.

Any thread but the GUI's; asks the file system and makes declared folders that are missing. Who holds a run to these
lists is the sandbox.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qntx_desktop.model.errors import ErrPathRefused
from qntx_desktop.model.permissions import Permissions

_OPEN = ("code", "sources", "inputs")
"""In the app's folder: the code of sources, and the files that came with a canvas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPaths:
    """Existing files and folders, absolute and without symlinks; what may be written may be read.

    Args:
        listed: Folders of which the names may be listed, but no file read: they hold the app's own.
    """

    read: tuple[Path, ...] = ()
    listed: tuple[Path, ...] = ()
    write: tuple[Path, ...] = ()


def paths_of_run(args: Sequence[str], permissions: Permissions, app_home: Path) -> RunPaths:
    """The lists of one run.

    Args:
        args: The run's arguments; those that name something that exists are absolute.
        permissions: What the code declares and was allowed.
        app_home: The app's own folder; nothing in it is opened but the code of sources and what came with canvases.

    Raises:
        ErrPathRefused: A declared path lies in the app's folder, writing would cover it, or a missing one cannot
            be made.
    """
    absolute = list(_absolute(args))
    if not (absolute or permissions.read or permissions.write):
        return RunPaths()
    own = _real(app_home) or app_home
    write = [_made(path, own) for path in permissions.write]
    declared = [found for path in permissions.read if (found := _declared(path, own)) is not None]
    named = (found for path in absolute if (found := _real(path)) is not None and not _is_private(found, own))
    around = _each_once([*named, *declared])
    if not any(own.is_relative_to(path) for path in around):
        return RunPaths(read=around, write=_each_once(write))
    parts = [_without(path, own) for path in around]
    return RunPaths(
        read=_each_once(path for read, _ in parts for path in read),
        listed=_each_once(path for _, listed in parts for path in listed),
        write=_each_once(write),
    )


def _absolute(args: Sequence[str]) -> Iterable[Path]:
    """What a person named: absolute paths among the arguments, also after `--x=`."""
    for arg in args:
        value = arg.partition("=")[2] if arg.startswith("--") else arg
        if value and Path(value).is_absolute():
            yield Path(value)


def _is_private(path: Path, own: Path) -> bool:
    """Whether a path lies in the app's folder, what people see as theirs there excepted."""
    return path.is_relative_to(own) and not any(path.is_relative_to(own / each) for each in _OPEN)


def _without(path: Path, own: Path) -> tuple[list[Path], list[Path]]:
    """What is read and what is listed of a path, so that the app's folder stays closed: its store and its locks.

    Of a folder around it everything else is opened one by one; a link leads nowhere that is not open by itself.
    """
    if not own.is_relative_to(path):
        return [path], []
    read, listed = [own / each for each in _OPEN if (own / each).is_dir()], []
    for name in own.relative_to(path).parts:
        listed.append(path)
        read += [each for each in _entries(path) if each.name != name and not each.is_symlink()]
        path /= name
    return read, listed


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:  # it may be passed through, not listed
        return []


def _declared(written: str, own: Path) -> Path | None:
    """A declared path that exists, None for a missing one: there is nothing to be read."""
    path = _real(_expanded(written))
    if path is not None and _is_private(path, own):
        raise ErrPathRefused("read", written, "it is the app's own")
    return path


def _made(written: str, own: Path) -> Path:
    path = _expanded(written)
    there = _real(path)
    resolved = there if there is not None else path.resolve()
    if resolved.is_relative_to(own) or own.is_relative_to(resolved):
        raise ErrPathRefused("write", written, "the app's own folder lies there")
    if there is not None:
        return there
    try:
        if resolved.suffix:
            resolved.parent.mkdir(parents=True, exist_ok=True)
            resolved.touch(exist_ok=True)
        else:
            resolved.mkdir(parents=True, exist_ok=True)
        return resolved.resolve(strict=True)
    except OSError as error:
        raise ErrPathRefused("write", written, error.strerror or type(error).__name__) from error


def _expanded(written: str) -> Path:
    try:
        return Path(written).expanduser()
    except RuntimeError:  # a person without a home folder
        return Path(written)


def _real(path: Path) -> Path | None:
    try:
        return path.resolve(strict=True)
    except (OSError, ValueError, RuntimeError):  # missing, not enterable, a loop of links, no path at all
        return None


def _each_once(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(paths))
