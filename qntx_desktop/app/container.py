"""The one place where the parts are put together: `build` opens the store and hands out the services.

Any thread but the GUI's, because it opens the store. What only some callers need is made when first asked for:
asking the ledger imports neither the sandbox nor the canvas's tables.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop import __version__
from qntx_desktop.app.fanout import Fanout
from qntx_desktop.app.home_lock import FileLock
from qntx_desktop.app.late import (
    check_code,
    git_processes,
    make_bench,
    make_cluster,
    make_plugin_host,
    make_sources,
    make_vault,
    sandbox_level,
    warm_launchers,
)
from qntx_desktop.app.paths import Home
from qntx_desktop.app.resources import resource_path
from qntx_desktop.app.thread_lanes import ThreadLanes
from qntx_desktop.model.clock import Clock, now_us
from qntx_desktop.model.events import Publish
from qntx_desktop.model.ids import new_instance_id
from qntx_desktop.services.built_ins import BuiltIns
from qntx_desktop.services.handlers import CheckCode, Handlers
from qntx_desktop.services.ix import Ix
from qntx_desktop.services.ledger import Ledger
from qntx_desktop.services.plugin_routes import PluginRoutes
from qntx_desktop.services.ports import HomeLock, Lanes
from qntx_desktop.services.source_routes import SourceRoutes
from qntx_desktop.services.store_watch import StoreWatch
from qntx_desktop.services.templates import Templates
from qntx_desktop.store.database import Database

if TYPE_CHECKING:
    from qntx_desktop.engines.git.port import GitProcesses
    from qntx_desktop.engines.remote.cluster import Cluster
    from qntx_desktop.engines.sandbox.warm import WarmLaunchers
    from qntx_desktop.services.api_tokens import ApiTokens
    from qntx_desktop.services.attestation_files import AttestationFiles
    from qntx_desktop.services.bundles import Bundles
    from qntx_desktop.services.canvas import CanvasService
    from qntx_desktop.services.canvas_bundles import CanvasBundles
    from qntx_desktop.services.canvas_copies import CanvasCopies
    from qntx_desktop.services.canvas_templates import CanvasTemplates
    from qntx_desktop.services.canvases import Canvases
    from qntx_desktop.services.hooks import Hooks
    from qntx_desktop.services.jobs.job_type import Workbench
    from qntx_desktop.services.network import Network
    from qntx_desktop.services.options import Options
    from qntx_desktop.services.permits import Permits
    from qntx_desktop.services.plugin_host import PluginHost
    from qntx_desktop.services.plugins import Plugins
    from qntx_desktop.services.pulse import Pulse
    from qntx_desktop.services.queue import Queue
    from qntx_desktop.services.runner import Runner
    from qntx_desktop.services.runs import Runs
    from qntx_desktop.services.schedules import Schedules
    from qntx_desktop.services.secrets import Secrets
    from qntx_desktop.services.source_review import SourceReview
    from qntx_desktop.services.sources import Sources
    from qntx_desktop.services.syncing import Syncing
    from qntx_desktop.services.vault import Vault
    from qntx_desktop.services.webhooks import Webhooks


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything the doors (window, command line) may use; `events` takes further listeners."""

    home: Home
    db: Database
    events: Fanout
    lanes: Lanes
    lock: HomeLock
    instance_id: str
    ledger: Ledger
    handlers: Handlers
    ix: Ix
    watch: StoreWatch
    templates: Templates
    check_code: CheckCode
    clock: Clock = now_us
    _making: threading.RLock = field(default_factory=threading.RLock, repr=False)

    @cached_property
    def api_tokens(self) -> ApiTokens:
        """Who may use the local API."""
        from qntx_desktop.services.api_tokens import ApiTokens

        return ApiTokens(self.db, sandbox_level, lambda: os.environ.get("QNTX_API_TOKEN"))

    @cached_property
    def hooks(self) -> Hooks:
        """Webhooks that start a handler."""
        from qntx_desktop.services.hooks import Hooks

        return Hooks(self.db, self.vault, self.runs, self.queue)

    @cached_property
    def attestation_files(self) -> AttestationFiles:
        """Attestations as files."""
        from qntx_desktop.services.attestation_files import AttestationFiles

        return AttestationFiles(self.db)

    @cached_property
    def bundles(self) -> Bundles:
        """Handlers as files."""
        from qntx_desktop.services.bundles import Bundles

        return Bundles(self.db, self.handlers)

    @cached_property
    def plugins(self) -> Plugins:
        """Programs that bring handlers of their own."""
        from qntx_desktop.services.plugins import Plugins

        made = Plugins(self.db, self.home.plugins, self.home.logs, lambda: self.plugin_host)
        self.events.add(made.on_event)
        return made

    @property
    def plugin_host(self) -> PluginHost:
        """What runs plugins, in the process that runs the jobs."""
        with self._making:  # one only: it owns their processes
            return self._plugin_host

    @cached_property
    def pulse(self) -> Pulse:
        """Jobs as people look at them: filters, search, figures, the inbox."""
        from qntx_desktop.services.pulse import Pulse

        return Pulse(self.db)

    @cached_property
    def queue(self) -> Queue:
        """Jobs, executions and logs."""
        from qntx_desktop.services.queue import Queue

        return Queue(self.db)

    @cached_property
    def runs(self) -> Runs:
        """Asking for runs, real and dry."""
        from qntx_desktop.services.runs import Runs

        return Runs(ix=self.ix, queue=self.queue, ledger=self.ledger, bench=self.bench, clock=self.clock)

    @property
    def sources(self) -> Sources:
        """Folders and repositories whose code runs here."""
        with self._making:
            return self._sources

    @cached_property
    def source_review(self) -> SourceReview:
        """What another revision of a source would change."""
        from qntx_desktop.services.source_review import SourceReview

        return SourceReview(self.sources)

    @cached_property
    def syncing(self) -> Syncing:
        """Trying addresses of repositories."""
        return self.bench.syncing

    @property
    def webhooks(self) -> Webhooks:
        """Requests of git hosts to sync a source."""
        with self._making:  # one only: it remembers what came
            return self._webhooks

    @cached_property
    def _webhooks(self) -> Webhooks:
        from qntx_desktop.services.webhooks import Webhooks

        return Webhooks(self.sources, self.queue.enqueue, self.clock)

    @property
    def vault(self) -> Vault:
        """What seals secrets."""
        with self._making:  # one only: it keeps the keys that it was given
            return self._vault

    @cached_property
    def secrets(self) -> Secrets:
        """Values that handlers may be told."""
        from qntx_desktop.services.secrets import Secrets

        return Secrets(self.db, self.vault, self.handlers)

    @cached_property
    def _vault(self) -> Vault:
        return make_vault(self.db)

    @cached_property
    def schedules(self) -> Schedules:
        """What runs again and again."""
        from qntx_desktop.services.schedules import Schedules

        return Schedules(db=self.db, queue=self.queue, runs=self.runs, clock=self.clock)

    @cached_property
    def permits(self) -> Permits:
        """What code from elsewhere may do."""
        return self.bench.permits

    @property
    def runner(self) -> Runner:
        """What runs the jobs; not started yet."""
        with self._making:  # one only: the window asks from several threads
            return self._runner

    @property
    def canvas(self) -> CanvasService:
        """The canvas of the window."""
        with self._making:
            return self._canvas

    @cached_property
    def canvases(self) -> Canvases:
        """All canvases: the list, the bin, search, files."""
        from qntx_desktop.services.canvases import Canvases

        return Canvases(self.db, folder=str(Path.home()))

    @cached_property
    def canvas_copies(self) -> CanvasCopies:
        """Canvases inside cards that are copied or moved."""
        from qntx_desktop.services.canvas_copies import CanvasCopies

        return CanvasCopies(self.db)

    @cached_property
    def canvas_bundles(self) -> CanvasBundles:
        """Canvases with their handlers and files, as one file."""
        from qntx_desktop.services.canvas_bundles import CanvasBundles

        inputs = self.home.root / "inputs"
        return CanvasBundles(self.canvases, self.handlers, self.bundles, self.permits, inputs)

    @cached_property
    def canvas_templates(self) -> CanvasTemplates:
        """Canvases to begin with."""
        from qntx_desktop.services.canvas_templates import CanvasTemplates

        folder = self.home.root / "inputs" / "example"
        return CanvasTemplates(self.canvases, self.handlers, folder, _canvas_template)

    @property
    def options(self) -> Options:
        """The person's settings; looked at again whenever the store is."""
        with self._making:
            return self._options

    @cached_property
    def network(self) -> Network:
        """What holds for every connection."""
        from qntx_desktop.services.network import Network

        return Network(lambda: self.options, self.home.ports)

    @cached_property
    def bench(self) -> Workbench:
        """The tools that job types run with."""
        return make_bench(
            self.home,
            self.db,
            self.handlers,
            self.vault,
            self.check_code,
            self.network,
            lambda: self.options,
            warm=self._warm,
            sources=self.sources,
            git=self._git,
            plugins=self.plugin_host,
            cluster=lambda: self.cluster,
        )

    def close(self) -> None:
        """End in order: running jobs go back, workers end, the store closes. Calling it twice is allowed."""
        if "_runner" in vars(self):
            self.runner.stop()
        if "_plugin_host" in vars(self):
            self._plugin_host.end()
        self.lanes.close()
        if "_cluster" in vars(self):
            self._cluster.close()
        if "_warm" in vars(self):
            self._warm.close()
        if "_git" in vars(self):
            self._git.close()
        self.lock.release()
        self.db.close()

    @cached_property
    def _plugin_host(self) -> PluginHost:
        return make_plugin_host(
            self.home, self.db, self.network, self.secrets, lambda: self.options, self.events
        )

    @cached_property
    def _warm(self) -> WarmLaunchers:
        return warm_launchers(self.home)

    @property
    def cluster(self) -> Cluster:
        """Where runs go that are sent away."""
        with self._making:  # one only: it holds the connection
            return self._cluster

    @cached_property
    def _cluster(self) -> Cluster:
        return make_cluster(self.home)

    @cached_property
    def _git(self) -> GitProcesses:
        return git_processes()

    @cached_property
    def _sources(self) -> Sources:
        sources = make_sources(self.home, self.db, self.vault)
        self.events.add(sources.on_event)
        return sources

    @cached_property
    def _runner(self) -> Runner:
        from qntx_desktop.services.runner import Runner

        runner = Runner(
            db=self.db,
            bench=self.bench,
            lanes=self.lanes,
            lock=self.lock,
            instance_id=self.instance_id,
            publish=self.events,
            watch=self.watch,
            reap=self._clear_up,
            clock=self.clock,
        )
        self.bench.pace.widen(self.lanes)
        self.events.add(runner.on_event)
        self.queue.attach(runner.crew)
        return runner

    @cached_property
    def _options(self) -> Options:
        from qntx_desktop.app.settings import open_options

        options = open_options(self.home)
        self.watch.also(options.refresh)
        return options

    def _clear_up(self) -> None:
        """End what runs of an earlier process left running, and remove what they left lying."""
        from qntx_desktop.engines.sandbox import work_folder
        from qntx_desktop.engines.sandbox.launcher import reap_strays

        reap_strays(self.home.id)
        self.bench.remote.wait_out(lambda: self._runner.stopping)
        for pattern in ("run-[0-9]*", f"{work_folder.SPARE}*"):  # not those of dry runs, which need no lock
            for folder in self.home.work.glob(pattern):
                work_folder.remove(folder)
        self.sources.mend()

    @cached_property
    def _canvas(self) -> CanvasService:
        from qntx_desktop.services.canvas import CanvasService

        return CanvasService(self.db, folder=str(Path.home()))


def build(
    home: Home,
    *,
    lanes: Lanes | None = None,
    publish: Publish | None = None,
    instance_id: str | None = None,
    clock: Clock = now_us,
) -> Services:
    """Open the home's store and put the services together.

    Args:
        lanes: None: lanes of plain threads.
        publish: Hears every event, on whatever thread it happens.
        instance_id: None: a fresh one, as every start of a process needs.

    Raises:
        QntxError: The home or its store cannot be used.
    """
    home.make()
    events = Fanout()
    db = Database.open(home.db, publish=events, app_version=__version__, clock=clock)
    try:
        handlers = Handlers(db, check_code)
        # First of all listeners: whoever hears of a change and looks a handler up must not get the old one.
        events.add(handlers.on_event)
        if publish is not None:
            events.add(publish)
        instance = instance_id or new_instance_id()
        made: list[Services] = []
        services = Services(
            home=home,
            db=db,
            events=events,
            lanes=lanes if lanes is not None else ThreadLanes(),
            lock=FileLock(home.lock, instance),
            instance_id=instance,
            ledger=Ledger(db),
            handlers=handlers,
            ix=Ix(
                handlers,
                plugins=(PluginRoutes(db),),
                sources=SourceRoutes(lambda: made[0].sources),
                builtins=(BuiltIns(),),
            ),
            watch=StoreWatch(db, events),
            templates=Templates(_template_texts()),
            check_code=check_code,
            clock=clock,
        )
        made.append(services)
        return services
    except BaseException:
        db.close()
        raise


def _canvas_template(name: str) -> bytes:
    return resource_path("templates", "canvases", name).read_bytes()


def _template_texts() -> dict[str, str]:
    return {name: resource_path("templates", f"{name}.py.txt").read_text("utf-8") for name in Templates.names}
