"""One attestation, whole: who said what about what, when, from which run, with its attributes.

Qt main thread. Text from data is shown as it stands, never as markup.
"""

from __future__ import annotations

import json

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFormLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QWidget

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.ui.dialogs.frame import Frame, heading, read_only_text, show_text
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.parts import set_tone
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import count, local_and_utc

SHOWN_APART_US = 1_000_000
"""A claim that was stored within a second of its own time needs no second time."""


def facts(attestation: Attestation) -> tuple[tuple[str, str], ...]:
    """Label and text of each row, in reading order; a term a line."""
    local, utc = local_and_utc(attestation.timestamp_us)
    stored, stored_utc = local_and_utc(attestation.created_at_us)
    rows = [
        (tr("Subjects"), "\n".join(attestation.subjects)),
        (tr("Predicates"), "\n".join(attestation.predicates)),
        (tr("Contexts"), "\n".join(attestation.contexts)),
        (tr("Actors"), "\n".join(attestation.actors) or tr("none")),
        (tr("When"), f"{local}\n{utc}"),
        (tr("Source"), attestation.source or tr("none")),
        (
            tr("run").capitalize(),
            tr("made by hand")
            if attestation.execution_id is None
            else tr("run {execution_id}").format(execution_id=attestation.execution_id),
        ),
    ]
    if abs(attestation.created_at_us - attestation.timestamp_us) >= SHOWN_APART_US:
        rows.insert(5, (tr("Stored"), f"{stored}\n{stored_utc}"))
    return tuple(rows)


def as_json(attestation: Attestation) -> str:
    """The attestation in the product's JSON shape, readable."""
    return json.dumps(attestation.to_json(), ensure_ascii=False, indent=2)


class AttestationView(Frame):
    """Shows one attestation. Mod+C without a selection copies it as JSON.

    Signals:
        pin_requested(Attestation): The person wants it on the canvas.
    """

    pin_requested = Signal(object)

    def __init__(self, attestation: Attestation, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Attestation {id}").format(id=attestation.id), theme, parent)
        self.setObjectName("attestation_view")
        self.resize(560, 560)
        self._attestation = attestation
        self._said = plain_label("", tone="dim")
        self.body.addLayout(self._header())
        self.body.addWidget(self._facts(), 3)
        self._attributes()
        QShortcut(QKeySequence("Ctrl+Shift+C"), self).activated.connect(self.copy)

    def copy(self) -> None:
        """Put the attestation into the clipboard as JSON and say so."""
        QApplication.clipboard().setText(as_json(self._attestation))
        self._said.setText("✓ copied")

    def _pin(self) -> None:
        self.pin_requested.emit(self._attestation)
        self._said.setText(tr("✓ on the canvas"))

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        name = heading(self._attestation.id)
        name.setTextInteractionFlags(_SELECTABLE)
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(self._said)
        pin = QPushButton(tr("Put on the canvas"))
        pin.clicked.connect(self._pin)
        row.addWidget(pin)
        button = QPushButton(tr("Copy as JSON"))
        button.setToolTip("Ctrl+Shift+C")
        button.clicked.connect(self.copy)
        row.addWidget(button)
        return row

    def _facts(self) -> QScrollArea:
        inside = QWidget()
        form = QFormLayout(inside)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, text in facts(self._attestation):
            label = plain_label(name, tone="dim")
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            form.addRow(label, _value(name, text))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        return area

    def _attributes(self) -> None:
        attributes = self._attestation.attributes
        if not attributes:
            label = plain_label(tr("No attributes."), tone="dim")
            self.body.addWidget(label)
            return
        self.body.addWidget(heading(tr("Attributes ({attributes})").format(attributes=count(len(attributes)))))
        field = read_only_text(tr("Attributes"))
        field.setTabChangesFocus(True)
        note = show_text(field, json.dumps(dict(attributes), ensure_ascii=False, indent=2))
        self.body.addWidget(field, 2)
        if note:
            label = plain_label(note)
            self.body.addWidget(label)
            set_tone(label, "dim")


_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


def _value(name: str, text: str) -> QLabel:
    label = plain_label(text, wrap=True)
    label.setAccessibleName(name)
    label.setTextInteractionFlags(_SELECTABLE)
    return label
