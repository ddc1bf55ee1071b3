"""A backup as one file: a zip with the store, the settings and the files of a home, and what each must be.

Any thread but the GUI's; blocks. Entries: `qntx.db`, `config.toml`, files under `code/`, `sources/` and `inputs/`,
and last `backup.json`, which names every other one with its size and SHA-256. It is read with suspicion: nothing is
unpacked that is not named there, or to a path that leads out of the folder.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from qntx_desktop.model.errors import ErrDiskFull, ErrFileNotFound, ErrInvalidBackup
from qntx_desktop.model.strict_json import NotStrictJson, read_json
from qntx_desktop.services.bundle_zip import BROKEN_ZIP
from qntx_desktop.services.whole_file import write_error

SUFFIX = ".qntxbackup"
FORMAT, VERSION = "qntx.backup", 1
MANIFEST, STORE, SETTINGS = "backup.json", "qntx.db", "config.toml"
FOLDERS = ("code", "sources", "inputs")
MOST_MANIFEST_BYTES = 256 << 20
_STEP_BYTES = 1 << 20
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)

Progress = Callable[[str, float], None]
"""Hears what is done and how much of it, 0 to 1; may raise to give up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself; `files` holds (bytes, SHA-256) by name."""

    app_version: str
    schema: int
    made_at: str
    counts: Mapping[str, int]
    files: Mapping[str, tuple[int, str]]
    left_out: tuple[str, ...] = ()

    @property
    def bytes(self) -> int:
        """How large it is unpacked."""
        return sum(size for size, _ in self.files.values())

    def to_json(self) -> dict[str, Any]:
        """What a person is told: without the list of files."""
        return {
            "app_version": self.app_version,
            "schema": self.schema,
            "made_at": self.made_at,
            **self.counts,
            "files": len(self.files),
            "unpacked_bytes": self.bytes,
            "left_out": list(self.left_out),
        }


@dataclass(slots=True)
class BackupWriter:
    """Adds files to a backup that is being written, and notes what each is."""

    archive: zipfile.ZipFile
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, name: str, path: Path, progress: Callable[[int], None]) -> None:
        """Add a file, compressed.

        Args:
            progress: Hears after each piece how many bytes of this file are done.

        Raises:
            OSError: It cannot be read, or the backup not be written.
        """
        digest, size = hashlib.sha256(), 0
        entry = zipfile.ZipInfo(name, _FIRST_DAY)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with path.open("rb") as source:
            entry.external_attr = (stat.S_IFREG | (path.stat().st_mode & 0o777)) << 16
            with self.archive.open(entry, "w", force_zip64=True) as target:
                while piece := source.read(_STEP_BYTES):
                    target.write(piece)
                    digest.update(piece)
                    size += len(piece)
                    progress(size)
        self.files[name] = (size, digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write the list of what is in it."""
        shape = {
            "format": FORMAT,
            "version": VERSION,
            "app_version": manifest.app_version,
            "schema": manifest.schema,
            "made_at": manifest.made_at,
            "counts": dict(manifest.counts),
            "left_out": list(manifest.left_out),
            "files": {name: {"bytes": size, "sha256": digest} for name, (size, digest) in self.files.items()},
        }
        entry = zipfile.ZipInfo(MANIFEST, _FIRST_DAY)
        entry.compress_type = zipfile.ZIP_DEFLATED
        self.archive.writestr(entry, json.dumps(shape, ensure_ascii=False, indent=1))


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """An archive to write to; little compression, because a person waits for it."""
    return zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=1)


def unpack(path: Path, folder: Path, progress: Progress) -> Manifest:
    """Check a backup to its last byte and unpack it into a folder, which is not made if anything is wrong.

    Raises:
        ErrFileNotFound: It cannot be read.
        ErrInvalidBackup: It is no backup, damaged, or of a later version; `entry` names the part.
        ErrDiskFull: There is no room to unpack it.
    """
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            manifest = _manifest(path, archive)
            _check_names(path, archive, manifest)
            if shutil.disk_usage(folder.parent).free < manifest.bytes:
                raise ErrDiskFull(str(folder.parent))
            folder.mkdir(mode=0o700)
            done = 0
            for name, (size, digest) in manifest.files.items():
                _unpack_one(path, archive, name, folder, (size, digest))
                done += size
                progress("Checking the backup", done / max(manifest.bytes, 1))
            return manifest
    except BROKEN_ZIP as error:
        raise ErrInvalidBackup(str(path), f"it is no backup, or a damaged one: {error}") from error
    except IsADirectoryError:
        raise ErrFileNotFound(str(path), "it is a folder, not a file") from None
    except FileNotFoundError as error:
        raise ErrFileNotFound(str(path)) from error
    except OSError as error:
        raise write_error(path, error) from error


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        entry = archive.getinfo(MANIFEST)
    except KeyError:
        raise ErrInvalidBackup(str(path), "it is no backup of this app", MANIFEST) from None
    if entry.file_size > MOST_MANIFEST_BYTES:
        raise ErrInvalidBackup(str(path), f"is larger than {MOST_MANIFEST_BYTES >> 20} MB", MANIFEST)
    try:
        shape = read_json(archive.read(entry).decode())
        if shape["format"] != FORMAT:
            raise ErrInvalidBackup(str(path), "it is no backup of this app", MANIFEST)
        if int(shape["version"]) > VERSION:
            raise ErrInvalidBackup(
                str(path),
                f"it was made by a later version of the app, {shape['app_version']}",
                MANIFEST,
                "Install that version or a later one.",
            )
        files = {str(name): (int(of["bytes"]), str(of["sha256"])) for name, of in shape["files"].items()}
        return Manifest(
            app_version=str(shape["app_version"]),
            schema=int(shape["schema"]),
            made_at=str(shape["made_at"]),
            counts={str(name): int(count) for name, count in shape["counts"].items()},
            files=files,
            left_out=tuple(map(str, shape["left_out"])),
        )
    except (NotStrictJson, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ErrInvalidBackup(str(path), f"it cannot be read: {error}", MANIFEST) from error


def _check_names(path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    present = [entry.filename for entry in archive.infolist()]
    if len(present) != len(set(present)):
        twin = next(name for name in present if present.count(name) > 1)
        raise ErrInvalidBackup(str(path), "stands in it twice", twin[:200])
    for name in sorted(set(present) ^ {*manifest.files, MANIFEST}):
        known = "is not in it" if name in manifest.files else "is not known"
        raise ErrInvalidBackup(str(path), known, name[:200])
    if STORE not in manifest.files:
        raise ErrInvalidBackup(str(path), "is not in it", STORE)
    for name in manifest.files:
        if fault := _name_fault(name):
            raise ErrInvalidBackup(str(path), fault, name[:200])


def _name_fault(name: str) -> str:
    if name in (STORE, SETTINGS):
        return ""
    parts = PurePosixPath(name).parts
    if len(parts) < 2 or parts[0] not in FOLDERS:
        return "is not known"
    if "/".join(parts) != name or ".." in parts or "\\" in name or "\0" in name:
        return "has a path that leads elsewhere"
    return ""


def _unpack_one(
    path: Path, archive: zipfile.ZipFile, name: str, folder: Path, expected: tuple[int, str]
) -> None:
    entry = archive.getinfo(name)
    target = folder / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    # "x": two names that are one on this disk, such as in capitals, must not become one file
    with archive.open(entry) as source, _made(path, target, name) as made:
        while piece := source.read(_STEP_BYTES):
            size += len(piece)
            if size > expected[0]:
                break
            digest.update(piece)
            made.write(piece)
    if (size, digest.hexdigest()) != expected:
        raise ErrInvalidBackup(str(path), "is not what was backed up", name[:200])
    if entry.external_attr >> 16 & 0o100:
        target.chmod(0o700)


def _made(path: Path, target: Path, name: str) -> BinaryIO:
    try:
        return target.open("xb")
    except FileExistsError:
        raise ErrInvalidBackup(
            str(path), "stands in it twice, maybe in another spelling", name[:200]
        ) from None
