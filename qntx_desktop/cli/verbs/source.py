"""`qntx source`: folders and repositories whose code runs here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qntx_desktop.cli.grammar import Option, Verb, usage_error
from qntx_desktop.model.errors import ErrFileNotFound

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.source import Source

_GIT_OPTIONS = (
    Option(name="--branch", value="B", help="the branch to follow; else the default branch"),
    Option(name="--tag", value="T", help="the tag to follow"),
    Option(name="--commit", value="C", help="the one commit, all 40 digits"),
    Option(name="--token-stdin", help="read the access token from stdin; update: an empty one takes it away"),
    Option(name="--every", value="S", help="sync by itself every so many seconds, 60 or more; 0 is off"),
    Option(name="--review", value="ON", help="on: hold new revisions for review; off: use them at once"),
    Option(name="--webhook", value="ON", help="on: webhooks may ask for a sync; off: they are refused"),
    Option(name="--webhook-secret-stdin", help="read the webhook secret from stdin, after the token if both"),
)


def _add(call: Call) -> int:
    url = call.text("--git")
    settings = _settings(call, url)
    token, secret = _stdin(call)
    with call.services() as services:
        source = services.sources.add(
            call.words[0],
            "git" if url is not None else "manual",
            settings,
            token=token,
            interval_seconds=call.number("--every", 0, 10**12) or 0,
            webhook_secret=secret,
            webhook_enabled=_on(call, "--webhook") or False,
        )
    if call.as_json:
        call.printer.document(source.to_json())
    elif source.syncable:
        call.printer.readable(f"{source.name} added. Fetch it: qntx source sync {source.name}")
    else:
        call.printer.readable(f"{source.name} added. Its files lie in {call.home.code / source.name}")
    return 0


def _update(call: Call) -> int:
    settings = _settings(call, call.text("--git"))
    token, secret = _stdin(call)
    with call.services() as services:
        source = services.sources.update(
            call.words[0],
            settings,
            token=token,
            interval_seconds=call.number("--every", 0, 10**12),
            webhook_secret=secret,
            webhook_enabled=_on(call, "--webhook"),
            secret_in_query=_on(call, "--secret-in-query"),
        )
    return print_source(call, source, f"{source.name} changed. Its files stay until the next good sync.")


def _settings(call: Call, url: str | None) -> dict[str, Any]:
    given: dict[str, Any] = {
        "url": url,
        "branch": call.text("--branch"),
        "tag": call.text("--tag"),
        "commit": call.text("--commit"),
        "review": _on(call, "--review"),
    }
    return {key: value for key, value in given.items() if value is not None}


def _on(call: Call, name: str) -> bool | None:
    value = call.text(name)
    if value is None:
        return None
    if value not in ("on", "off"):
        raise usage_error(f"{name} is on or off, not '{value}'", call.verb.name)
    return value == "on"


def _stdin(call: Call) -> tuple[str | None, str | None]:
    """The token and the webhook secret, a line each; never among the words of the call, which others can see."""
    token = sys.stdin.readline().strip() if call.flag("--token-stdin") else None
    secret = sys.stdin.readline().strip() if call.flag("--webhook-secret-stdin") else None
    return token, secret


def _list(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table
    from qntx_desktop.cli.wording import moment

    with call.readers() as readers:
        sources = readers.sources.every()
    if call.as_json:
        call.printer.document([each.to_json() for each in sources])
        return 0
    rows = [
        (
            each.name,
            each.type,
            each.revision.commit[:12] if each.revision else "",
            moment(each.last_sync_at_us) if each.last_sync_at_us else "",
            _state(each),
        )
        for each in sources
    ]
    print_table(call.printer, ("NAME", "TYPE", "REVISION", "LAST SYNC", "STATE"), rows)
    return 0


def _state(source: Source) -> str:
    if source.last_sync_error is not None:
        return str(source.last_sync_error.get("message", "failed"))
    if not source.enabled:
        return "disabled"
    if source.held is not None:
        return f"{source.held.commit[:12]} waits for review"
    return "not synced yet" if source.syncable and source.revision is None else "ok"


def _show(call: Call) -> int:
    with call.readers() as readers:
        source = readers.sources.get(call.words[0])
    return print_source(call, source, "")


def print_source(call: Call, source: Source, told: str) -> int:
    """Print everything about a source, or only what was done to it."""
    from qntx_desktop.cli.tables import print_facts
    from qntx_desktop.cli.wording import error_line, moment

    if call.as_json:
        call.printer.document(source.to_json())
        return 0
    if told:
        call.printer.readable(told)
        return 0
    shape = source.to_json()
    facts = [("name", source.name), ("type", source.type), ("state", _state(source))]
    settings = shape["settings"] | ({"token": "set"} if source.has_token else {})
    facts += [(key, "on" if value is True else str(value)) for key, value in settings.items() if value]
    facts += [("every", f"{source.sync.interval_seconds:,} s")] if source.sync.interval_seconds else []
    if source.sync.webhook_enabled:
        facts.append(
            ("webhook", "on" if source.has_webhook_secret else "on, without a secret: anyone may ask")
        )
    facts += [("revision", source.revision.commit)] if source.revision else []
    facts += [("note", note) for note in (source.revision.notes if source.revision else ())]
    facts += [("last sync", moment(source.last_sync_at_us))] if source.last_sync_at_us else []
    facts += [("next sync", _next_sync(source.next_sync_at_us))] if source.next_sync_at_us else []
    facts += [("failures", f"{source.failures:,} in a row")] if source.failures else []
    facts += [("error", error_line(dict(source.last_sync_error)))] if source.last_sync_error else []
    print_facts(call.printer, facts)
    return 0


def _next_sync(at_us: int) -> str:
    from qntx_desktop.cli.wording import moment
    from qntx_desktop.model.clock import now_us

    return moment(at_us) if at_us > now_us() else "due, as soon as the window or qntx serve runs"


def _sync(call: Call) -> int:
    from qntx_desktop.cli.running import run_job

    return run_job(
        call,
        lambda services: services.queue.enqueue(
            services.sources.sync_request(services.sources.get(call.words[0]), "cli")
        ),
    )


def _history(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table

    with call.readers() as readers:
        syncs = readers.sources.history(call.words[0])
    if call.as_json:
        call.printer.document(syncs)
        return 0
    rows = [
        (
            str(each["started_at"])[:19].replace("T", " "),
            str(each["trigger"]),
            str(each["status"]),
            _changes(each),
            (each["to_commit"] or "")[:12],
            (each["error"] or {}).get("message", ""),
        )
        for each in syncs
    ]
    print_table(call.printer, ("STARTED", "BY", "STATUS", "FILES", "COMMIT", "ERROR"), rows)
    return 0


def _changes(sync: dict[str, Any]) -> str:
    """Only a sync that brought something changed files."""
    changed = f"+{sync['added']:,} ~{sync['changed']:,} -{sync['removed']:,}"
    return changed if sync["status"] == "completed" else ""


def _files(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table

    with call.readers() as readers:
        files = readers.sources.files(call.words[0])
        name, text = call.text("--name"), call.text("--containing")
        if text is not None:
            found: list[dict[str, Any]] = [match.to_json() for match in files.find_content(text)]
        else:
            found = [
                each.to_json() for each in (files.find_names(name) if name is not None else files.tree())
            ]
    if call.as_json:
        call.printer.document(found)
    elif not found:
        call.printer.note("There are no such files." if text or name else "There are no files.")
    elif text is not None:
        print_table(
            call.printer, ("FILE", "LINE", "TEXT"), [(m["path"], str(m["line"]), m["text"]) for m in found]
        )
    else:
        print_table(
            call.printer, ("FILE", "BYTES"), [(each["path"], f"{each['size_bytes']:,}") for each in found]
        )
    return 0


def _cat(call: Call) -> int:
    from qntx_desktop.cli.cells import lines_shown
    from qntx_desktop.services.source_files import is_binary

    with call.readers() as readers:
        raw = readers.sources.files(call.words[0]).read(call.words[1])
    binary = is_binary(raw)
    if call.as_json:
        text = None if binary else raw.decode()
        call.printer.document({"path": call.words[1], "size_bytes": len(raw), "binary": binary, "text": text})
    elif binary:
        call.printer.note(f"{call.words[1]} is a binary file of {len(raw):,} bytes.")
    else:
        text = raw.decode()
        call.printer.text(text if call.printer.columns is None else lines_shown(text), end="")
    return 0


def _write(call: Call) -> int:
    chosen = call.text("--file") or "-"
    if Path(chosen).is_dir():
        return _write_folder(call, Path(chosen))
    raw = _read(chosen)
    with call.services() as services:
        services.sources.editable_files(call.words[0]).write(call.words[1], raw)
    return done(call, {"path": call.words[1], "size_bytes": len(raw)}, f"{call.words[1]} saved.")


def _write_folder(call: Call, folder: Path) -> int:
    from qntx_desktop.services.source_uploads import copy_in

    name, path = call.words
    with call.services() as services:
        copied = copy_in(services.sources.editable_files(name), [(folder, path)], replace=True)
    if copied.left_out:
        call.printer.note(f"Left out, since they are links or no files: {copied.left_out:,}.")
    many = "file" if copied.files == 1 else "files"
    facts = {"path": path, "files": copied.files, "size_bytes": copied.size_bytes, "left_out": copied.left_out}
    return done(call, facts, f"{copied.files:,} {many} saved in {path}.")


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError) as error:
        raise ErrFileNotFound(file, getattr(error, "strerror", None) or str(error)) from error


def _delete_file(call: Call) -> int:
    with call.services() as services:
        services.sources.editable_files(call.words[0]).delete(call.words[1])
    return done(call, {"path": call.words[1], "deleted": True}, f"{call.words[1]} deleted.")


def _rename_file(call: Call) -> int:
    name, path, new_path = call.words
    with call.services() as services:
        services.sources.editable_files(name).rename(path, new_path)
    return done(call, {"path": new_path, "renamed_from": path}, f"{path} is {new_path} now.")


def _enable(call: Call) -> int:
    with call.services() as services:
        source = services.sources.enable(call.words[0], call.verb.path[1] == "enable")
    return print_source(call, source, f"{source.name} is {'enabled' if source.enabled else 'disabled'}.")


def _remove(call: Call) -> int:
    keep = call.flag("--keep-files")
    with call.services() as services:
        source = services.sources.remove(call.words[0], keep_files=keep)
    kept = f" Its files stay in {call.home.code / source.name}" if keep else ""
    return done(call, {"name": source.name, "removed": True}, f"{source.name} removed.{kept}")


def done(call: Call, shape: dict[str, Any], text: str) -> int:
    """Print what was done."""
    if call.as_json:
        call.printer.document(shape)
    else:
        call.printer.readable(text)
    return 0


VERBS = (
    Verb(
        path=("source", "add"),
        summary="Add a folder of your own, or with --git a repository",
        run=_add,
        arguments=("NAME",),
        options=(Option(name="--git", value="URL", help="the https address of a repository"), *_GIT_OPTIONS),
        examples=(
            "source add scripts",
            "source add feeds --git https://example.com/team/feeds.git --every 3600",
        ),
    ),
    Verb(path=("source", "list"), summary="List all code sources", run=_list),
    Verb(path=("source", "show"), summary="Show everything about a source", run=_show, arguments=("NAME",)),
    Verb(
        path=("source", "sync"),
        summary="Fetch the newest commit of a source, and wait for it",
        run=_sync,
        arguments=("NAME",),
        options=(Option(name="--no-wait", help="only put the job into the queue"),),
    ),
    Verb(path=("source", "history"), summary="List the syncs of a source", run=_history, arguments=("NAME",)),
    Verb(
        path=("source", "files"),
        summary="List the files of a source",
        run=_files,
        arguments=("NAME",),
        options=(
            Option(name="--name", value="TEXT", help="only those whose path holds these characters in order"),
            Option(name="--containing", value="TEXT", help="the lines that hold this text"),
        ),
    ),
    Verb(path=("source", "cat"), summary="Print a file of a source", run=_cat, arguments=("NAME", "PATH")),
    Verb(
        path=("source", "write"),
        summary="Write a file of a manual source, from stdin or a file",
        run=_write,
        arguments=("NAME", "PATH"),
        options=(Option(name="--file", value="F", help="the file or folder to copy, - for stdin"),),
    ),
    Verb(
        path=("source", "delete-file"),
        summary="Delete a file of a manual source",
        run=_delete_file,
        arguments=("NAME", "PATH"),
    ),
    Verb(
        path=("source", "rename-file"),
        summary="Give a file of a manual source another path",
        run=_rename_file,
        arguments=("NAME", "PATH", "NEW_PATH"),
    ),
    Verb(
        path=("source", "update"),
        summary="Change where a source comes from or when it is synced",
        run=_update,
        arguments=("NAME",),
        options=(
            Option(name="--git", value="URL", help="another address"),
            *_GIT_OPTIONS,
            Option(
                name="--secret-in-query", value="ON", help="on: webhooks may carry the secret as ?secret="
            ),
        ),
    ),
    Verb(
        path=("source", "enable"),
        summary="Let a source be synced by itself",
        run=_enable,
        arguments=("NAME",),
    ),
    Verb(path=("source", "disable"), summary="Sync a source by hand only", run=_enable, arguments=("NAME",)),
    Verb(
        path=("source", "remove"),
        summary="Forget a source and delete its files here",
        run=_remove,
        arguments=("NAME",),
        options=(Option(name="--keep-files", help="leave the files in the code folder"),),
    ),
)
