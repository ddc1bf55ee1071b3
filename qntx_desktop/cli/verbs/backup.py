"""`qntx backup`: a whole home as one file; and what `verify` and `restore` share with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb, usage_error

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call
    from qntx_desktop.services.backups import Backup, Backups


def _backup(call: Call) -> int:
    target = call.text("--output")
    if target == "-":
        raise usage_error("a backup goes into a file", "backup")
    made = backups_of(call).make(Path(target) if target is not None else None, telling(call))
    if call.as_json:
        call.printer.document(made.to_json())
        return 0
    call.printer.readable(f"Written: {made.path}")
    call.printer.note(f"{what_is_in(made)}. The key of secrets is not in it.")
    note_left_out(call, made)
    return 0


def backups_of(call: Call) -> Backups:
    """What backs the home of this call up; the home may not exist."""
    from qntx_desktop.app.backing import open_backups

    home = call.home
    home.check()
    return open_backups(home)


def telling(call: Call) -> Callable[[str, float], None]:
    """Shows how far it is while a person watches."""
    return lambda what, part: call.printer.progress(f"{what} · {part:.0%}")


def what_is_in(backup: Backup) -> str:
    """`3,000 attestations, 1.2 MB`."""
    from qntx_desktop.cli.wording import counted

    count = counted(backup.manifest.counts.get("attestations", 0), "attestation")
    size = f"{backup.bytes / 1e6:,.1f} MB" if backup.bytes >= 100_000 else f"{backup.bytes / 1e3:,.1f} kB"
    return f"{count}, {size}"


def note_left_out(call: Call, backup: Backup) -> None:
    """Say what is not in it."""
    from qntx_desktop.cli.cells import shown

    left_out = backup.manifest.left_out
    if left_out:
        more = f" and {len(left_out) - 3:,} more" if len(left_out) > 3 else ""
        named = ", ".join(shown(each) for each in left_out[:3])
        call.printer.note(f"Left out, because it is no ordinary file or was just removed: {named}{more}")


VERBS = (
    Verb(
        path=("backup",),
        summary="Write the whole home into one file, also while a window works on it",
        run=_backup,
        options=(
            Option(
                name="--output",
                short="-o",
                value="F",
                help="the file, or a folder for it; else backups in the home",
            ),
        ),
        examples=("backup", "backup -o /mnt/usb"),
    ),
)
