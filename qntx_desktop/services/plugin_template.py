"""A new plugin as a folder: code that runs, tests that pass, and what the host starts.

Writes files; any thread but the GUI's. The texts are files under `resources/templates/plugin`; the app reads them
and hands them in.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qntx_desktop.model.errors_sources import ErrDuplicateName
from qntx_desktop.model.ix import check_handler_name
from qntx_desktop.services.whole_file import write_error

_EXECUTABLE = 0o755


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlugin:
    """What was written.

    Args:
        launcher: What `qntx plugin add` takes.
        python: The interpreter that it is run with.
    """

    name: str
    folder: Path
    launcher: Path
    python: str


class PluginTemplate:
    """Writes new plugins.

    Args:
        texts: The texts by `names`.
        python: The interpreter that has the SDK.
    """

    names = ("plugin.py", "test_plugin.py", "README.md", "launcher.sh", "launcher.cmd")

    def __init__(self, texts: Mapping[str, str], python: str) -> None:
        self._texts, self._python = texts, python

    def write(self, name: str, parent: Path) -> NewPlugin:
        """Write a plugin that serves `ix <name>`.

        Args:
            name: Of the plugin and of its type.
            parent: The folder that gets a folder of this name; made if it is absent.

        Raises:
            ErrInvalidHandlerName: No type can be called that.
            ErrDuplicateName: There is something of this name in the folder.
            ErrDiskFull, ErrFileNotFound: The folder cannot be written.
        """
        check_handler_name(name)
        folder = (parent / name).absolute()
        try:
            return self._write(name, folder)
        except OSError as error:
            raise write_error(folder, error) from error

    def _write(self, name: str, folder: Path) -> NewPlugin:
        on_windows = os.name == "nt"
        launcher = folder / f"qntx-{name}-plugin{'.cmd' if on_windows else ''}"
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            folder.mkdir()
        except FileExistsError:
            raise ErrDuplicateName(name, f"In {folder.parent} something") from None
        python = self._python if on_windows else shlex.quote(self._python)
        words = {"name": name, "Class": _class_of(name), "python": python, "launcher": launcher.name}
        for file in ("plugin.py", "test_plugin.py", "README.md"):
            _write(folder / file, _filled(self._texts[file], words))
        _write(launcher, _filled(self._texts["launcher.cmd" if on_windows else "launcher.sh"], words))
        launcher.chmod(_EXECUTABLE)
        return NewPlugin(name=name, folder=folder, launcher=launcher, python=self._python)


def _class_of(name: str) -> str:
    """`rss-feed` is `RssFeed`; a class begins with a letter."""
    made = "".join(part.capitalize() for part in name.split("-"))
    return made if made[:1].isalpha() else f"Plugin{made}"


def _filled(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"@(name|Class|python|launcher)@", lambda found: words[found[1]], text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
