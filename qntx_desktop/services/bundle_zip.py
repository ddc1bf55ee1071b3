"""The `.qntx` file: a zip of a few known entries, written plainly and read with suspicion.

Any thread but the GUI's. Entries: `canvas.qntxcanvas`, `handlers.json` (as `bundles` writes it) and `inputs/NAME`.
Nothing is ever unpacked to a path that the file names: entries are read into memory, within limits.
"""

from __future__ import annotations

import hashlib
import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from qntx_desktop.model.errors import ErrFileNotFound, ErrInvalidBundle

SUFFIX = ".qntx"
CANVAS, HANDLERS, INPUTS = "canvas.qntxcanvas", "handlers.json", "inputs/"
MOST_ENTRIES = 1_000
MOST_INPUT_BYTES = 32 << 20
MOST_BYTES = 256 << 20
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError)
"""What `zipfile` raises for a file that is none, is damaged, or is packed in a way that it does not know."""
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def packed(entries: Mapping[str, bytes]) -> bytes:
    """The bytes of a file with these entries; the same ones give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in sorted(entries.items()):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            bundle.writestr(entry, content)
    return target.getvalue()


def read_file(path: str) -> tuple[dict[str, bytes], str]:
    """The entries of a file by name, and the digest of the whole file.

    Raises:
        ErrFileNotFound: It cannot be read.
        ErrInvalidBundle: It is no bundle, or an entry of it is not as it must be; `entry` names it.
    """
    try:
        if Path(path).stat().st_size > MOST_BYTES:
            raise ErrInvalidBundle("", f"it has more than {MOST_BYTES >> 20} MB")
        content = Path(path).read_bytes()
    except OSError as error:
        raise ErrFileNotFound(path, error.strerror or str(error)) from error
    return unpacked(content), hashlib.sha256(content).hexdigest()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The entries by name.

    Raises:
        ErrInvalidBundle: As `read_file`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            entries = bundle.infolist()
            _check(entries)
            found = {entry.filename: _content(bundle, entry) for entry in entries}
    except BROKEN_ZIP as error:
        raise ErrInvalidBundle("", f"it is no .qntx file, or a damaged one: {error}") from error
    if CANVAS not in found:
        raise ErrInvalidBundle(CANVAS, "is missing")
    return found


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise ErrInvalidBundle("", f"it has more than {MOST_ENTRIES:,} entries")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ErrInvalidBundle("", f"unpacked it has more than {MOST_BYTES >> 20} MB")
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        fault = _fault(entry)
        if fault:
            raise ErrInvalidBundle(name[:200], fault)
        twin = unicodedata.normalize("NFC", name).casefold()
        if twin in seen:
            raise ErrInvalidBundle(name[:200], "stands twice, maybe in another spelling")
        seen.add(twin)


def _fault(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or entry.is_dir():
        return "is no ordinary file"
    if entry.flag_bits & 0x1:
        return "is encrypted"
    if entry.compress_type not in _READABLE:
        return "is packed in a way that is not known here"
    if entry.filename in (CANVAS, HANDLERS):
        return ""
    if not entry.filename.startswith(INPUTS):
        return "is not known"
    if entry.file_size > MOST_INPUT_BYTES:
        return f"has more than {MOST_INPUT_BYTES >> 20} MB"
    return name_fault(entry.filename.removeprefix(INPUTS))


def name_fault(name: str) -> str:
    """Why a name cannot be that of a file in one flat folder, on any system; empty when it can."""
    if not name or len(name.encode("utf-8", "replace")) > 200 or name != name.strip() or name.endswith("."):
        return "has no name that can be used"
    if name.startswith(("-", ".")) or not name.isprintable():
        return "has a name that cannot be used"
    if set(name) & set('/\\:*?"<>|') or _RESERVED.fullmatch(name):
        return "has a name that is not a plain file name"
    return ""


def _content(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """An entry, read no further than it said."""
    with bundle.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise ErrInvalidBundle(entry.filename[:200], "is not as long as it says")
    return content
