"""Webhooks: their addresses and secrets, what came to them, and doing it again. Qt main thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from qntx_desktop.model.clock import now_us
from qntx_desktop.model.hook import DeliveryRecord, Hook
from qntx_desktop.model.job import Job
from qntx_desktop.model.source import Source
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.doors_parts import Rows, ShownOnce, TwoStep, button, row_of
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.tasks import Tasks
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import when

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services


NAME_PX = 300


@dataclass(frozen=True, slots=True)
class Line:
    """An address: that of a handler, or of a code source whose webhook is on."""

    path: str
    does: str
    state: str
    hook: Hook | None
    source_id: int | None


class HooksPage(QWidget):
    """Lists webhooks and what came to the chosen one.

    Args:
        address: Where they are reached now; None while they are off.
    """

    def __init__(self, services: Services, tasks: Tasks, address: Callable[[], str | None]) -> None:
        super().__init__()
        self._services = services
        self._tasks = tasks
        self._address = address
        self._lines: list[Line] = []
        self._deliveries: tuple[DeliveryRecord, ...] = ()
        self.rows = Rows(tr("Webhooks"), (tr("Address"), tr("What it does"), tr("State")), wide=1)
        self.came = Rows(
            tr("Deliveries"), (tr("Came"), tr("Event"), tr("Outcome"), tr("Job"), tr("Reason")), wide=4
        )
        self.copy = button(tr("Copy address"), self._copy)
        self.secret = TwoStep(tr("New secret"), tr("The old one ends: sure?"))
        self.toggle = button(tr("Close"), self._toggle)
        self.remove = TwoStep(tr("Remove"), tr("With its deliveries: sure?"))
        self.again = button(tr("Deliver again"), self._again)
        self.look = button(tr("Look again"), self.read)
        self.secret.meant.connect(self._rotate)
        self.remove.meant.connect(self._remove)
        self.name, self.type = QLineEdit(), QLineEdit()
        self.name.setMinimumWidth(NAME_PX)
        self.make = button(tr("Add a webhook"), self._make)
        self.shown = ShownOnce()
        self.notice = Notice()
        self.notice.retry_requested.connect(self.read)
        self._lay_out()
        self.rows.itemSelectionChanged.connect(self._choose)
        self.came.itemSelectionChanged.connect(self._choose_delivery)
        self.read()

    def read(self) -> None:
        """Read everything again."""
        self.notice.say("")
        self._tasks.run(self, self._read, then=self._show, failed=self.notice.fail)

    def _lay_out(self) -> None:
        for field, words in ((self.name, tr("name in the address")), (self.type, tr("handler, unless the name"))):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.returnPressed.connect(self._make)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows, 3)
        column.addLayout(row_of(self.copy, self.secret, self.toggle, self.remove))
        column.addWidget(self.shown)
        column.addWidget(self.notice)
        column.addWidget(self.came, 3)
        column.addLayout(row_of(self.again, self.look))
        words = tr("Senders sign with the secret or send it as X-Webhook-Secret. From elsewhere you need a tunnel.")
        column.addWidget(plain_label(words, wrap=True, tone="dim"))
        column.addLayout(row_of(self.name, self.type, self.make, stretch=1))

    def _read(self) -> list[Line]:
        """On a worker."""
        hooks = [
            Line(
                each.path,
                tr("starts ix ") + " ".join((each.script_type, *each.args)),
                told.said("open" if each.enabled else "closed"),
                each,
                None,
            )
            for each in self._services.hooks.list()
        ]
        sources = [each for each in self._services.sources.every() if each.sync.webhook_enabled]
        return [*hooks, *(_source_line(each) for each in sources)]

    def _show(self, lines: list[Line]) -> None:
        self._lines = lines
        self.rows.show_rows([(each.path, each.does, each.state) for each in lines])
        if not lines:
            self.notice.say(
                tr("There are no webhooks yet. Those of code sources show here when they are switched on.")
            )
        self._choose()

    def _chosen(self) -> Line | None:
        row = self.rows.chosen()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _choose(self) -> None:
        line = self._chosen()
        hook = line.hook if line is not None else None
        for each in (self.secret, self.toggle, self.remove):
            each.setEnabled(hook is not None)
        self.toggle.setText(tr("Open") if hook is not None and not hook.enabled else tr("Close"))
        self.copy.setEnabled(line is not None)
        self._show_deliveries(())
        if line is None:
            return
        read = (
            partial(self._services.hooks.deliveries, line.hook.name)
            if line.hook is not None
            else partial(self._services.hooks.source_deliveries, line.source_id or 0)
        )
        self._tasks.run(self, read, then=partial(self._deliveries_of, line), failed=self.notice.fail)

    def _deliveries_of(self, line: Line, found: tuple[DeliveryRecord, ...]) -> None:
        if line == self._chosen():  # another may have been chosen meanwhile
            self._show_deliveries(found)

    def _show_deliveries(self, found: tuple[DeliveryRecord, ...]) -> None:
        self._deliveries = found
        self.came.show_rows(
            [
                (
                    when(each.at_us, now_us()),
                    each.event,
                    told.said(str(each.outcome)),
                    str(each.job_id or ""),
                    told.said(each.reason),
                )
                for each in found
            ]
        )
        self._choose_delivery()

    def _choose_delivery(self) -> None:
        row = self.came.chosen()
        self.again.setEnabled(0 <= row < len(self._deliveries) and self._deliveries[row].job_id is not None)

    def _copy(self) -> None:
        line = self._chosen()
        if line is None:
            return
        port = self._services.options.get("api.port")
        base = self._address() or f"http://127.0.0.1:{port}"
        QApplication.clipboard().setText(f"{base}{line.path}")

    def _make(self) -> None:
        add = partial(self._services.hooks.add, self.name.text().strip(), self.type.text().strip())
        self._tasks.run(self, add, then=self._made, failed=self.notice.fail)

    def _rotate(self) -> None:
        self._on_hook(lambda name: self._services.hooks.rotate(name), self._made)

    def _toggle(self) -> None:
        line = self._chosen()
        if line is not None and line.hook is not None:
            enabled = not line.hook.enabled
            self._on_hook(lambda name: self._services.hooks.enable(name, enabled), self._done)

    def _remove(self) -> None:
        self.shown.show_text("", "")
        self._on_hook(lambda name: self._services.hooks.remove(name), self._done)

    def _on_hook(self, call: Callable[[str], object], then: Callable[..., None]) -> None:
        line = self._chosen()
        if line is not None and line.hook is not None:
            self._tasks.run(self, call, line.hook.name, then=then, failed=self.notice.fail)

    def _again(self) -> None:
        row = self.came.chosen()
        if 0 <= row < len(self._deliveries):
            call = partial(self._services.hooks.deliver_again, self._deliveries[row].id)
            self._tasks.run(self, call, then=self._asked, failed=self.notice.fail)

    def _asked(self, job: Job) -> None:
        self._choose()
        self.notice.say(tr("Job {id} does it again.").format(id=job.id))

    def _made(self, made: tuple[str, Hook]) -> None:
        secret, hook = made
        self.name.clear()
        self.type.clear()
        self.read()
        self.shown.show_text(tr("Secret of {path}, shown once").format(path=hook.path), secret)

    def _done(self, _hook: object) -> None:
        self.read()


def _source_line(source: Source) -> Line:
    state = (
        told.said("open")
        if source.has_webhook_secret
        else tr("open, without a secret: anybody who reaches the port may ask")
    )
    if not source.enabled:
        state = tr("closed: the source is disabled")
    return Line(
        f"/api/sources/{source.id}/webhook",
        tr("syncs {name}").format(name=source.name),
        state,
        None,
        source.id,
    )
