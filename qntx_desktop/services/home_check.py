"""Reads all that a home holds and says whether it is sound, changing nothing. Any thread but the GUI's; blocks.

`doctor` looks at what the app stands on; this reads every page, every attestation, every handler and every backup.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.finding import Finding, State
from qntx_desktop.model.source import Source
from qntx_desktop.services.backup_file import SUFFIX, Progress
from qntx_desktop.services.backups import Backups
from qntx_desktop.store import contents, ledger_check
from qntx_desktop.store.verification import verify


def check_home(backups: Backups, progress: Progress) -> tuple[Finding, ...]:
    """Look at the store, what is attested, the files of sources and the newest backup."""
    found = [_looked("store", lambda: _store(backups))]
    if found[0].state is State.OK and backups.store.exists():
        found.append(_looked("ledger", lambda: _ledger(backups, progress)))
        found.append(_looked("sources", lambda: _sources(backups)))
    found.append(_looked("backup", lambda: _newest(backups, progress)))
    if (unfinished := backups.unfinished()) is not None:
        text = f"putting {unfinished} in place was interrupted"
        hint = f"Do it again: qntx restore {unfinished} --replace"
        found.append(Finding(name="restore", state=State.FAILED, text=text, hint=hint))
    return tuple(found)


def _looked(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except QntxError as error:
        text, facts = error.message.rstrip("."), error.to_json()
        return Finding(name=name, state=State.FAILED, text=text, hint=error.hint, facts=facts)


def _store(backups: Backups) -> Finding:
    found = verify(backups.store)
    if found is None:
        return Finding(name="store", state=State.OK, text="there is none yet")
    facts = {"schema": found.schema, "size_bytes": found.size_bytes, "attestations": found.attestations}
    return Finding(name="store", state=State.OK, text="every page and index is sound", facts=facts)


def _ledger(backups: Backups, progress: Progress) -> Finding:
    checked = ledger_check.check(backups.store, lambda part: progress("Reading attestations", part))
    facts = {
        "attestations": checked.attestations,
        "handler_versions": checked.handlers,
        "bad": list(checked.bad),
    }
    if checked.bad:
        text = f"{len(checked.bad):,} attestations are not as they were stored: {', '.join(checked.bad[:3])}"
        hint = "Restore a backup: qntx restore F --replace"
        return Finding(name="ledger", state=State.FAILED, text=text, hint=hint, facts=facts)
    text = f"{checked.attestations:,} attestations, of them {checked.handlers:,} of handlers, each as it was stored"
    return Finding(name="ledger", state=State.OK, text=text, facts=facts)


def _sources(backups: Backups) -> Finding:
    """Every file of every current revision, by its presence and size."""
    sources = contents.sources(backups.store)
    wrong = _lacking(backups, sources)
    if wrong:  # a sync may have put another revision in place meanwhile
        now = contents.sources(backups.store)
        wrong = wrong if now == sources else _lacking(backups, now)
    if wrong:
        text = "; ".join(f"{name} lacks {what}" for name, what in wrong.items())
        names = " ".join(wrong)
        hint = f"Fetch it again: qntx source sync {names}"
        return Finding(name="sources", state=State.FAILED, text=text, hint=hint, facts={"wrong": wrong})
    many = "1 source" if len(sources) == 1 else f"{len(sources):,} sources"
    return Finding(name="sources", state=State.OK, text=f"{many}, their files are there")


def _lacking(backups: Backups, sources: Sequence[Source]) -> dict[str, str]:
    wrong = {}
    for source in sources:
        if source.revision is None:
            continue
        folder = backups.root / "sources" / str(source.id) / source.revision.folder
        if missing := _missing(folder):
            wrong[source.name] = missing
    return wrong


def _missing(folder: Path) -> str:
    try:
        held = json.loads(folder.with_name(f"{folder.name}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return "its list of files"
    gone = [path for path in held if not (folder / path).is_file()]
    return f"{len(gone):,} files, such as {gone[0]}" if gone else ""


def _newest(backups: Backups, progress: Progress) -> Finding:
    every = sorted(backups.folder.glob(f"*{SUFFIX}"), key=lambda each: each.stat().st_mtime)
    if not every:
        hint = "Make one: qntx backup"
        return Finding(name="backup", state=State.MISSING, text="there is none in the home", hint=hint)
    looked = backups.look(every[-1], progress)
    text = f"{every[-1].name} is sound, made {looked.manifest.made_at}"
    return Finding(name="backup", state=State.OK, text=text, facts=looked.to_json())
