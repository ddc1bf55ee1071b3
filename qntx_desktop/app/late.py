"""What only runs of code need, brought in when first asked for: reading the store must not import the sandbox.

Any thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.app.paths import Home
from qntx_desktop.model.events import Publish
from qntx_desktop.model.handler import Requires
from qntx_desktop.services.handlers import CheckCode, Handlers
from qntx_desktop.store.database import Database

if TYPE_CHECKING:
    from qntx_desktop.engines.git.port import GitProcesses
    from qntx_desktop.engines.remote.cluster import Cluster
    from qntx_desktop.engines.sandbox.warm import WarmLaunchers
    from qntx_desktop.services.jobs.job_type import Workbench
    from qntx_desktop.services.network import Network
    from qntx_desktop.services.options import Options
    from qntx_desktop.services.plugin_host import PluginHost
    from qntx_desktop.services.secrets import Secrets
    from qntx_desktop.services.sources import Sources
    from qntx_desktop.services.vault import Vault

CHECKS_KEPT = 64


@lru_cache(maxsize=CHECKS_KEPT)
def check_code(code: str) -> Requires:
    """Parse code outside this process; the answers for the last pieces of code are kept.

    Raises:
        ErrEmptyCode, ErrSyntax: As the engine's.
    """
    from qntx_desktop.engines import python_code

    return python_code.check_code(code)


def sandbox_level() -> str:
    """How well handlers are confined on this machine."""
    from qntx_desktop.services.confinement import sandbox_report

    return sandbox_report().level.value


def warm_launchers(home: Home) -> WarmLaunchers:
    """What handlers of this home are forked from; nothing is started yet."""
    from qntx_desktop.engines.sandbox.warm import WarmLaunchers

    return WarmLaunchers(home.id, home.work)


def make_vault(db: Database) -> Vault:
    """What seals secrets; asks no keyring yet."""
    from qntx_desktop.engines.keychain import SystemKeychain
    from qntx_desktop.services.vault import Vault

    return Vault(db, SystemKeychain(), lambda: os.environ.get("QNTX_PASSPHRASE"))


def make_sources(home: Home, db: Database, vault: Vault) -> Sources:
    """The code sources of a home."""
    from qntx_desktop.services.source_places import SourcePlaces
    from qntx_desktop.services.sources import Sources

    return Sources(db, SourcePlaces(home.code, home.sources), vault)


def git_processes() -> GitProcesses:
    """What reads and fetches repositories; nothing is started yet."""
    from qntx_desktop.engines.git.port import GitProcesses

    return GitProcesses()


def make_plugin_host(
    home: Home, db: Database, network: Network, secrets: Secrets, options: Callable[[], Options], publish: Publish
) -> PluginHost:
    """What runs plugins; nothing is started before it begins."""
    from qntx_desktop.services.plugin_host import PluginHost
    from qntx_desktop.services.queue import Queue

    return PluginHost(
        db=db,
        home_id=home.id,
        folder=home.plugins,
        logs=home.logs,
        network=network,
        secrets=secrets,
        options=options,
        queue=lambda: Queue(db),
        publish=publish,
    )


def make_cluster(home: Home) -> Cluster:
    """What sends runs away; connects to nobody yet."""
    from qntx_desktop.engines.remote.cluster import Cluster

    return Cluster(home.leases)


def make_bench(
    home: Home,
    db: Database,
    handlers: Handlers,
    vault: Vault,
    check: CheckCode,
    network: Network,
    options: Callable[[], Options],
    work_dir: Path | None = None,
    environments: Path | None = None,
    warm: WarmLaunchers | None = None,
    sources: Sources | None = None,
    git: GitProcesses | None = None,
    plugins: PluginHost | None = None,
    cluster: Callable[[], Cluster] | None = None,
) -> Workbench:
    """The tools that job types run with.

    Args:
        options: The person's settings, opened when first asked for.
        work_dir: Where work folders of runs are made; None: in the home.
        environments: Where packages of handlers lie; None: in the home.
        warm: Launchers to fork handlers from; None: each is started anew.
        sources: The code sources; None: of their own.
        git: Processes that speak git; None: of their own.
        plugins: What runs plugins; None: one that never begins to.
        cluster: What speaks to the scheduler; None: of its own.
    """
    from qntx_desktop.engines.packages.environments import Environments
    from qntx_desktop.engines.sandbox.launcher import launch
    from qntx_desktop.services.git_ingest import GitIngest
    from qntx_desktop.services.jobs.job_type import Workbench
    from qntx_desktop.services.ledger import Ledger
    from qntx_desktop.services.pace import Pace
    from qntx_desktop.services.packages import Packages
    from qntx_desktop.services.permits import Permits
    from qntx_desktop.services.remote import Remote
    from qntx_desktop.services.retention import Retention
    from qntx_desktop.services.run_memory import RunMemory
    from qntx_desktop.services.secrets import Secrets
    from qntx_desktop.services.syncing import Syncing

    sources, git = sources or make_sources(home, db, vault), git or git_processes()
    pace, memory, told = Pace(options), RunMemory(db), Secrets(db, vault, handlers)
    plugins = plugins or make_plugin_host(home, db, network, told, options, lambda _event: None)
    return Workbench(
        handlers=handlers,
        permits=Permits(db, sandbox_level),
        packages=Packages(db, handlers, Environments(environments or home.environments), network.is_offline),
        memory=memory,
        pace=pace,
        retention=Retention(db, pace.keep),
        vault=vault,
        secrets=told,
        git_ingest=GitIngest(Ledger(db), memory, network, git),
        network=network,
        plugins=plugins,
        sources=sources,
        syncing=Syncing(db, sources, git, network.is_offline),
        check_code=check,
        launch=partial(launch, warm=warm),
        remote=Remote(options, network, cluster or partial(make_cluster, home), home.leases),
        work_dir=work_dir or home.work,
        home_id=home.id,
        app_home=home.root,
    )
