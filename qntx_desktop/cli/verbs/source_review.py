"""`qntx source look, diff, accept, rollback`: what a repository offers, and what another revision would change."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb
from qntx_desktop.cli.verbs.source import print_source

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call


def _look(call: Call) -> int:
    token = sys.stdin.readline().strip() if call.flag("--token-stdin") else None
    from qntx_desktop.cli.cells import shown

    with call.services() as services:
        offers = services.syncing.look(call.words[0], token=token)
    if call.as_json:
        call.printer.document(offers.to_json())
        return 0
    for branch in offers.branches:
        call.printer.readable(f"branch {shown(branch)}{' (default)' if branch == offers.default_branch else ''}")
    for tag in offers.tags:
        call.printer.readable(f"tag {shown(tag)}")
    if not (offers.branches or offers.tags):
        call.printer.note("The repository is there, and has no branch yet.")
    return 0


def _diff(call: Call) -> int:
    from qntx_desktop.cli.cells import shown

    name, commit, path = call.words[0], call.text("--commit"), call.text("--path")
    with call.services() as services:
        review = services.source_review
        paths = [path] if path is not None else [each.path for each in review.changes(name, commit)]
        diffs = [review.diff(name, each, commit) for each in paths]
    if call.as_json:
        call.printer.document([each.to_json() for each in diffs])
        return 0
    for diff in diffs:
        call.printer.readable(f"{diff.kind} {shown(diff.path)}{f' ({diff.note})' if diff.note else ''}")
        for line in diff.lines:
            call.printer.readable(shown(line.replace("\t", "    ")))
    if not diffs:
        call.printer.note("Nothing would change.")
    return 0


def _accept(call: Call) -> int:
    with call.services() as services:
        source = services.sources.accept(call.words[0])
    commit = source.revision.commit[:12] if source.revision else ""
    return print_source(call, source, f"{source.name} is at {commit} now.")


def _roll_back(call: Call) -> int:
    with call.services() as services:
        source = services.sources.roll_back(call.words[0], call.words[1])
    commit = source.revision.commit[:12] if source.revision else ""
    return print_source(call, source, f"{source.name} is back at {commit}, until a sync finds another commit.")


VERBS = (
    Verb(
        path=("source", "look"),
        summary="Try an address, and list the branches and tags there",
        run=_look,
        arguments=("URL",),
        options=(Option(name="--token-stdin", help="read the access token from stdin; it is not kept"),),
    ),
    Verb(
        path=("source", "diff"),
        summary="Print what the revision that waits for review would change",
        run=_diff,
        arguments=("NAME",),
        options=(
            Option(name="--commit", value="C", help="compare with an earlier revision instead"),
            Option(name="--path", value="P", help="only this file"),
        ),
    ),
    Verb(
        path=("source", "accept"),
        summary="Use the revision that was held for review",
        run=_accept,
        arguments=("NAME",),
    ),
    Verb(
        path=("source", "rollback"),
        summary="Go back to an earlier revision",
        run=_roll_back,
        arguments=("NAME", "COMMIT"),
    ),
)
