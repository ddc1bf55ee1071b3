"""The person's `config.toml`: read as plain values, written so that comments and order stay.

Any thread but the GUI's. Hides tomllib for reading and tomlkit for writing, which is imported only then.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qntx_desktop.model.errors import ErrConfigUnreadable, ErrConfigUnwritable

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

MOST_BYTES = 1_000_000
Stamp = tuple[int, int, int] | None

_LINE = re.compile(r"\(at line (\d+)")


class ConfigFile:
    """One TOML file of tables with keys in them; keys are spelled `table.key` here."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def stamp(self) -> Stamp:
        """What differs after a change; None while there is no file."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def read(self) -> dict[str, Any]:
        """Every value by its key; empty when there is no file.

        Raises:
            ErrConfigUnreadable: It cannot be read, or is not TOML.
        """
        text = self._text()
        try:
            return dict(_flat(tomllib.loads(text)))
        except tomllib.TOMLDecodeError as error:
            found = _LINE.search(str(error))
            line = int(found[1]) if found else len(text.splitlines())  # it names no line at the end
            raise ErrConfigUnreadable(str(self.path), str(error).split(" (")[0], line) from None
        except RecursionError:
            raise ErrConfigUnreadable(str(self.path), "it is nested too deeply") from None

    def write(self, key: str, value: bool | int | str | None) -> None:
        """Keep a value, or with None take the key out; everything else in the file stays as it is.

        Raises:
            ErrConfigUnreadable, ErrConfigUnwritable: The file as it is, or the new one.
        """
        import tomlkit

        self.read()  # what tomllib refuses must not be written again as something else
        try:
            document = tomlkit.parse(self._text())
            _put(document, key, value)
            self._replace(tomlkit.dumps(document))
        except (tomlkit.exceptions.TOMLKitError, TypeError) as error:
            raise ErrConfigUnreadable(str(self.path), str(error)) from None
        except OSError as error:
            raise ErrConfigUnwritable(str(self.path), error.strerror or str(error)) from None

    def _text(self) -> str:
        try:
            with self.path.open("rb") as file:
                found = file.read(MOST_BYTES + 1)
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise ErrConfigUnreadable(str(self.path), error.strerror or str(error)) from None
        if len(found) > MOST_BYTES:
            raise ErrConfigUnreadable(str(self.path), f"it is larger than {MOST_BYTES:,} bytes")
        try:
            return found.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = found[: error.start].count(b"\n") + 1
            raise ErrConfigUnreadable(str(self.path), "it is not UTF-8", line) from None

    def _replace(self, text: str) -> None:
        """Swap the file in one step, behind a link too, as people who keep their settings elsewhere have it."""
        target = self.path.resolve()
        number, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=".new", dir=target.parent)
        try:
            with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileNotFoundError):
                Path(name).chmod(target.stat().st_mode & 0o777)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _flat(tables: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in tables.items():
        found += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(f"{prefix}{key}", value)]
    return found


def _put(document: TOMLDocument, key: str, value: bool | int | str | None) -> None:
    import tomlkit

    table, _, name = key.partition(".")
    if value is not None:
        if table not in document:
            document.add(table, tomlkit.table())
        document[table][name] = value
    elif table in document and name in document[table]:
        del document[table][name]
