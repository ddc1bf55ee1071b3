"""Plugins as rows, and the jobs that wait for one.

Functions that take a `Tx` run in a write, the rest on any connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from qntx_desktop.model.errors import ErrPluginUnavailable
from qntx_desktop.model.events import JobChanged, PluginChanged
from qntx_desktop.model.job import JobStatus, Waiting
from qntx_desktop.model.plugin import (
    AnnouncedSchedule,
    Announcement,
    ConfigField,
    Era,
    Live,
    Plugin,
    PluginState,
    Watcher,
    split_type,
)
from qntx_desktop.store import jobs
from qntx_desktop.store.job_rows import COLUMNS as JOB_COLUMNS
from qntx_desktop.store.job_rows import job_of
from qntx_desktop.store.transaction import Tx

_COLUMNS = (
    "name, path, args, enabled, settings, generation, announced, state, error, live, added_at_us, changed_at_us"
)


def every(connection: sqlite3.Connection) -> tuple[Plugin, ...]:
    """All of them, by name."""
    return tuple(_plugin_of(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM plugin ORDER BY name"))


def get(connection: sqlite3.Connection, name: str) -> Plugin | None:
    """One by its name."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM plugin WHERE name = ?", (name,)).fetchone()
    return _plugin_of(row) if row is not None else None


def job_type_known(connection: sqlite3.Connection, job_type: str) -> bool:
    """Whether a plugin announced the handler of a job type `plugin/handler`."""
    parts = split_type(job_type)
    if parts is None:
        return False
    name, handler = parts
    return handler in json.loads(_one(connection, "announced", name)).get("handlers", ())


def insert(tx: Tx, name: str, path: str, args: Sequence[str], *, enabled: bool) -> Plugin | None:
    """Add one; None when the name is taken."""
    state = PluginState.STOPPED if enabled else PluginState.DISABLED
    done = tx.connection.execute(
        """INSERT OR IGNORE INTO plugin (name, path, args, enabled, settings, generation, announced, kept, state,
            error, live, added_at_us, changed_at_us)
            VALUES (?, ?, ?, ?, '{}', 0, '{}', '{}', ?, NULL, '{}', ?, ?)""",
        (name, path, json.dumps(list(args)), int(enabled), str(state), tx.now_us, tx.now_us),
    )
    tx.emit(PluginChanged(name=name))
    return get(tx.connection, name) if done.rowcount else None


def set_enabled(tx: Tx, plugin: Plugin, enabled: bool) -> None:
    """Say whether it shall run; wishing it again starts one anew that had failed."""
    if plugin.enabled == enabled and plugin.state is not PluginState.FAILED:
        return
    tx.connection.execute(
        """UPDATE plugin SET enabled = ?, state = ?, error = NULL, live = '{}', generation = generation + 1,
            changed_at_us = ? WHERE name = ?""",
        (int(enabled), str(PluginState.STOPPED if enabled else PluginState.DISABLED), tx.now_us, plugin.name),
    )
    tx.emit(PluginChanged(name=plugin.name))


def set_settings(tx: Tx, plugin: Plugin) -> None:
    """Keep era, shim, version switch and configuration of `plugin`, and have it started anew with them."""
    settings = {
        "era": str(plugin.era),
        "shim": plugin.shim,
        "any_version": plugin.any_version,
        "config": dict(plugin.config),
    }
    tx.connection.execute(
        "UPDATE plugin SET settings = ? WHERE name = ?", (json.dumps(settings, ensure_ascii=False), plugin.name)
    )
    ask_restart(tx, plugin.name)


def ask_restart(tx: Tx, name: str) -> None:
    """Have it started anew by whoever runs it."""
    tx.connection.execute(
        """UPDATE plugin SET generation = generation + 1, error = NULL, live = '{}', changed_at_us = ?,
            state = CASE WHEN enabled THEN 'stopped' ELSE state END WHERE name = ?""",
        (tx.now_us, name),
    )
    tx.emit(PluginChanged(name=name))


def set_state(tx: Tx, name: str, state: PluginState, *, error: Mapping[str, Any] | None, live: Live) -> None:
    """Note how it stands."""
    tx.connection.execute(
        "UPDATE plugin SET state = ?, error = ?, live = ?, changed_at_us = ? WHERE name = ?",
        (str(state), json.dumps(dict(error)) if error else None, json.dumps(asdict(live)), tx.now_us, name),
    )
    tx.emit(PluginChanged(name=name))


def set_announced(tx: Tx, name: str, said: Announcement) -> None:
    """Keep what it said of itself; the era that it was seen to speak stays."""
    old = json.loads(_one(tx.connection, "announced", name))
    text = json.dumps({**asdict(said), "seen_era": old.get("seen_era")}, ensure_ascii=False)
    tx.connection.execute(
        "UPDATE plugin SET announced = ?, changed_at_us = ? WHERE name = ?", (text, tx.now_us, name)
    )
    tx.emit(PluginChanged(name=name))


def set_seen_era(tx: Tx, name: str, era: Era) -> None:
    """Keep which era it was seen to speak."""
    announced = json.loads(_one(tx.connection, "announced", name))
    text = json.dumps({**announced, "seen_era": str(era)}, ensure_ascii=False)
    tx.connection.execute("UPDATE plugin SET announced = ? WHERE name = ?", (text, name))
    tx.emit(PluginChanged(name=name))


def kept(connection: sqlite3.Connection, name: str) -> dict[str, Any]:
    """What the host remembers for it."""
    found: dict[str, Any] = json.loads(_one(connection, "kept", name))
    return found


def keep(tx: Tx, name: str, facts: Mapping[str, Any]) -> None:
    """Remember something for it."""
    tx.connection.execute("UPDATE plugin SET kept = ? WHERE name = ?", (json.dumps(dict(facts)), name))


def remove(tx: Tx, name: str) -> None:
    """Forget it; its jobs and attestations stay."""
    tx.connection.execute("DELETE FROM plugin WHERE name = ?", (name,))
    tx.emit(PluginChanged(name=name))


def nobody_runs_them(tx: Tx) -> None:
    """After a process that ran plugins was lost: none of them runs."""
    tx.connection.execute(
        "UPDATE plugin SET state = 'stopped', live = '{}' WHERE state IN ('starting', 'ready', 'restarting')"
    )


def hold(tx: Tx, claim: jobs.Claim, error: ErrPluginUnavailable) -> None:
    """Let a job of which nothing has run wait for its plugin; the attempt leaves no trace."""
    job = jobs.release(tx, claim)
    if job.status is not JobStatus.PENDING:  # cancelled, or another took its place in the meantime
        return
    tx.connection.execute("DELETE FROM execution WHERE id = ?", (claim.execution_id,))
    tx.connection.execute("UPDATE job_queue SET attempt = attempt - 1 WHERE id = ?", (job.id,))
    found = get(tx.connection, str(error.details["plugin"]))
    if found is None or found.state is not PluginState.READY:
        jobs.set_waiting(tx, job.id, Waiting.PLUGIN_UNAVAILABLE, error.message)


def let_go(tx: Tx, name: str) -> int:
    """Let the jobs that wait for a plugin be claimed again.

    Returns:
        How many. The first of them is told as an event; views read again.
    """
    rows = tx.connection.execute(
        f"""UPDATE job_queue SET waiting_code = NULL, waiting_message = '', waiting_until_us = NULL
            WHERE status = 'pending' AND waiting_code = ? AND type > ? AND type < ? RETURNING {JOB_COLUMNS}""",
        (str(Waiting.PLUGIN_UNAVAILABLE), f"{name}/", f"{name}0"),
    ).fetchall()
    if rows:
        tx.emit(JobChanged(job=job_of(min(rows, key=lambda row: int(row[0])))))
    return len(rows)


def _one(connection: sqlite3.Connection, column: str, name: str) -> str:
    row = connection.execute(f"SELECT {column} FROM plugin WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row is not None else "{}"


def _plugin_of(row: Sequence[Any]) -> Plugin:
    settings, announced, live = json.loads(row[4]), json.loads(row[6]), json.loads(row[9])
    seen = announced.get("seen_era")
    return Plugin(
        name=row[0],
        path=row[1],
        args=tuple(json.loads(row[2])),
        enabled=bool(row[3]),
        era=Era(settings.get("era", "auto")),
        seen_era=Era(seen) if seen else None,
        shim=bool(settings.get("shim")),
        any_version=bool(settings.get("any_version")),
        config=settings.get("config", {}),
        generation=row[5],
        announced=_announcement_of(announced),
        state=PluginState(row[7]),
        error=json.loads(row[8]) if row[8] is not None else None,
        live=Live(**live),
        added_at_us=row[10],
        changed_at_us=row[11],
    )


def _announcement_of(kept: Mapping[str, Any]) -> Announcement:
    if not kept.get("handlers") and not kept.get("version") and "fields" not in kept:
        return Announcement()
    return Announcement(
        version=kept["version"],
        description=kept["description"],
        author=kept["author"],
        license=kept["license"],
        handlers=tuple(kept["handlers"]),
        schedules=tuple(AnnouncedSchedule(**each) for each in kept["schedules"]),
        watchers=tuple(_watcher_of(each) for each in kept["watchers"]),
        fields=tuple(ConfigField(**each) for each in kept["fields"]),
        problems=tuple(kept["problems"]),
    )


def _watcher_of(kept: Mapping[str, Any]) -> Watcher:
    terms = {name: tuple(kept[name]) for name in ("subjects", "predicates", "contexts", "actors")}
    return Watcher(id=kept["id"], handler=kept["handler"], per_second=kept["per_second"], **terms)
