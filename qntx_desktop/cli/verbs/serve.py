"""`qntx serve`: run the queue, the schedules and, if asked, the API and webhooks, without a display.

Main thread; the runner, the switch of the API and the server have threads of their own.
"""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any, Self

from qntx_desktop.cli.grammar import Option, Verb, usage_error

if TYPE_CHECKING:
    from qntx_desktop.api.switch import ApiState, Wanted
    from qntx_desktop.app.container import Services
    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.events import Event

GRACE_S = 10.0
ROLE_S = 2.0
SWITCH_S = 0.0005
"""How long a thread may keep the interpreter: short, so that calls are answered while others work."""
_BELL_BYTES = 64
_TIDY_EVERY_S = 5.0


def _serve(call: Call) -> int:
    from qntx_desktop.api.switch import ApiSwitch
    from qntx_desktop.app.memory import use_few_arenas

    asked = _asked(call)
    use_few_arenas()
    sys.setswitchinterval(SWITCH_S)
    # The signals are heard until all is closed: one more, while it ends, must not cut that short.
    with _Ending() as ending, call.services() as services:
        forced = asked(services.options.get("api.port"))
        watcher = _Watcher(call)
        services.events.add(watcher.on_event)
        switch = ApiSwitch(services, forced=forced, told=watcher.on_api)
        ending.hurry = lambda: services.runner.stop(0.0)
        services.runner.start()
        switch.start()
        try:
            _say_begin(call, services, watcher, forced)
            ending.wait()
            call.printer.note("Stopping. What runs gets 10 s to end; ask again to wait for nothing.")
        finally:
            switch.stop()
            services.runner.stop(GRACE_S)
    return 0


def _asked(call: Call) -> Callable[[int], Wanted]:
    """What the options ask for; the port of the settings is known later."""
    from qntx_desktop.api.switch import Wanted

    port = call.number("--port", 0, 65_535)
    api, webhooks = call.flag("--api"), call.flag("--webhooks")
    if port is not None and not (api or webhooks):
        raise usage_error("--port belongs to --api or --webhooks", "serve")
    return lambda usual: Wanted(api=api, webhooks=webhooks, port=usual if port is None else port)


def _say_begin(call: Call, services: Services, watcher: _Watcher, forced: Wanted) -> None:
    """Wait until all stands that was asked for, and say where.

    Raises:
        QntxError: The API cannot be served.
    """
    state = watcher.first_state() if forced.any else None
    if state is not None and state.error is not None:
        raise state.error
    leads = watcher.leads.wait(ROLE_S)
    address = state.address if state is not None else None
    if call.as_json:
        api, hooks = (address if forced.api else None), (address if forced.webhooks else None)
        call.printer.document({"home": str(services.home.root), "runner": leads, "api": api, "webhooks": hooks})
    else:
        call.printer.readable(f"Serving {services.home.root}")
        if address is not None:
            what = " and ".join(name for name, on in (("API", forced.api), ("webhooks", forced.webhooks)) if on)
            call.printer.readable(f"{what} at {address}")
    sys.stdout.flush()
    if not leads:
        call.printer.note("Another process runs the jobs of this home; this one takes over when it ends.")
    watcher.begun = True


class _Ending:
    """Asked once it lets jobs finish, asked again it waits for nothing; hears the signals while it is entered.

    The main thread alone. The kernel may hand a signal to any thread, where it would not end a wait of this one:
    so the wait is for the byte that the interpreter writes at every signal, whichever thread took it.
    """

    def __init__(self) -> None:
        self.hurry: Callable[[], None] = lambda: None
        self._asked = self._hurried = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        self._ear, self._bell = socket.socketpair()
        self._bell.setblocking(False)
        self._bell_before = signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)
        names = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        self._before = {number: signal.getsignal(number) for number in numbers}
        for number, old in self._before.items():
            if old is not signal.SIG_IGN:  # nohup
                signal.signal(number, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        for number, old in self._before.items():
            signal.signal(number, old)
        signal.set_wakeup_fd(self._bell_before)
        self._bell.close()
        self._ear.close()

    def wait(self) -> None:
        """Return as soon as it was asked; collect garbage and hand free memory back now and then."""
        from qntx_desktop.app.memory import Tidying

        tidying = Tidying()
        self._ear.settimeout(_TIDY_EVERY_S)
        while not self._asked:
            try:
                self._ear.recv(_BELL_BYTES)
            except TimeoutError:
                tidying.turn()

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        """A signal came; the main thread, between two instructions."""
        if self._asked and not self._hurried:
            self._hurried = True
            threading.Thread(target=self.hurry, name="hurry").start()
        self._asked = True


class _Watcher:
    """Hears of the API and of who runs the jobs; notes what changes after the beginning."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._known = threading.Event()
        self._state: ApiState | None = None
        self.leads = threading.Event()
        self.begun = False

    def first_state(self) -> ApiState:
        """How the API stands, as soon as that is known."""
        self._known.wait()
        assert self._state is not None
        return self._state

    def on_api(self, state: ApiState) -> None:
        """The API was switched on or off, or could not be."""
        self._state = state
        self._known.set()
        if self.begun:
            said = state.error.message if state.error else f"API at {state.address}" if state.address else "API off"
            self._call.printer.note(said)

    def on_event(self, event: Event) -> None:
        """This process began or ceased to run the jobs."""
        from qntx_desktop.model.events import RunnerRole

        if isinstance(event, RunnerRole) and event.active:
            self.leads.set()
            if self.begun:
                self._call.printer.note("This process runs the jobs now.")


VERBS = (
    Verb(
        path=("serve",),
        summary="Run the queue and the schedules without a window, until told to stop",
        run=_serve,
        options=(
            Option(name="--api", help="answer the local API, too"),
            Option(name="--webhooks", help="take webhooks, too"),
            Option(name="--port", value="N", help="where on 127.0.0.1; 0: any free port"),
        ),
        examples=("serve", "serve --api --webhooks --port 8722"),
    ),
)
