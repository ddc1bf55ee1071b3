"""Handlers as a file: written for others, and read from them with suspicion.

Any thread but the GUI's; reads and writes no file itself. A bundle is one JSON object:
`{"format": "qntx-handlers", "version": 1, "handlers": [{script_type, code, code_sha256, description, version}]}`.
It is imported whole or not at all, and what is in it may only run when it asks for nothing, or a person says yes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qntx_desktop.model.errors import ErrHandlerNotFound, ErrInvalidBundle, Family, QntxError
from qntx_desktop.model.handler import MAX_CODE_BYTES, HandlerVersion, Requires, requires_json
from qntx_desktop.model.strict_json import NotStrictJson, read_json
from qntx_desktop.services.handlers import Handlers, origin_of
from qntx_desktop.store import handlers as stored
from qntx_desktop.store.database import Database, Tx

FORMAT = "qntx-handlers"
VERSION = 1
MAX_HANDLERS = 1_000
MAX_BUNDLE_BYTES = 64 << 20
MAX_DESCRIPTION_CHARS = 1_000
_TOP = frozenset({"format", "version", "handlers"})
_ENTRY = frozenset({"script_type", "code", "code_sha256", "description", "version", "language"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A handler of a bundle. `new` is False when its newest version had this very code already."""

    handler: HandlerVersion
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    script_type: str
    code: str
    description: str
    requires: Requires


class Bundles:
    """Makes bundles of handlers, and handlers of bundles."""

    def __init__(self, db: Database, handlers: Handlers) -> None:
        self._db = db
        self._handlers = handlers

    def export(self, names: Sequence[str]) -> str:
        """The newest active version of each named type, or of all, as the text of a bundle.

        Raises:
            ErrInvalidHandlerName, ErrHandlerNotFound: There is no such handler, or none in use.
        """
        if names:
            chosen = [self._handlers.show(name) for name in dict.fromkeys(names)]
        else:
            chosen = [entry.newest for entry in self._handlers.entries() if entry.newest.active]
        for each in chosen:
            if not each.active:
                raise ErrHandlerNotFound(each.script_type)
        bundle = {"format": FORMAT, "version": VERSION, "handlers": [_shape(each) for each in chosen]}
        return json.dumps(bundle, ensure_ascii=False, indent=1) + "\n"

    def read(self, text: str) -> tuple[HandlerVersion, ...]:
        """What a bundle holds, unsaved, as versions with number 0; to be shown before it is imported.

        Raises:
            ErrInvalidBundle: As `import_text`.
        """
        return tuple(
            HandlerVersion(
                script_type=each.script_type,
                version=0,
                asid="",
                code=each.code,
                code_sha256=_digest(each.code),
                created_at_us=0,
                description=each.description,
                source="import",
                allowed=False,
                allowed_at_level="",
                requires=requires_json(each.requires),
            )
            for each in self._entries(text)
        )

    def import_text(self, text: str) -> tuple[Imported, ...]:
        """Save everything in a bundle, each as a new version on top, in one transaction.

        Raises:
            ErrInvalidBundle: Something in it cannot be taken; nothing was saved.
            QntxError: The store failed.
        """
        entries = self._entries(text)
        return self._db.write(lambda tx: tuple(_save(tx, each) for each in entries))

    def _entries(self, text: str) -> list[_Entry]:
        if len(text.encode("utf-8", "surrogatepass")) > MAX_BUNDLE_BYTES:
            raise ErrInvalidBundle("", f"it has more than {MAX_BUNDLE_BYTES >> 20} MB")
        try:
            bundle = read_json(text)
        except NotStrictJson as error:
            raise ErrInvalidBundle("", str(error)) from None
        if not isinstance(bundle, dict) or bundle.get("format") != FORMAT:
            raise ErrInvalidBundle("", f'it is not of the format "{FORMAT}"')
        _refuse_unknown("", bundle, _TOP)
        if bundle.get("version") != VERSION:
            raise ErrInvalidBundle("version", f"{bundle.get('version')!r:.40} is not known here, only {VERSION}")
        items = bundle.get("handlers")
        if not isinstance(items, list) or len(items) > MAX_HANDLERS:
            raise ErrInvalidBundle("handlers", f"must be a list of at most {MAX_HANDLERS:,}")
        entries = [self._entry(f"handlers.{index}", item) for index, item in enumerate(items)]
        names = [each.script_type for each in entries]
        for name in names:
            if names.count(name) > 1:
                raise ErrInvalidBundle(name, "stands twice")
        return entries

    def _entry(self, place: str, item: object) -> _Entry:
        if not isinstance(item, dict):
            raise ErrInvalidBundle(place, "must be an object")
        _refuse_unknown(place, item, _ENTRY)
        name, code = _text(place, item, "script_type", 200), _text(place, item, "code", MAX_CODE_BYTES)
        description = _text(place, item, "description", MAX_DESCRIPTION_CHARS, needed=False)
        if item.get("language", "python") != "python":
            raise ErrInvalidBundle(f"{place}.language", "only python is known")
        digest = item.get("code_sha256")
        if digest is not None and digest != _digest(code):
            raise ErrInvalidBundle(f"{place}.code", "is not what code_sha256 says: changed or damaged")
        try:
            requires = self._handlers.check(name, code)
        except QntxError as error:
            if error.family is Family.INVALID:
                raise ErrInvalidBundle(place, error.message) from error
            raise
        return _Entry(
            script_type=name, code=code, description=description or requires.description, requires=requires
        )


def _save(tx: Tx, entry: _Entry) -> Imported:
    newest = stored.newest_active(tx.connection, entry.script_type)
    if newest is not None and newest.code == entry.code:
        return Imported(handler=newest, new=False)
    saved = stored.save_version(
        tx,
        script_type=entry.script_type,
        code=entry.code,
        description=entry.description,
        requires=requires_json(entry.requires),
        source="import",
        origin=origin_of("import", entry.requires),
    )
    return Imported(handler=saved, new=True)


def _shape(version: HandlerVersion) -> dict[str, Any]:
    return {
        "script_type": version.script_type,
        "version": version.version,
        "description": version.description,
        "language": version.language,
        "code_sha256": version.code_sha256,
        "code": version.code,
    }


def _text(place: str, item: Mapping[str, Any], key: str, most: int, *, needed: bool = True) -> str:
    value = item.get(key, None if needed else "")
    if not isinstance(value, str):
        raise ErrInvalidBundle(f"{place}.{key}", "is missing" if key not in item else "must be a text")
    if len(value) > most:
        raise ErrInvalidBundle(f"{place}.{key}", f"has {len(value):,} characters, at most {most:,}")
    return value


def _refuse_unknown(place: str, item: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in item:
        if key not in known:
            raise ErrInvalidBundle(f"{place}.{key}"[:200].lstrip("."), "is not known")


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
