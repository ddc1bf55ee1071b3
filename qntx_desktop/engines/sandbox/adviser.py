"""The broker where sockets cannot be handed over (Windows): says whether and where a run may connect.

The run connects by itself, so nothing is enforced; but a handler that asks for nobody reaches nobody by accident,
and every attempt is on the ledger. Launching thread, which waits for look-ups; requests come by the run's own pipe.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

from qntx_desktop.engines.sandbox.broker import MAX_ATTEMPTS, Resolve, read_request, system_resolve
from qntx_desktop.engines.sandbox.broker_rules import Asked, Decider, Refused
from qntx_desktop.engines.sandbox.ledger import Ledger
from qntx_desktop.model.connection import Arrival, Connection, NetworkRules, Verdict


class Adviser:
    """Answers one run.

    Args:
        rules: What the run may reach.
        heard: Called with each attempt.
        resolve: Looks a name up; blocks.
    """

    def __init__(
        self,
        rules: NetworkRules,
        heard: Callable[[Connection], None],
        *,
        resolve: Resolve = system_resolve,
    ) -> None:
        self._decider = Decider(rules)
        self._ledger = Ledger(heard)
        self._resolve = resolve
        self._attempts = 0

    def answer(self, request: Any) -> dict[str, Any] | None:
        """Answer a request.

        Returns:
            `{"addresses": [[family, address], ...]}`, to one of which it may connect; `{"refused": text}`;
            `{"gai": number, "error": text}`. None if the request breaks the protocol.
        """
        asked = read_request(request)
        if not isinstance(asked, Asked):
            return None
        self._attempts += 1
        if self._attempts > MAX_ATTEMPTS:
            if self._attempts == MAX_ATTEMPTS + 1:
                self._ledger.add(asked, Verdict.TOO_MANY)
            return {"refused": f"This run has made {MAX_ATTEMPTS:,} attempts; it may make no more."}
        try:
            return self._decided(asked)
        except Refused as refused:
            self._ledger.add(asked, refused.verdict)
            return {"refused": refused.text}
        except (OSError, UnicodeError) as error:
            self._ledger.add(asked, self._decider.verdict, arrival=Arrival.NO_SUCH_NAME)
            number = error.errno if isinstance(error, socket.gaierror) else socket.EAI_NONAME
            return {"gai": number, "error": f"The name {asked.host} cannot be looked up"}

    def _decided(self, asked: Asked) -> dict[str, Any]:
        decision = self._decider.first(asked)
        if isinstance(decision, str):
            asked = asked.named(decision)
            found = self._decider.usable(asked, self._resolve(asked.host, asked.family))
            entry = 0
        else:
            asked, entry = asked.named(decision.host), decision.entry
            found = [(_family(decision.address.version), str(decision.address))]
        plain = [each for _, each in found]
        arrival = Arrival.STARTED if asked.connects else Arrival.LOOKED_UP
        entry = self._ledger.add(
            asked, self._decider.verdict, addresses=plain, arrival=arrival, instead_of=entry
        )
        if not asked.connects:
            self._decider.pin(asked.host, plain, entry)
        return {"addresses": [[family, str(ipaddress.ip_address(each))] for family, each in found]}


def _family(version: int) -> int:
    return int(socket.AF_INET if version == 4 else socket.AF_INET6)
