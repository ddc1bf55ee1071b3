"""Looks at everything that the app stands on, and says how each part is. Any thread but the GUI's; changes nothing.

A check never stops the others: what it raises is its finding.
"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from qntx_desktop.model.confinement import SandboxLevel
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.finding import Finding, State
from qntx_desktop.services.options import Options
from qntx_desktop.services.remote import SCHEDULER

LOW_ROOM_BYTES = 256 << 20
OLDEST_SQLITE = (3, 35, 0)
"""The first that gives back the rows a statement changed."""


def examine(home: Path, database: Path, options: Callable[[], Options]) -> tuple[Finding, ...]:
    """Look at a home, which may not exist, and at the computer.

    Args:
        options: Opens the settings.
    """
    checks: dict[str, Callable[[], Finding]] = {
        "python": _python,
        "sqlite": _sqlite,
        "home": lambda: _home(home),
        "store": lambda: _store(database),
        "settings": lambda: _settings(options()),
        "sandbox": _sandbox,
        "packages": lambda: _packages(home / "environments"),
        "keyring": _keyring,
        "remote": lambda: _remote(str(options().get(SCHEDULER))),
    }
    return tuple(_looked(name, check) for name, check in checks.items())


def _looked(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except QntxError as error:
        return Finding(
            name=name, state=State.FAILED, text=error.message.rstrip("."), hint=error.hint, facts=error.to_json()
        )


def _python() -> Finding:
    from qntx_desktop.engines.interpreter import interpreter
    from qntx_desktop.engines.packages.pythons import OLDEST, version_of

    path = interpreter()
    version = version_of(path)
    shown = ".".join(map(str, version))
    facts = {"path": path, "version": shown}
    if version < OLDEST:
        text = f"handlers would run on Python {shown}, which is too old"
        hint = "Install Python 3.11 or later."
        return Finding(name="python", state=State.FAILED, text=text, hint=hint, facts=facts)
    return Finding(name="python", state=State.OK, text=f"handlers run on Python {shown}, {path}", facts=facts)


def _sqlite() -> Finding:
    from qntx_desktop.store.verification import sqlite_version

    version = sqlite_version()
    shown = ".".join(map(str, version))
    facts = {"version": shown}
    if version < OLDEST_SQLITE:
        text = f"SQLite {shown} is too old"
        return Finding(name="sqlite", state=State.FAILED, text=text, hint="Use a newer Python.", facts=facts)
    return Finding(name="sqlite", state=State.OK, text=f"SQLite {shown}", facts=facts)


def _home(home: Path) -> Finding:
    there = home
    while not there.exists() and there != there.parent:
        there = there.parent
    facts = {"path": str(home), "exists": home.exists()}
    try:
        if home.exists():
            with tempfile.TemporaryFile(dir=home) as file:
                file.write(b"x")
        elif not os.access(there, os.W_OK | os.X_OK):
            raise PermissionError(None, f"{there} cannot be written")
        free_bytes = shutil.disk_usage(there).free
    except OSError as error:
        text = f"{home} cannot be written: {error.strerror or error}"
        hint = "Allow writing there, or choose another home with --home."
        return Finding(name="home", state=State.FAILED, text=text, hint=hint, facts=facts)
    room = f"{free_bytes >> 20:,} MB free"
    if free_bytes < LOW_ROOM_BYTES:
        hint = "Make room on that disk: nothing can be stored when it is full."
        return Finding(name="home", state=State.MISSING, text=f"{home}, only {room}", hint=hint, facts=facts)
    made = "" if home.exists() else ", made when it is first needed"
    return Finding(name="home", state=State.OK, text=f"{home}, {room}{made}", facts=facts)


def _store(database: Path) -> Finding:
    from qntx_desktop.store.verification import verify

    found = verify(database)
    if found is None:
        return Finding(name="store", state=State.OK, text="there is none yet", facts={"path": str(database)})
    facts = {
        "path": str(database),
        "schema": found.schema,
        "known_schema": found.known_schema,
        "size_bytes": found.size_bytes,
        "attestations": found.attestations,
    }
    many = "attestation" if found.attestations == 1 else "attestations"
    text = f"sound, {found.attestations:,} {many}, {found.size_bytes / (1 << 20):,.1f} MB"
    return Finding(name="store", state=State.OK, text=text, facts=facts)


def _settings(options: Options) -> Finding:
    facts = {"path": options.path, "unknown": list(options.unknown)}
    if options.problem is not None:
        raise options.problem
    if options.unknown:
        text = f"{options.path} sets what this version does not know: {', '.join(options.unknown)}"
        return Finding(name="settings", state=State.MISSING, text=text, hint="See: qntx config", facts=facts)
    return Finding(name="settings", state=State.OK, text="read", facts=facts)


def _sandbox() -> Finding:
    from qntx_desktop.services.confinement import sandbox_report

    report = sandbox_report()
    layers = f" by {' and '.join(report.layers)}" if report.layers else ""
    facts = report.to_json()
    if report.level is SandboxLevel.FULL:
        return Finding(name="sandbox", state=State.OK, text=f"handlers are confined{layers}", facts=facts)
    missing = ", ".join(each.text for each in report.missing)
    how = "partly confined" if report.level is SandboxLevel.PARTIAL else "not confined"
    why = f" ({report.reason})" if report.reason else ""
    hint = "Code from elsewhere needs your yes here, whatever it asks for."
    text = f"handlers are {how}{layers}{why}; not refused: {missing}"
    return Finding(name="sandbox", state=State.MISSING, text=text, hint=hint, facts=facts)


def _packages(environments: Path) -> Finding:
    from qntx_desktop.engines.packages.environments import damaged
    from qntx_desktop.engines.packages.uv_tool import uv_path

    count, bad = damaged(environments)
    if bad:
        text = f"{len(bad):,} of {count:,} environments of handlers are damaged"
        paths = ", ".join(str(environments / each) for each in bad)
        hint = f"Remove them, they are made again when needed: {paths}"
        facts = {"environments": count, "damaged": list(bad)}
        return Finding(name="packages", state=State.FAILED, text=text, hint=hint, facts=facts)

    path = uv_path()
    if path is None:
        hint = "Install the app again; handlers without dependencies are not concerned."
        text = "uv is missing, so packages of handlers cannot be fetched"
        return Finding(name="packages", state=State.MISSING, text=text, hint=hint)
    facts = {"path": path, "environments": count, "damaged": []}
    many = "environment" if count == 1 else "environments"
    text = f"fetched by uv; {count:,} {many}, sound" if count else "fetched by uv"
    return Finding(name="packages", state=State.OK, text=text, facts=facts)


def _keyring() -> Finding:
    from qntx_desktop.engines.keyring_name import keyring_name

    name = keyring_name()
    facts = {"backend": name, "system": platform.system()}
    if name is None and os.environ.get("QNTX_PASSPHRASE"):
        text = "there is none; QNTX_PASSPHRASE is used"
        return Finding(name="keyring", state=State.OK, text=text, facts=facts)
    if name is None:
        hint = "Unlock or install a keyring, or set QNTX_PASSPHRASE; only secrets need it."
        return Finding(name="keyring", state=State.MISSING, text="there is none", hint=hint, facts=facts)
    return Finding(name="keyring", state=State.OK, text=name, facts=facts)


def _remote(address: str) -> Finding:
    if not address:
        return Finding(name="remote", state=State.OK, text="no scheduler is set, all handlers run here")
    from qntx_desktop.engines.remote.cluster import is_installed, is_reachable

    facts = {"scheduler": address, "installed": is_installed()}
    if not is_installed():
        hint = "Install it: pip install 'qntx-desktop[remote]'"
        text = "a scheduler is set, but the extra for it is missing; all handlers run here"
        return Finding(name="remote", state=State.MISSING, text=text, hint=hint, facts=facts)
    reason = is_reachable(address)
    if reason:
        hint = f"Start it, or set another: qntx config {SCHEDULER}"
        text = f"{reason}; all handlers run here"
        return Finding(name="remote", state=State.MISSING, text=text, hint=hint, facts=facts)
    return Finding(name="remote", state=State.OK, text=f"a scheduler answers at {address}", facts=facts)
