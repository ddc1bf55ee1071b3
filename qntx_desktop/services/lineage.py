"""Where attestations come from. Any thread but the GUI's; every method blocks."""

from __future__ import annotations

from qntx_desktop.model.errors import ErrAttestationNotFound
from qntx_desktop.model.why import Why
from qntx_desktop.store import lineage
from qntx_desktop.store.database import Database


class Lineage:
    """Reads chains."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def why(self, asid: str) -> Why:
        """The chain behind one attestation.

        Raises:
            ErrAttestationNotFound: There is none with this id.
        """
        with self._db.read() as connection:
            found = lineage.why(connection, asid)
        if found is None:
            raise ErrAttestationNotFound(asid)
        return found
