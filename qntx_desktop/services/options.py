"""The person's settings: checked against their declarations, kept in `config.toml`, told when they change.

Any thread; `get` reads memory only. A file that cannot be read is said (`problem`) and never written over: until it
is mended the values from before count, and where it matters the cautious one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from qntx_desktop.engines.config_file import ConfigFile, Stamp
from qntx_desktop.model.errors import ErrConfigUnreadable, ErrInvalidOption, QntxError
from qntx_desktop.model.option import BY_KEY, OPTIONS, Option, Setting, Value, find_option, read_value

_log = logging.getLogger(__name__)

Changed = Callable[[str, Value], None]
"""Hears the key and the new value, on whatever thread noticed; must be quick."""


class Options:
    """Settings over one file."""

    def __init__(self, file: ConfigFile) -> None:
        self._file = file
        self._guard = threading.RLock()
        self._watchers: list[Changed] = []
        self._set: dict[str, Value] = {}
        self._refused: set[str] = set()
        self._stamp: Stamp | object = object()
        self._problem: QntxError | None = None
        self._unknown: tuple[str, ...] = ()
        self.refresh()

    @property
    def path(self) -> str:
        """Where the settings are kept."""
        return str(self._file.path)

    @property
    def problem(self) -> QntxError | None:
        """Why the file, or a value in it, does not count; None when all is well."""
        with self._guard:
            return self._problem

    @property
    def unknown(self) -> tuple[str, ...]:
        """Keys of the file that this version does not know; they are kept and have no effect."""
        with self._guard:
            return self._unknown

    def get(self, key: str) -> Any:
        """What an option is set to, else its default.

        Raises:
            ErrOptionNotFound: There is no such option.
        """
        return self._setting(find_option(key)).value

    def setting(self, key: str) -> Setting:
        """An option with what it is set to.

        Raises:
            ErrOptionNotFound: There is no such option.
        """
        return self._setting(find_option(key))

    def all(self) -> tuple[Setting, ...]:
        """Every option in the order of its declaration."""
        return tuple(self._setting(option) for option in OPTIONS)

    def set(self, key: str, given: object) -> Setting:
        """Keep a value, which may be spelled as text.

        Raises:
            ErrOptionNotFound: There is no such option.
            ErrInvalidOption: The option does not take this value.
            ErrConfigUnreadable, ErrConfigUnwritable: The file cannot be read or written; it stays as it is.
        """
        option = find_option(key)
        return self._write(option, read_value(option, given))

    def reset(self, key: str) -> Setting:
        """Go back to the default.

        Raises:
            ErrOptionNotFound: There is no such option.
            ErrConfigUnreadable, ErrConfigUnwritable: The file cannot be read or written; it stays as it is.
        """
        return self._write(find_option(key), None)

    def watch(self, callback: Changed) -> Callable[[], None]:
        """Have `callback` hear of each change from now on.

        Returns:
            What ends it; calling that twice is allowed.
        """
        with self._guard:
            self._watchers.append(callback)

        def unwatch() -> None:
            with self._guard:
                if callback in self._watchers:
                    self._watchers.remove(callback)

        return unwatch

    def refresh(self) -> bool:
        """Read the file again if it changed, as another process or an editor may have done.

        Returns:
            Whether a value that counts is another than before.
        """
        with self._guard:
            stamp = self._file.stamp()
            if stamp == self._stamp:
                return False
            before = {option.key: self._setting(option).value for option in OPTIONS}
            self._stamp = stamp
            self._read()
            after = {option.key: self._setting(option).value for option in OPTIONS}
            watchers = tuple(self._watchers)
        changed = {key: value for key, value in after.items() if value != before[key]}
        for watcher in watchers:
            _tell(watcher, changed)
        return bool(changed)

    def _setting(self, option: Option) -> Setting:
        with self._guard:
            is_set = option.key in self._set
            value = self._set.get(option.key, option.default)
            if option.cautious is not None and self._in_doubt(option.key):
                return Setting(option=option, value=option.cautious, is_set=False)
            return Setting(option=option, value=value, is_set=is_set)

    def _in_doubt(self, key: str) -> bool:
        whole_file = isinstance(self._problem, ErrConfigUnreadable)
        return whole_file or key in self._refused

    def _read(self) -> None:
        try:
            found = self._file.read()
        except ErrConfigUnreadable as error:
            self._problem = error
            _log.warning("%s", error)
            return
        self._problem, self._set, self._refused = None, {}, set()
        self._unknown = tuple(key for key in found if key not in BY_KEY)
        for option in OPTIONS:
            if option.key in found:
                self._take(option, found[option.key])

    def _take(self, option: Option, given: object) -> None:
        try:
            self._set[option.key] = read_value(option, given)
        except ErrInvalidOption as error:
            error.hint = f"Correct it in {self.path}, or: qntx config {option.key} --reset"
            self._problem = error
            self._refused.add(option.key)
            _log.warning("%s", error)

    def _write(self, option: Option, value: Value | None) -> Setting:
        with self._guard:
            self._file.write(option.key, value)
        self.refresh()
        return self._setting(option)


def _tell(watcher: Changed, changed: dict[str, Value]) -> None:
    for key, value in changed.items():
        try:
            watcher(key, value)
        except Exception:  # noqa: BLE001 - one listener's defect must not keep the others from hearing
            _log.exception("a listener failed on %s", key)
