"""How far handlers are confined here, for the doctor, for glyphs and for the question whether to trust a handler.

Any thread but the GUI's: the first call starts a process that tries it out (some 50 ms), later ones answer at once.
"""

from __future__ import annotations

from qntx_desktop.model.confinement import SandboxReport


def sandbox_report() -> SandboxReport:
    """Level, what is not refused, and the layers that refuse."""
    from qntx_desktop.engines.sandbox.confinement.probe import report  # late: only who asks pays for it

    return report()
