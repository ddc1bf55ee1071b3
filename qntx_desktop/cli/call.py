"""One call of `qntx` as its verb sees it: words, options, the printer, and the services, opened late.

Main thread. Nothing heavy is imported before a verb asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Verb, Words, usage_error

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services
    from qntx_desktop.app.paths import Home
    from qntx_desktop.app.reader import Readers
    from qntx_desktop.cli.printer import Printer
    from qntx_desktop.services.options import Options


class Call:
    """What was asked for, checked against the verb's declaration."""

    def __init__(self, read: Words, printer: Printer) -> None:
        assert read.verb is not None
        self.verb: Verb = read.verb
        self.words: Sequence[str] = tuple(read.words)
        self.printer = printer
        self._options = read.options
        self._home = read.home
        self._verbosity = read.verbosity

    @property
    def as_json(self) -> bool:
        """Whether the answer is one JSON document."""
        return self.printer.as_json

    def flag(self, name: str) -> bool:
        """Whether a switch was given."""
        return name in self._options

    def text(self, name: str) -> str | None:
        """The value of an option, None when it was not given."""
        value = self._options.get(name)
        return None if value is None else str(value)

    def number(self, name: str, lowest: int, highest: int) -> int | None:
        """The value of an option that is a whole number.

        Raises:
            ErrInvalidCommand: It is none, or out of range.
        """
        value = self.text(name)
        return None if value is None else self.whole(value, name, lowest, highest)

    def whole(self, value: str, what: str, lowest: int, highest: int) -> int:
        """Read a whole number, of which `what` is the name.

        Raises:
            ErrInvalidCommand: It is none, or out of range.
        """
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 20):
            raise usage_error(f"{what} is a whole number, not '{value}'", self.verb.name)
        if not lowest <= int(value) <= highest:
            raise usage_error(
                f"{what} goes from {lowest:,} to {highest:,}, not {int(value):,}", self.verb.name
            )
        return int(value)

    def moment(self, name: str) -> int | None:
        """The value of an option that is a time, in microseconds; without a zone it is the local one.

        Raises:
            ErrInvalidCommand: It is none.
        """
        value = self.text(name)
        if value is None:
            return None
        from qntx_desktop.cli.reading import read_moment

        try:
            return read_moment(value)
        except ValueError:
            example = "a time such as 2026-11-01, '2026-11-01 08:30' or 2026-11-01T08:30:00Z"
            raise usage_error(f"{name} is {example}, not '{value[:80]}'", self.verb.name) from None

    def id(self, index: int, what: str) -> int:
        """The word at `index` as the number of a job."""
        return self.whole(self.words[index], what, 0, 2**63 - 1)

    @property
    def home(self) -> Home:
        """The home of this call; it may not exist yet."""
        from qntx_desktop.app.paths import resolve_home

        return resolve_home(self._home)

    @contextmanager
    def services(self) -> Iterator[Services]:
        """Everything, with a home that is made if there is none; closed at the end."""
        from qntx_desktop.app.container import build

        with self._logging():
            services = build(self.home)
            try:
                yield services
            finally:
                services.close()

    @contextmanager
    def readers(self) -> Iterator[Readers]:
        """What only reads: makes no home, no database and no thread, and runs no job."""
        from qntx_desktop.app.reader import open_readers

        with open_readers(self.home) as readers:
            yield readers

    def options(self) -> Options:
        """The settings of the home, which may not exist yet; opens no store."""
        import logging

        from qntx_desktop.app.settings import open_options

        log = logging.getLogger("qntx_desktop")
        if not log.handlers:  # else Python prints warnings itself; the verb tells what is wrong
            log.addHandler(logging.NullHandler())
        return open_options(self.home)

    @contextmanager
    def _logging(self) -> Iterator[None]:
        """Send what the app logs to the home's log, with `-v` to stderr, too."""
        import logging

        from qntx_desktop.app.logs import close_log, open_log

        kept = open_log(self.home.make(), verbose=self._verbosity > 1)
        told = logging.StreamHandler() if self._verbosity else logging.NullHandler()
        logging.getLogger("qntx_desktop").addHandler(told)
        try:
            yield
        finally:
            close_log(told)
            close_log(kept)
