"""What a job type is, and what it is handed when one of its jobs runs.

Declarations; any thread. A real run and a dry run differ only in the `RunRecord` they are handed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

from qntx_desktop.engines.sandbox.cancel import CancelToken
from qntx_desktop.engines.sandbox.messages import Sink
from qntx_desktop.model.code_file import CodeFile
from qntx_desktop.model.handler import HandlerVersion
from qntx_desktop.model.job import Job, Outcome
from qntx_desktop.services.git_ingest import GitIngest
from qntx_desktop.services.handlers import CheckCode, Handlers
from qntx_desktop.services.network import Network
from qntx_desktop.services.pace import Pace
from qntx_desktop.services.packages import Packages
from qntx_desktop.services.permits import Permits
from qntx_desktop.services.remote import Remote
from qntx_desktop.services.retention import Retention
from qntx_desktop.services.run_memory import RunMemory
from qntx_desktop.services.secrets import Secrets
from qntx_desktop.services.sources import Sources
from qntx_desktop.services.syncing import Syncing
from qntx_desktop.services.vault import Vault
from qntx_desktop.store.database import Tx

if TYPE_CHECKING:
    from qntx_desktop.engines.sandbox.launcher import RunSpec
    from qntx_desktop.services.plugin_host import PluginHost

Launch: TypeAlias = "Callable[[RunSpec, Sink, CancelToken], Outcome]"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunIdentity:
    """What a run is, as the parent knows it; nothing of it comes from the child.

    Args:
        command: What a person typed, or the job type when nobody did.
        handler: The version that runs; None for a plain script.
        code_file: The file of a code source that runs, at its commit.
        built_in: The job type, when the app itself does the work.
        remembers: What a built-in keeps its state under; None: it keeps nothing.
        memory: Under which name `qntx.state` and `qntx.last_run` are found by the next run with these arguments;
            None: nothing is kept.
    """

    command: str
    script_type: str
    args: tuple[str, ...]
    handler: HandlerVersion | None
    built_in: str | None = None
    remembers: tuple[str, ...] | None = ()
    memory: str | None = None
    code_file: CodeFile | None = None

    @property
    def actor(self) -> str:
        """Who attests: `csv@v2` for a handler, `ix.git` for a built-in, `python.script` for a plain script."""
        if self.code_file is not None:
            return self.code_file.actor
        if self.handler is None:
            return self.built_in or "python.script"
        return f"{self.handler.script_type}@v{self.handler.version}"


class RunRecord(Sink, Protocol):
    """Where a run leaves what it does: the store, or a list that is shown and thrown away."""

    def begin(self, identity: RunIdentity) -> None:
        """Note what runs, before anything of it runs. Called once, maybe again with the handler."""

    def at_end(self, work: Callable[[Tx], None]) -> None:
        """Do this, too, in the transaction that stores how the run ended; a dry run forgets it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """The tools that job types run with, the same for every job of a home; `app_home` is its folder."""

    handlers: Handlers
    permits: Permits
    packages: Packages
    memory: RunMemory
    pace: Pace
    retention: Retention
    vault: Vault
    secrets: Secrets
    sources: Sources
    syncing: Syncing
    git_ingest: GitIngest
    network: Network
    plugins: PluginHost
    check_code: CheckCode
    launch: Launch
    remote: Remote
    work_dir: Path
    home_id: str
    app_home: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RunContext:
    """One run. `run_id` names it in its home, also its work folder; `schedule_id` is whose slot asked for it.

    `job_id` is None in a dry run. `noted` is what the job type foresaw in the transaction that claimed the job, and
    what its execution says already; None where nobody could tell.
    """

    payload: Mapping[str, Any]
    run_id: str
    record: RunRecord
    cancel: CancelToken
    bench: Workbench
    schedule_id: int | None = None
    job_id: int | None = None
    noted: RunIdentity | None = None


@runtime_checkable
class Foreseeing(Protocol):
    """A job type that can tell from the store what a job will run: the claim notes it, which saves a commit."""

    def foresee(self, tx: Tx, job: Job) -> RunIdentity | None:
        """What the job would run if it began now, None when that takes more; a run that differs says so itself."""


class JobType(Protocol):
    """A kind of job. `lane` says whose workers run it."""

    @property
    def name(self) -> str:
        """As in `job.type`."""

    @property
    def lane(self) -> str:
        """One of `ports.Lane`."""

    def check(self, payload: Mapping[str, Any]) -> None:
        """Look at a payload before a job is made of it.

        Raises:
            ErrInvalidPayload: With the dotted path of the field that is wrong.
        """

    def run(self, context: RunContext) -> Outcome:
        """Do the work and say how it ended.

        Raises:
            QntxError: The run could not even start; the job ends failed with it.
        """
