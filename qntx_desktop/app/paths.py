"""Where a home is and what stands where in it.

Any thread. Hides platformdirs.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from qntx_desktop.model.errors_home import ErrHomeUnusable

VARIABLE = "QNTX_HOME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The folder of one profile; `root` is absolute."""

    root: Path

    @property
    def db(self) -> Path:
        """The store."""
        return self.root / "qntx.db"

    @property
    def backups(self) -> Path:
        """Copies of the store, made before migrations."""
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        """What the app itself logs."""
        return self.root / "logs"

    @property
    def is_there(self) -> bool:
        """Whether the folder exists; False also when that cannot be told, which pathlib raises instead."""
        try:
            return self.root.is_dir()
        except OSError:
            return False

    @property
    def work(self) -> Path:
        """Work folders of runs; each is removed after its run."""
        return self.root / "work"

    @property
    def environments(self) -> Path:
        """Packages of handlers; can be removed at any time, and is fetched again when needed."""
        return self.root / "environments"

    @property
    def ports(self) -> Path:
        """Which loopback ports processes of this home listen on; handlers are kept away from them."""
        return self.root / "ports"

    @property
    def code(self) -> Path:
        """What people see of code sources: one folder each."""
        return self.root / "code"

    @property
    def sources(self) -> Path:
        """Fetched objects and complete revisions of code sources, by their number."""
        return self.root / "sources"

    @property
    def plugins(self) -> Path:
        """Where programs of plugins are found, and where plugins start."""
        return self.root / "plugins"

    @property
    def lock(self) -> Path:
        """Locked by the process that runs the jobs."""
        return self.root / "runner.lock"

    @property
    def window_lock(self) -> Path:
        """Locked by the one window of the home."""
        return self.root / "window.lock"

    @property
    def leases(self) -> Path:
        """Touched while workers of a cluster run something of this home."""
        return self.root / "remote.leases"

    @property
    def config(self) -> Path:
        """The person's settings."""
        return self.root / "config.toml"

    @property
    def id(self) -> str:
        """A name for this home that is the same for every process that uses it."""
        import hashlib  # late, like platformdirs: the first paint needs neither

        return hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]

    def check(self) -> None:
        """Refuse what can never be a home, so that it does not answer as an empty one.

        Raises:
            ErrHomeUnusable: Something that is no folder stands there, or the way to it cannot be entered.
        """
        try:
            mode = self.root.stat().st_mode
        except FileNotFoundError:
            return
        except OSError as error:
            raise ErrHomeUnusable(str(self.root), error.strerror or str(error)) from None
        if not stat.S_ISDIR(mode):
            raise ErrHomeUnusable(str(self.root), "it is not a folder")

    def make(self) -> Home:
        """Make the folder and those inside it, readable by the person only.

        Raises:
            ErrHomeUnusable: It cannot be made or entered.
        """
        try:
            for folder in (self.root, self.logs, self.work):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ErrHomeUnusable(str(self.root), error.strerror or str(error)) from None
        return self


def resolve_home(option: str | None) -> Home:
    """Find the home: the option, else `QNTX_HOME`, else the platform's folder for a person's files. Makes nothing.

    Raises:
        ErrHomeUnusable: The path cannot be one.
    """
    chosen = option or os.environ.get(VARIABLE) or ""
    if not chosen:
        import platformdirs

        return Home(root=Path(platformdirs.user_data_dir("qntx-desktop", appauthor=False)))
    try:
        # Resolved, so that one home has one id however it is spelled.
        return Home(root=Path(chosen).expanduser().resolve())
    except (OSError, ValueError, RuntimeError) as error:
        raise ErrHomeUnusable(ascii(chosen)[1:-1], str(error)) from None
