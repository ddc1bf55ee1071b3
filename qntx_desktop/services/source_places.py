"""Where code sources lie: `code/<name>` for people, complete revisions behind it, and the objects they came from.

Any thread but the GUI's. A manual source is a folder under `code`; of a git source `code/<name>` is a link to the
revision that the store calls current, put in place by one rename, so that it is never half there.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import secrets
import shutil
import sys
from pathlib import Path

from qntx_desktop.model.errors import ErrDuplicateName, ErrHomeUnusable
from qntx_desktop.model.source import MANUAL, Source

_log = logging.getLogger(__name__)


class SourcePlaces:
    """The folders of a home that hold code.

    Args:
        code: What people see.
        shelf: Revisions and objects, by the number of their source.
    """

    def __init__(self, code: Path, shelf: Path) -> None:
        self.code = code
        self.shelf = shelf

    def seen(self, source: Source) -> Path:
        """`code/<name>`."""
        return self.code / source.name

    def root(self, source: Source) -> Path | None:
        """The folder that readers read; None before the first sync."""
        if source.type == MANUAL:
            return self.seen(source)
        return self.revision(source.id, source.revision.folder) if source.revision else None

    def revision(self, source_id: int, folder: str) -> Path:
        """A revision on the disk."""
        return self.shelf / str(source_id) / folder

    def objects(self, source_id: int, url: str) -> Path:
        """The bare object store of an address; another address gets another one."""
        return self.shelf / str(source_id) / f"objects-{hashlib.sha256(url.encode()).hexdigest()[:16]}"

    def make(self, source: Source) -> None:
        """Make the folder of a new source.

        Raises:
            ErrDuplicateName: Something lies there that is no folder of a manual source.
            ErrHomeUnusable: It cannot be made.
        """
        seen = self.seen(source)
        if os.path.lexists(seen) and (source.type != MANUAL or seen.is_symlink() or not seen.is_dir()):
            raise ErrDuplicateName(source.name, "Something")
        try:
            (seen if source.type == MANUAL else self.code).mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ErrHomeUnusable(str(seen), error.strerror or str(error)) from error

    def show(self, source: Source) -> None:
        """Let `code/<name>` be what the store calls current; a failure is logged, readers go by the store."""
        root = self.root(source)
        if source.type == MANUAL or root is None:
            return
        seen, target = self.seen(source), os.path.relpath(root, self.code)
        try:
            if seen.is_symlink() and os.readlink(seen) == target:  # noqa: PTH115 - Path.readlink drops nothing less
                return
            self.code.mkdir(mode=0o700, parents=True, exist_ok=True)
            if sys.platform == "win32":
                _junction(root, seen)
                return
            part = self.code / f".{source.id}-{secrets.token_hex(6)}"
            part.symlink_to(target, target_is_directory=True)
            try:
                part.replace(seen)
            except OSError:
                part.unlink()
                raise
        except OSError as error:
            _log.warning("%s could not be pointed at its revision: %s", seen, error)

    def hide(self, source: Source, *, keep_files: bool) -> None:
        """Take a removed source's folders away; kept files stay as a plain folder."""
        root, seen = self.root(source), self.seen(source)
        with contextlib.suppress(OSError):
            if source.type != MANUAL and seen.is_symlink():
                seen.unlink()
            if keep_files and source.type != MANUAL and root is not None and not os.path.lexists(seen):
                root.rename(seen)
        if not keep_files and source.type == MANUAL:
            discard(seen)
        discard(self.shelf / str(source.id))

    def sweep(self, source_id: int, keep: set[str]) -> None:
        """Remove what belongs to no revision any more: parts of an interrupted sync, revisions given up."""
        with contextlib.suppress(FileNotFoundError):
            for path in (self.shelf / str(source_id)).iterdir():
                if path.name not in keep and path.name.removesuffix(".json") not in keep:
                    discard(path)


def discard(path: Path) -> None:
    """Remove a file or a folder with all in it; links are not followed, what stays is logged."""
    try:
        if path.is_symlink() or path.is_file():
            path.unlink()
        else:
            shutil.rmtree(path)
    except FileNotFoundError:
        return
    except OSError as error:
        _log.warning("%s could not be removed: %s", path, error)


def _junction(target: Path, link: Path) -> None:
    import _winapi  # Windows only

    if os.path.lexists(link):
        link.rmdir()  # takes the junction away, not what it points to
    make: object = _winapi.CreateJunction  # type: ignore[attr-defined, unused-ignore]
    make(str(target), str(link))  # type: ignore[operator]
