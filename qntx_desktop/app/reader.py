"""The services for calls that only read, and for dry runs: no home is made, no job runs, nothing is stored.

Any thread but the GUI's. What only some callers need is made when first asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop import __version__
from qntx_desktop.app.paths import Home
from qntx_desktop.store.read_only import ReadOnlyDatabase

if TYPE_CHECKING:
    from qntx_desktop.model.handler_line import HandlerLine
    from qntx_desktop.services.api_tokens import ApiTokens
    from qntx_desktop.services.attestation_files import AttestationFiles
    from qntx_desktop.services.bundles import Bundles
    from qntx_desktop.services.canvases import Canvases
    from qntx_desktop.services.handlers import Handlers
    from qntx_desktop.services.hooks import HookReader
    from qntx_desktop.services.ledger import Ledger
    from qntx_desktop.services.lineage import Lineage
    from qntx_desktop.services.plugins import PluginReader
    from qntx_desktop.services.pulse import Pulse
    from qntx_desktop.services.queue import Queue
    from qntx_desktop.services.runs import Runs
    from qntx_desktop.services.schedule_reader import ScheduleReader
    from qntx_desktop.services.secrets import Secrets
    from qntx_desktop.services.sources import Sources
    from qntx_desktop.services.vault import Vault


@dataclass(frozen=True, kw_only=True)
class Readers:
    """What can be asked without changing anything."""

    home: Home
    db: ReadOnlyDatabase

    @cached_property
    def ledger(self) -> Ledger:
        """Attestations."""
        from qntx_desktop.services.ledger import Ledger

        return Ledger(self.db)

    @cached_property
    def handlers(self) -> Handlers:
        """Handlers and their versions."""
        from qntx_desktop.app.late import check_code
        from qntx_desktop.services.handlers import Handlers

        return Handlers(self.db, check_code)

    def handler_lines(self) -> list[HandlerLine]:
        """What a list says of every handler type; the way of `entries` would read and decode all code."""
        from qntx_desktop.store.handler_lines import handler_lines

        with self.db.read() as connection:
            return handler_lines(connection)

    @cached_property
    def api_tokens(self) -> ApiTokens:
        """Who may use the local API."""
        from qntx_desktop.app.late import sandbox_level
        from qntx_desktop.services.api_tokens import ApiTokens

        return ApiTokens(self.db, sandbox_level, lambda: None)

    @cached_property
    def hooks(self) -> HookReader:
        """Webhooks that start a handler."""
        from qntx_desktop.services.hooks import HookReader

        return HookReader(self.db)

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
    def canvases(self) -> Canvases:
        """The list of canvases and what is on them."""
        from qntx_desktop.services.canvases import Canvases

        return Canvases(self.db, folder=str(Path.home()))

    @cached_property
    def plugins(self) -> PluginReader:
        """Programs that bring handlers of their own."""
        from qntx_desktop.services.plugins import PluginReader

        return PluginReader(self.db, self.home.plugins, self.home.logs)

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
    def lineage(self) -> Lineage:
        """Where attestations come from."""
        from qntx_desktop.services.lineage import Lineage

        return Lineage(self.db)

    @cached_property
    def schedules(self) -> ScheduleReader:
        """What runs again and again."""
        from qntx_desktop.services.schedule_reader import ScheduleReader

        return ScheduleReader(self.db)

    @cached_property
    def vault(self) -> Vault:
        """What opens secrets; nothing is sealed here."""
        from qntx_desktop.app.late import make_vault

        return make_vault(self.db)

    @cached_property
    def secrets(self) -> Secrets:
        """Which secrets there are."""
        from qntx_desktop.services.secrets import Secrets

        return Secrets(self.db, self.vault, self.handlers)

    @cached_property
    def sources(self) -> Sources:
        """Folders and repositories whose code runs here."""
        from qntx_desktop.app.late import make_sources

        return make_sources(self.home, self.db, self.vault)

    @contextmanager
    def dry_runs(self) -> Iterator[Runs]:
        """Runs that store nothing, with work folders outside the home, which may not exist."""
        from tempfile import TemporaryDirectory

        from qntx_desktop.app.late import check_code, git_processes, make_bench
        from qntx_desktop.app.settings import open_options
        from qntx_desktop.services.built_ins import BuiltIns
        from qntx_desktop.services.ix import Ix
        from qntx_desktop.services.network import Network
        from qntx_desktop.services.plugin_routes import PluginRoutes
        from qntx_desktop.services.runs import Runs
        from qntx_desktop.services.source_routes import SourceRoutes

        options = open_options(self.home)
        with TemporaryDirectory(prefix="qntx-dry-") as folder, closing(git_processes()) as git:
            # What was fetched for real is used again; a home that does not exist is not made for it.
            shelf = self.home.environments if self.home.is_there else Path(folder, "environments")
            network = Network(lambda: options, self.home.ports)
            bench = make_bench(
                self.home,
                self.db,
                self.handlers,
                self.vault,
                check_code,
                network,
                lambda: options,
                Path(folder),
                shelf,
                sources=self.sources,
                git=git,
            )
            routes = SourceRoutes(lambda: self.sources)
            ix = Ix(self.handlers, (PluginRoutes(self.db),), sources=routes, builtins=(BuiltIns(),))
            yield Runs(ix=ix, queue=self.queue, ledger=self.ledger, bench=bench)


@contextmanager
def open_readers(home: Home) -> Iterator[Readers]:
    """Open what only reads; a home that does not exist answers as an empty one.

    Raises:
        ErrHomeUnusable: What stands there is no folder.
        QntxError: The store is damaged, newer than the app, or cannot be read.
    """
    home.check()
    db = ReadOnlyDatabase.open_reading(home.db, app_version=__version__)
    try:
        yield Readers(home=home, db=db)
    finally:
        db.close()
