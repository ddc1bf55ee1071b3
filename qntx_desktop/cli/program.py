"""The program behind `qntx`: reads the call, hands it to its verb, and turns every end into an exit code.

Main thread. Everything a verb needs is imported when that verb runs, so that a call costs what it does.

Exit codes: 0 done and good; 1 the script or job failed; 2 invalid input; 3 not found; 4 conflict, denied or
waiting; 5 the environment; 130 Ctrl-C; 128 + signal when ended by one; 141 when whoever read the answer left.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from qntx_desktop import __version__
from qntx_desktop.cli.call import Call
from qntx_desktop.cli.grammar import Words, read_words
from qntx_desktop.cli.printer import ErrOutputFailed, OutputClosed, Printer, silence_stdout, standard_printer
from qntx_desktop.cli.verbs import GROUPS
from qntx_desktop.model.errors import ErrCancelled, ErrInvalidCommand, ErrUnexpected, Family, QntxError

EXIT_CODES = {
    Family.INVALID: 2,
    Family.NOT_FOUND: 3,
    Family.CONFLICT: 4,
    Family.DENIED: 4,
    Family.ENVIRONMENT: 5,
    Family.USER_CODE: 1,
}
OFFER = "__offer"
"""What the scripts of `qntx completion` call; hidden, because nobody types it."""
EXIT_INTERRUPTED = 130
EXIT_OUTPUT_CLOSED = 141


def run(arguments: Sequence[str]) -> int:
    """Run one call.

    Args:
        arguments: The words after `qntx`.

    Returns:
        The exit code.
    """
    read = Words()
    printer = standard_printer()
    try:
        with _ending_by_signal():
            return _run(arguments, read, printer)
    except QntxError as error:
        return _refuse(printer, error)
    except KeyboardInterrupt:
        _refuse(printer, ErrCancelled("interrupted", "Interrupted."))
        return EXIT_INTERRUPTED
    except OutputClosed:
        silence_stdout()
        return EXIT_OUTPUT_CLOSED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except Exception as error:  # noqa: BLE001 - the last resort: a person gets one line, the log gets the rest
        return _refuse(printer, _unexpected(error, read, printer))


def _run(arguments: Sequence[str], read: Words, printer: Printer) -> int:
    if not arguments:
        printer.readable(_welcome())
        return 0
    if arguments[0] == OFFER:
        return _offer(arguments[1:], printer)
    try:
        _check_text(arguments)
        read_words(arguments, GROUPS, read)
    finally:
        printer.as_json = read.json or _json_was_meant(arguments, read)
    if read.version:
        _print_about(printer, "version", f"qntx {__version__}", __version__)
        return 0
    if read.help:
        _print_about(printer, "help", text := _help(read), text)
        return 0
    call = Call(read, printer)
    return call.verb.run(call)


def _offer(words: Sequence[str], printer: Printer) -> int:
    """Print what may follow, one a line, with what it means behind a tab."""
    from qntx_desktop.cli.cells import shown
    from qntx_desktop.cli.offers import offers

    for name, meaning in offers(words, GROUPS, printer):
        if name.isprintable():
            printer.text(f"{name}\t{shown(meaning)}")
    return 0


def _check_text(arguments: Sequence[str]) -> None:
    """Refuse bytes that are no text: they can be kept neither in the store nor in JSON."""
    for number, argument in enumerate(arguments, start=1):
        try:
            argument.encode()
        except UnicodeEncodeError:
            spelled = ascii(argument)[1:-1]
            raise ErrInvalidCommand(
                f"Argument {number} is not UTF-8 text: {spelled[:80]}",
                hint="Rename the file, or set a UTF-8 locale.",
                argument=number,
            ) from None


def _json_was_meant(arguments: Sequence[str], read: Words) -> bool:
    """Whether `--json` stands behind the place where reading stopped; the refusal then is JSON, too."""
    if read.verb is not None and read.verb.foreign and read.words:
        return False
    before_end = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in before_end and not (read.verb and read.verb.foreign)


def _welcome() -> str:
    from qntx_desktop.cli.usage import welcome

    return welcome()


def _help(read: Words) -> str:
    from qntx_desktop.cli.usage import group_help, overview, verb_help

    if read.verb is not None:
        return verb_help(read.verb)
    return group_help(GROUPS[read.group]) if read.group else overview(GROUPS)


def _print_about(printer: Printer, key: str, text: str, value: str) -> None:
    if printer.as_json:
        printer.document({key: value})
    else:
        printer.readable(text)


def _refuse(printer: Printer, error: QntxError) -> int:
    try:
        _tell(printer, error)
    except OutputClosed:
        silence_stdout()
    except ErrOutputFailed as failed:
        _say(printer, failed)
        silence_stdout()
    if isinstance(error, ErrOutputFailed):
        silence_stdout()  # what is left in the buffer would fail again when the interpreter ends
    return EXIT_CODES[error.family]


def _tell(printer: Printer, error: QntxError) -> None:
    if printer.as_json and not printer.answered:
        printer.document({"error": error.to_json()})
    else:
        _say(printer, error)


def _say(printer: Printer, error: QntxError) -> None:
    from qntx_desktop.cli.wording import error_line

    line = f"qntx: {error_line(error.to_json())}"
    printer.note(printer.styled(line, "red", on_stderr=True))


def _unexpected(error: Exception, read: Words, printer: Printer) -> ErrUnexpected:
    """Keep the traceback for whoever looks for the defect: in the home's log, and on stderr with `-v`."""
    from traceback import format_exception

    text = "".join(format_exception(error))
    if read.verbosity:
        printer.note(text.rstrip())
    told = ErrUnexpected(str(error) or type(error).__name__, type(error).__name__)
    if not _logged(read.home, text):
        told.hint = "Call it with -v to see where it comes from."
    return told


def _logged(option: str | None, text: str) -> bool:
    from qntx_desktop.app.logs import record_crash
    from qntx_desktop.app.paths import resolve_home

    try:
        return record_crash(resolve_home(option), text)
    except QntxError:  # no home, no log: the error itself is told all the same
        return False


@contextmanager
def _ending_by_signal() -> Iterator[None]:
    """Leave in good order when asked to end: as with Ctrl-C, what this call runs is stopped and put away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None]
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        if before[number] is signal.SIG_DFL:  # nohup ignores SIGHUP, and so do we then
            signal.signal(number, _leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
