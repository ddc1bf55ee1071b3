"""Tables and lists of facts on stdout.

Main thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qntx_desktop.cli.cells import lay_out, shown
from qntx_desktop.cli.printer import Printer


def print_table(printer: Printer, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under their heads; on a terminal they fit its width, elsewhere nothing is cut."""
    first, *rest = lay_out(heads, rows, printer.columns)
    printer.readable("\n".join([printer.styled(first, "dim"), *rest]))


def print_facts(printer: Printer, facts: Sequence[tuple[str, str]]) -> None:
    """Print names and values, one a line."""
    width = max(len(name) for name, _ in facts)
    lines = [f"{printer.styled(name.ljust(width), 'dim')}  {shown(value)}".rstrip() for name, value in facts]
    printer.readable("\n".join(lines))
