"""Backups of a whole home: made beside a window that works, checked to the last byte, put back.

Any thread but the GUI's; blocks. A backup holds one moment of the store (attestations, handlers, canvases, jobs,
schedules, secrets as they are sealed), the settings, the files of code sources and what came with bundles. It does
not hold the key of the secrets, which lies in the keyring, nor what can be fetched again or belongs to the machine:
environments, objects of repositories, logs, programs of plugins.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from qntx_desktop.model.clock import Clock, iso
from qntx_desktop.model.errors import (
    ErrFileNotFound,
    ErrHomeInUse,
    ErrHomeNotEmpty,
    ErrInvalidBackup,
    ErrInvalidCommand,
    ErrStoreCorrupt,
    ErrStoreNewer,
    QntxError,
)
from qntx_desktop.services.backup_file import (
    FOLDERS,
    SETTINGS,
    STORE,
    SUFFIX,
    BackupWriter,
    Manifest,
    Progress,
    open_archive,
    unpack,
)
from qntx_desktop.services.ports import HomeLock
from qntx_desktop.services.source_places import SourcePlaces
from qntx_desktop.services.whole_file import write_error, written_whole
from qntx_desktop.store import contents, restoring
from qntx_desktop.store.database import Database
from qntx_desktop.store.verification import verify

UNFINISHED = "restore-unfinished"
"""Stands in a home while a backup is put in place; found later, it says that this did not end."""
COPY_SUFFIX = ".db"
"""A copy of the store alone."""
_PART = ".qntx-part-"
_OLD_PART_S = 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was made, or looked at."""

    path: Path
    bytes: int
    manifest: Manifest

    def to_json(self) -> dict[str, Any]:
        """Where it is and what is in it."""
        return {"path": str(self.path), "bytes": self.bytes, **self.manifest.to_json()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What took the place of what. `kept` is where the latter is, None when there was nothing."""

    home: Path
    backup: Backup
    kept: Path | None
    open_jobs: int

    def to_json(self) -> dict[str, Any]:
        """Everything, with what is in the backup."""
        return {
            "home": str(self.home),
            "kept": str(self.kept) if self.kept is not None else None,
            "open_jobs": self.open_jobs,
            "backup": self.backup.to_json(),
        }


class Backups:
    """Makes backups of a home and puts them back.

    Args:
        root: The home, which may not exist.
        locks: Held by a runner, and by a window, of this home.
        app_version: Noted in each backup.
    """

    def __init__(
        self, root: Path, locks: Callable[[], tuple[HomeLock, ...]], app_version: str, clock: Clock
    ) -> None:
        self.root = root
        self._locks = locks
        self._app_version = app_version
        self._clock = clock

    @property
    def folder(self) -> Path:
        """Where backups are kept unless somebody says otherwise."""
        return self.root / "backups"

    @property
    def store(self) -> Path:
        """The store of the home."""
        return self.root / STORE

    def make(self, target: Path | None, progress: Progress, stem: str = "qntx") -> Backup:
        """Back the home up while others may be at work in it.

        Args:
            target: The file, or a folder to put it in; None takes the home's own.
            stem: What the name begins with, where it is not given.

        Raises:
            ErrInvalidCommand: The file would be part of itself.
            ErrDiskFull, ErrFileNotFound: It cannot be written there; nothing is left.
            QntxError: The store is damaged or cannot be read.
        """
        if target is None:
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise write_error(self.folder, error) from error
        place = self.folder if target is None else target
        at_us = self._clock()
        if place.is_dir():
            place = place / f"{stem}-{_compact(at_us)}{SUFFIX}"
        if any(place.resolve().is_relative_to(self.root / name) for name in FOLDERS):
            raise ErrInvalidCommand(f"{place} is in a folder that is backed up", hint="Name another place.")
        _sweep(place.absolute().parent)
        try:
            with tempfile.TemporaryDirectory(prefix=_PART, dir=place.absolute().parent) as part:
                manifest = self._write(place, Path(part) / STORE, at_us, progress)
        except OSError as error:
            raise write_error(place, error) from error
        return Backup(path=place.absolute(), bytes=place.stat().st_size, manifest=manifest)

    def look(self, path: Path, progress: Progress) -> Backup:
        """Check a backup to its last byte, and the store in it to its last page. Needs room to unpack it.

        Raises:
            ErrFileNotFound, ErrInvalidBackup, ErrStoreCorrupt, ErrStoreNewer, ErrDiskFull: It cannot be used.
        """
        with self._unpacked(path, Path(tempfile.gettempdir()), progress) as (backup, _folder):
            return backup

    def restore(self, path: Path, progress: Progress, *, over: bool) -> Restored:
        """Put a backup in the place of what is in the home, which is kept first.

        Args:
            path: A backup, or a copy of the store alone as migrations make it; files stay as they are then.
            over: Whether there may be something in the home.

        Raises:
            ErrHomeNotEmpty: There is, and it may not be replaced.
            ErrHomeInUse: A window, `qntx serve` or a run is at work in it.
            QntxError: As `look`; nothing was changed.
        """
        self._refuse_full_home(over)
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with ExitStack() as held, self._unpacked(path, self.root, progress) as (backup, fresh):
            for lock in self._locks():
                if not lock.acquire():
                    raise ErrHomeInUse(str(self.root))
                held.callback(lock.release)
            self._refuse_full_home(over)  # it may have been filled while the backup was read
            Database.open(fresh / STORE, publish=lambda _: None, app_version=self._app_version).close()
            kept = self._put(fresh, path, progress)
            open_jobs = contents.open_jobs(self.store)
        return Restored(home=self.root, backup=backup, kept=kept, open_jobs=open_jobs)

    def unfinished(self) -> str | None:
        """The backup whose restoring was interrupted; None when there is none such."""
        try:
            return (self.root / UNFINISHED).read_text("utf-8")
        except OSError:
            return None

    def _write(self, place: Path, copy: Path, at_us: int, progress: Progress) -> Manifest:
        if self.store.exists():
            restoring.copy_of(self.store, copy, _parts(progress, "Copying the store"))
        else:
            Database.open(copy, publish=lambda _: None, app_version=self._app_version).close()
        counts, schema = contents.counts(copy)
        files, left_out = self._files(copy)
        total, done = max(copy.stat().st_size + sum(_size(each) for _, each in files), 1), 0
        with written_whole(place, 0o600) as file, open_archive(file) as archive:
            writer = BackupWriter(archive)
            for name, each in ((STORE, copy), *files):
                try:
                    writer.add(name, each, partial(_packed, progress, done, total))
                except FileNotFoundError:
                    left_out.append(name)  # removed since it was listed
                    continue
                done += writer.files[name][0]
            manifest = Manifest(
                app_version=self._app_version,
                schema=schema,
                made_at=str(iso(at_us)),
                counts=counts,
                files=writer.files,
                left_out=tuple(left_out),
            )
            writer.finish(manifest)
        return manifest

    def _files(self, store: Path) -> tuple[list[tuple[str, Path]], list[str]]:
        """What belongs to a store, by the name it gets; and what of it is no ordinary file, by name."""
        found = [(SETTINGS, self.root / SETTINGS)] if (self.root / SETTINGS).is_file() else []
        left_out: list[str] = []
        kept = contents.revision_folders(store)
        for path in (each for top in FOLDERS for each in _walk(self.root / top)):
            name = path.relative_to(self.root).as_posix()
            top, *rest = name.split("/")
            if top == "sources" and "/".join(rest[:2]).removesuffix(".json") not in kept:
                continue  # objects and old revisions, which can be fetched again
            if top == "code" and len(rest) == 1 and path.is_symlink():
                continue  # where people see a revision; it is made anew
            if path.is_file() and not path.is_symlink() and name.isprintable() and "\\" not in name:
                found.append((name, path))
            else:
                left_out.append(ascii(name)[1:-1])
        return found, left_out

    @contextmanager
    def _unpacked(self, path: Path, beside: Path, progress: Progress) -> Iterator[tuple[Backup, Path]]:
        _sweep(beside)
        with tempfile.TemporaryDirectory(prefix=_PART, dir=beside) as part:
            folder = Path(part) / "backup"
            is_copy = path.suffix == COPY_SUFFIX
            manifest = _copied(path, folder) if is_copy else unpack(path, folder, progress)
            try:
                verify(folder / STORE)
            except ErrStoreCorrupt as error:
                raise ErrInvalidBackup(str(path), error.details["reason"], STORE) from error
            if is_copy:
                counts, schema = contents.counts(folder / STORE)
                manifest = replace(manifest, counts=counts, schema=schema)
            yield Backup(path=path.absolute(), bytes=path.stat().st_size, manifest=manifest), folder

    def _refuse_full_home(self, over: bool) -> None:
        if over or not self.store.exists():
            return
        count: int | None = None
        with contextlib.suppress(QntxError):
            found = verify(self.store)
            count = found.attestations if found is not None else 0
        raise ErrHomeNotEmpty(str(self.root), count)

    def _put(self, fresh: Path, path: Path, progress: Progress) -> Path | None:
        kept, is_whole = self._keep(progress)
        aside = self.folder / f"before-{_compact(self._clock())}"
        (self.root / UNFINISHED).write_text(str(path.absolute()), "utf-8")
        if path.suffix != COPY_SUFFIX:
            self._put_files(fresh, fresh.parent / "old" if is_whole else aside)
        if kept is not None and self.store.exists():
            restoring.overwrite(self.store, fresh / STORE, _parts(progress, "Restoring the store"))
        else:
            restoring.put_aside(self.store, fresh / STORE, aside)
        places = SourcePlaces(self.root / "code", self.root / "sources")
        for source in contents.sources(self.store):
            places.show(source)
        (self.root / UNFINISHED).unlink()
        return kept or (aside if aside.exists() else None)

    def _keep(self, progress: Progress) -> tuple[Path | None, bool]:
        """Keep what is in the home as a backup, if its store can be read; also whether that is all of it."""
        if not self.store.exists() and not any(
            os.path.lexists(self.root / name) for name in (SETTINGS, *FOLDERS)
        ):
            return None, True
        try:
            made = self.make(
                None, lambda what, part: progress(f"Keeping what is there: {what}", part), "before"
            )
        except (ErrStoreCorrupt, ErrStoreNewer):
            return None, False
        return made.path, not made.manifest.left_out

    def _put_files(self, fresh: Path, old: Path) -> None:
        """Each folder goes as a whole."""
        for name in (SETTINGS, *FOLDERS):
            here = self.root / name
            if os.path.lexists(here):
                old.mkdir(mode=0o700, parents=True, exist_ok=True)
                here.rename(old / name)
            if (fresh / name).exists():
                (fresh / name).rename(here)


def _copied(path: Path, folder: Path) -> Manifest:
    """A copy of the store alone, such as each migration makes one."""
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        hint = "Make a backup of that home: qntx --home DIR backup"
        raise ErrInvalidBackup(str(path), "it is a store that is in use, not a copy", hint=hint)
    try:
        size, changed_s = path.stat().st_size, path.stat().st_mtime
        folder.mkdir(mode=0o700)
        shutil.copyfile(path, folder / STORE)
    except FileNotFoundError:
        raise ErrFileNotFound(str(path)) from None
    except OSError as error:
        raise write_error(path, error) from error
    return Manifest(
        app_version="",
        schema=0,
        made_at=str(iso(int(changed_s * 1_000_000))),
        counts={},
        files={STORE: (size, "")},
    )


def _walk(top: Path) -> Iterator[Path]:
    """Every file and every link below a folder, in order; links are not followed."""
    for folder, folders, names in os.walk(top):
        folders.sort()
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
        for name in sorted((*names, *links)):
            yield Path(folder, name)


def _packed(progress: Progress, before: int, total: int, size: int) -> None:
    progress("Packing", min((before + size) / total, 1.0))


def _parts(progress: Progress, what: str) -> Callable[[int, int], None]:
    return lambda done, every: progress(what, done / max(every, 1))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # removed since it was listed
        return 0


def _compact(at_us: int) -> str:
    return datetime.fromtimestamp(at_us / 1_000_000, UTC).strftime("%Y%m%d-%H%M%S-%f")


def _sweep(folder: Path) -> None:
    """Remove what a killed backup left there; not what another process may be at work on."""
    for part in folder.glob(f"{_PART}*"):
        with contextlib.suppress(OSError):
            if time.time() - part.stat().st_mtime > _OLD_PART_S:
                shutil.rmtree(part)
