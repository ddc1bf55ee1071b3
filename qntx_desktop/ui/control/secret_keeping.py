"""Opens the window of secrets, reads what it shows, and carries out what was pressed there.

Qt main thread. Everything is done on workers, because a keyring may ask the person and wait as long as it likes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from qntx_desktop.model.clock import now_us
from qntx_desktop.model.errors import ErrKeyringLocked, ErrKeyringUnavailable, QntxError
from qntx_desktop.model.events import Event, HandlerRetired, HandlerSaved, JobChanged
from qntx_desktop.model.job import Execution, Job, JobStatus
from qntx_desktop.model.secret import SECRET_ROTATION, KeySource, SecretFacts
from qntx_desktop.ui import told
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.dialogs.secrets_view import KeyFacts, SecretsView
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import counted

KEY = "secrets"
T = TypeVar("T")


class SecretKeeping:
    """The control of the window of secrets."""

    def __init__(self, board: Board, windows: Windows, parent: QWidget) -> None:
        self._board = board
        self._windows = windows
        self._parent = parent
        self._view: SecretsView | None = None

    def open(self) -> None:
        """Show the window; the keyring is asked behind it."""
        fresh = self._open_view() is None
        self._windows.show(KEY, self._made)
        if fresh:
            self._read()
            self._look_for_key()

    def on_event(self, event: Event) -> None:
        """What may change what the window shows."""
        if self._open_view() is None:
            return
        if isinstance(event, JobChanged):
            self._job_changed(event.job)
        elif isinstance(event, (HandlerSaved, HandlerRetired)):
            self._read()

    def _open_view(self) -> SecretsView | None:
        return self._view if self._view is not None and isValid(self._view) else None

    def _made(self) -> SecretsView:
        view = self._view = SecretsView(self._board.theme(), self._parent)
        view.set_wanted.connect(self._set)
        view.remove_wanted.connect(self._remove)
        view.run_wanted.connect(self._show_run)
        view.rotate_wanted.connect(self._rotate)
        view.code_wanted.connect(self._make_code)
        view.ask_again_wanted.connect(self._look_for_key)
        view.passphrase_given.connect(self._use_passphrase)
        view.code_given.connect(self._recover)
        return view

    def _read(self) -> None:
        self._ask(lambda: self._board.services.secrets.list(), self._show_secrets)

    def _show_secrets(self, found: tuple[SecretFacts, ...]) -> None:
        view = self._open_view()
        if view is not None:
            view.show_secrets(found, now_us())

    def _look_for_key(self) -> None:
        self._ask(partial(self._key_facts, False), self._ask_keyring)

    def _ask_keyring(self, facts: KeyFacts) -> None:
        self._show_key(facts)
        self._ask(partial(self._key_facts, True), self._show_key)

    def _key_facts(self, ask: bool) -> KeyFacts:
        source, recoverable, trouble = self._board.services.secrets.state(ask=ask)
        return KeyFacts(source=source, recoverable=recoverable, trouble=trouble, asked=ask)

    def _show_key(self, facts: KeyFacts) -> None:
        view = self._open_view()
        if view is not None:
            view.show_key(facts)

    def _set(self, name: str, value: str, session_only: bool) -> None:
        def keep() -> SecretFacts:
            return self._board.services.secrets.set(name, value, session_only=session_only)

        self._ask(keep, self._kept)

    def _kept(self, facts: SecretFacts) -> None:
        view = self._open_view()
        if view is not None:
            view.kept()
            if not facts.session_only:
                view.ways.need(False)
            is_set = (
                tr("{name} is set until QNTX Desktop is closed.")
                if facts.session_only
                else tr("{name} is set.")
            )
            view.say(is_set.format(name=facts.name))
        self._read()
        self._look_for_key()

    def _remove(self, name: str) -> None:
        self._ask(lambda: self._board.services.secrets.remove(name), self._removed)

    def _removed(self, facts: SecretFacts) -> None:
        used = (
            tr(" {types} asked for it.").format(types=counted(len(facts.used_by), "type"))
            if facts.used_by
            else ""
        )
        self._say(tr("{name} is removed.{used}").format(name=facts.name, used=used))
        self._read()

    def _rotate(self) -> None:
        services = self._board.services
        self._ask(lambda: services.secrets.rotate(services.queue.enqueue), self._job_changed)

    def _job_changed(self, job: Job) -> None:
        view = self._open_view()
        if view is None:
            return
        if job.type == SECRET_ROTATION:
            self._show_rotation(view, job)
        elif job.ended:
            self._read()  # a run may have used one

    def _show_rotation(self, view: SecretsView, job: Job) -> None:
        if not job.ended:
            view.show_progress(job.progress_current, job.progress_total)
            view.say(tr("Sealing everything with a new key…"))
            return
        view.show_progress(None)
        if job.status is JobStatus.COMPLETED:
            done = job.result if isinstance(job.result, dict) else {}
            left = int(done.get("unreadable", 0))
            more = (
                tr(" {texts} could not be read and kept the old key.").format(texts=counted(left, "text"))
                if left
                else ""
            )
            view.say(
                tr("{texts} sealed with a new key.{more}").format(
                    texts=counted(int(done.get("resealed", 0)), "text"), more=more
                )
            )
        else:
            view.say(
                tr("The new key was not finished: {get}").format(
                    get=told.message(job.error) or told.said(str(job.status))
                )
            )
        self._look_for_key()

    def _make_code(self) -> None:
        self._ask(lambda: self._board.services.secrets.recovery_code(), self._show_code)

    def _show_code(self, code: str) -> None:
        view = self._open_view()
        if view is not None:
            view.show_code(code)
        self._look_for_key()

    def _use_passphrase(self, passphrase: str) -> None:
        self._ask(lambda: self._board.services.secrets.unlock(passphrase), self._passphrase_used)

    def _passphrase_used(self, _source: KeySource) -> None:
        view = self._open_view()
        if view is not None:
            view.ways.need(False)
        self._say(tr("The passphrase is used until QNTX Desktop is closed."))
        self._look_for_key()

    def _recover(self, code: str, passphrase: str) -> None:
        self._ask(lambda: self._board.services.secrets.recover(code, passphrase or None), self._recovered)

    def _recovered(self, source: KeySource) -> None:
        where = tr("in the keyring") if source is KeySource.KEYRING else tr("under the passphrase")
        view = self._open_view()
        if view is not None:
            view.ways.code.clear()
        self._say(tr("The key is back, {where}.").format(where=where))
        self._look_for_key()

    def _show_run(self, execution_id: int) -> None:
        self._board.ask(self._board.services.queue.execution, execution_id, then=self._show_execution)

    def _show_execution(self, execution: Execution | None) -> None:
        if execution is None:
            self._say(tr("This run is not kept any more."))
        else:
            self._windows.results(execution.job_id)

    def _ask(self, call: Callable[[], T], then: Callable[[T], None]) -> None:
        self._board.ask(call, then=then, failed=self._fail)

    def _say(self, text: str) -> None:
        view = self._open_view()
        if view is not None:
            view.say(text)

    def _fail(self, error: QntxError) -> None:
        view = self._open_view()
        if view is not None:
            view.fail(error)
            if isinstance(error, (ErrKeyringUnavailable, ErrKeyringLocked)):
                view.ways.need(True)
        else:
            self._board.banner.fail(error)
