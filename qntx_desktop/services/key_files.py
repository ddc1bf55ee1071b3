"""Keys that a person gave, as a file that goes to another computer or home. Any thread but the GUI's; blocks.

What a key means is the window's business: here they are text under the names of actions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from qntx_desktop.model.errors import ErrFileNotFound, ErrInvalidPayload
from qntx_desktop.model.strict_json import NotStrictJson, read_json
from qntx_desktop.services.canvas_files import write_file

FORMAT, VERSION = "qntx-keys", 1
SUFFIX = ".qntxkeys"
MOST_BYTES = 1 << 20


def write_keys(path: str, keys: Mapping[str, str]) -> str:
    """Write a file whole or not at all.

    Args:
        keys: By action; an empty text for an action without a key.

    Returns:
        The path.

    Raises:
        ErrFileNotFound: It cannot be written there.
    """
    text = json.dumps({"format": FORMAT, "version": VERSION, "keys": dict(keys)}, indent=2, sort_keys=True)
    return write_file(path, f"{text}\n".encode())


def read_keys(path: str) -> dict[str, str]:
    """The keys in a file, as they stand there.

    Raises:
        ErrFileNotFound: It cannot be read.
        ErrInvalidPayload: It is no file of keys that this version can read.
    """
    try:
        with Path(path).open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ErrFileNotFound(path, error.strerror or str(error)) from error
    if len(content) > MOST_BYTES:
        raise _wrong("file", f"is larger than {MOST_BYTES:,} bytes")
    try:
        found = read_json(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise _wrong("file", "is not UTF-8") from None
    except NotStrictJson as error:
        raise _wrong("file", str(error)) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _wrong("format", "is no file of keys")
    if found.get("version") != VERSION:
        raise _wrong("version", "is written by a later version of the app")
    keys = found.get("keys")
    if not isinstance(keys, dict) or not all(isinstance(each, str) for each in keys.values()):
        raise _wrong("keys", "must be texts under the names of actions")
    return keys


def _wrong(field: str, reason: str) -> ErrInvalidPayload:
    hint = "Files of keys are made by Export in the sheet of keys. Nothing was changed."
    return ErrInvalidPayload("keys", field, reason, what="The file of keys", hint=hint)
