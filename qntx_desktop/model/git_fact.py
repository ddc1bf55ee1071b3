"""Which facts of a repository say something new. Pure; any thread.

A fact stands in a slot: what it is a statement about. Facts of a commit never change, so their slot is all of them;
a branch or a dependency can change, and then only the newest statement in the slot counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

POINTS_TO = "points_to"
COMMIT_PREDICATES = ("is_commit", "authored_by", "committed_at", "has_message", "is_child_of")
DEPENDENCY_PREDICATES = ("depends_on", "dev_depends_on", "requires")

Slot = tuple[object, ...]
_SAYS_WHERE = ("repository", "manifest", "group", "marker")
_PASSES = ("commit",)


def slot_and_value(
    subjects: Sequence[str], predicates: Sequence[str], contexts: Sequence[str], attributes: Mapping[str, Any]
) -> tuple[Slot, object]:
    """What a fact is about, and what it says about it."""
    predicate = predicates[0]
    if predicate == POINTS_TO:
        return (subjects[0], predicate, attributes.get("repository"), attributes.get("kind")), contexts[0]
    if predicate in DEPENDENCY_PREDICATES:
        where = tuple(attributes.get(name) for name in _SAYS_WHERE)
        said = {name: value for name, value in attributes.items() if name not in (*_SAYS_WHERE, *_PASSES)}
        return (subjects[0], predicate, contexts[0], *where), said
    return (subjects[0], predicate, *contexts), None
