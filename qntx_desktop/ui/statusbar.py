"""The line at the bottom: how much is known, who runs the jobs, how code is confined, that nothing leaves.

Qt main thread. It shows what it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from qntx_desktop.ui.labels import GivingLabel, plain_label
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import counted, plain_tip

if TYPE_CHECKING:
    from qntx_desktop.model.confinement import SandboxReport

HEIGHT_PX = 26


class StatusBar(QFrame):
    """Facts about the whole home."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self.setFixedHeight(HEIGHT_PX)
        self._total = GivingLabel()
        self._pulse = GivingLabel()
        self._role = GivingLabel()
        self._confined = GivingLabel()
        self._doors = GivingLabel()
        self._local = plain_label("")
        self.show_offline(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(18)
        for label in (self._total, self._pulse, self._role, self._confined, self._doors):
            row.addWidget(label)
        row.addStretch(1)
        row.addWidget(self._local)

    def show_total(self, total: int) -> None:
        """How many attestations the store holds."""
        self._total.setText(counted(total, "attestation"))

    def show_role(self, active: bool) -> None:
        """Whether this window runs the jobs, or another process of this home does."""
        self._role.setText(tr("runs jobs here") if active else tr("jobs run in another process"))
        self._role.setToolTip(
            "" if active else tr(
                "A command line call runs the jobs of this home; this window takes over when it "
                "ends."
            )
        )

    def show_pulse(self, words: str, why: str) -> None:
        """What runs, waits and is paused; `why` says the reasons, one a line."""
        self._pulse.setText(words)
        self._pulse.setToolTip(plain_tip(why))
        self._pulse.setAccessibleDescription(why)

    def show_confined(self, report: SandboxReport) -> None:
        """How runs are confined on this machine."""
        from qntx_desktop.model.confinement import held_words  # late: the first paint says nothing of it
        from qntx_desktop.ui.told import held

        self._confined.setText(tr("handlers {level}").format(level=held(held_words(report.level))))
        self._confined.setToolTip(f"{held(report.sentence)}.")

    def show_doors(self, words: str, address: str) -> None:
        """What listens for programs, and where; empty while nothing does."""
        self._doors.setText(words)
        self._doors.setToolTip(
            plain_tip(
                tr("{address} is reached from this computer only.").format(address=address) if address else ""
            )
        )

    def show_offline(self, offline: bool) -> None:
        """Whether every connection of scripts and sources is refused."""
        self._local.setText(tr("offline") if offline else tr("all local"))
        self._local.setToolTip(
            tr("Every connection of scripts and sources is refused.") if offline
            else tr("The app sends nothing anywhere; scripts reach only the hosts that they name.")
        )

    def texts(self) -> tuple[str, ...]:
        """What it says now, from left to right."""
        labels = (self._total, self._pulse, self._role, self._confined, self._doors, self._local)
        return tuple(label.text() for label in labels if label.text())
