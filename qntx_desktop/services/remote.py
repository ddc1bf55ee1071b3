"""Runs of handlers that say `where = "remote"`: on the cluster that the person named, else here, with the reason.

Lane threads. Without a scheduler, or when a run needs what only this computer has, it runs here like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from qntx_desktop.engines.sandbox.cancel import CancelToken
from qntx_desktop.engines.sandbox.messages import Sink
from qntx_desktop.model.handler import Requires
from qntx_desktop.model.job import WHY_HERE, Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from qntx_desktop.engines.remote.cluster import Cluster
    from qntx_desktop.engines.sandbox.launcher import RunSpec
    from qntx_desktop.services.network import Network
    from qntx_desktop.services.options import Options

SCHEDULER = "remote.scheduler"
HOW_TO_SET = f"no scheduler is set; qntx config {SCHEDULER} tcp://HOST:8786"

LaunchHere = Callable[["RunSpec", Sink, CancelToken], Outcome]


class Remote:
    """Decides where a run goes.

    Args:
        options: Gives the settings; called when first needed.
        cluster: Makes what speaks to the scheduler; called when first needed.
        lease_file: Touched while workers have leases.
    """

    def __init__(
        self,
        options: Callable[[], Options],
        network: Network,
        cluster: Callable[[], Cluster],
        lease_file: Path,
    ) -> None:
        self._options = options
        self._network = network
        self._cluster = cluster
        self._lease_file = lease_file

    def launch(
        self, spec: RunSpec, sink: Sink, cancel: CancelToken, requires: Requires, here: LaunchHere
    ) -> Outcome:
        """Run it on a worker or here, and say in its log where, and here in the job's result as well why.

        Raises:
            ErrWorkerLost: A worker had begun it and was lost; Pulse decides what follows.
        """
        address = str(self._options().get(SCHEDULER))
        reason = self._obstacle(address, spec, requires)
        if not reason:
            from qntx_desktop.engines.remote.terms import StaysHereError

            try:
                return self._cluster().launch(address, spec, sink, cancel)
            except StaysHereError as error:
                reason = str(error)
        sink.log("warning", f"Runs here, not remotely: {reason}.")
        return replace(here(spec, sink, cancel), result={"where": "here", WHY_HERE: reason})

    def wait_out(self, stopping: Callable[[], bool]) -> None:
        """Wait until no worker can still run what a killed app had sent it, or somebody wants to stop."""
        if not self._lease_file.exists():
            return
        from qntx_desktop.engines.remote.cluster import wait_out

        wait_out(self._lease_file, stopping)

    def _obstacle(self, address: str, spec: RunSpec, requires: Requires) -> str:
        """Why it cannot be sent away, as the end of a sentence; empty when it can."""
        if not address:
            return HOW_TO_SET
        if self._network.is_offline():
            return "the app is offline"
        if spec.read_paths or spec.list_paths or spec.write_paths:
            return "it reads or writes files of this computer"
        if requires.permissions.secrets:
            return "secrets are not sent to other computers"
        if spec.site_paths or spec.interpreter is not None:
            return "its packages, its modules or its Python are on this computer"
        from qntx_desktop.engines.remote.cluster import is_installed

        return "" if is_installed() else "the extra is not installed; pip install 'qntx-desktop[remote]'"
