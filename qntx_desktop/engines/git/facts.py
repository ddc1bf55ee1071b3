"""Commits, branches and tags as attestations that are still to be made: plain objects that go through the pipe.

Runs in the git process. Standard library only.
"""

from __future__ import annotations

from typing import Any

from qntx_desktop.engines.git.commit import MAX_MESSAGE_CHARS, Person, Said, term

Fact = dict[str, Any]


def commit_facts(sha: str, said: Said, repository: str) -> list[Fact]:
    """What a commit says; what it does not say, or not in a way that can be read, is left out."""
    author, committer = said.author, said.committer
    facts = [
        _fact(
            sha,
            "is_commit",
            [repository],
            {"tree": said.tree, "parents": len(said.parents), "repository": repository},
        )
    ]
    if author.name or author.email:
        facts.append(_fact(sha, "authored_by", [author.name, author.email], author.to_json()))
    when = committer.at or author.at
    if when is not None:
        attributes = {"authored_at": author.at, "zone": committer.zone, "committer": _named(committer)}
        facts.append(_fact(sha, "committed_at", [when], attributes))
    headline = term(said.message.partition("\n")[0]) or term(said.message)
    if headline:
        facts.append(_fact(sha, "has_message", [headline], _message(said.message)))
    for position, parent in enumerate(dict.fromkeys(said.parents)):
        facts.append(_fact(sha, "is_child_of", [parent.decode()], {"position": position}))
    return facts


def ref_fact(name: str, kind: str, sha: str, repository: str, tag: Said | None = None) -> Fact:
    """That a branch or tag means a commit.

    Args:
        kind: `branch` or `tag`.
        tag: What an annotated tag says.
    """
    attributes: dict[str, Any] = {"kind": kind, "repository": repository}
    if tag is not None:
        attributes |= {"annotated": True, "tagger": tag.author.to_json(), **_message(tag.message)}
    return {
        "subjects": [name],
        "predicates": ["points_to"],
        "contexts": [sha, repository],
        "actors": [sha],
        "attributes": attributes,
    }


def _fact(sha: str, predicate: str, contexts: list[str], attributes: dict[str, Any]) -> Fact:
    return {
        "subjects": [sha],
        "predicates": [predicate],
        "contexts": [each for each in dict.fromkeys(contexts) if each],
        "actors": [sha],
        "attributes": {key: value for key, value in attributes.items() if value not in (None, "", {})},
    }


def _named(person: Person) -> dict[str, str]:
    return {key: value for key, value in person.to_json().items() if key in ("name", "email")}


def _message(text: str) -> dict[str, Any]:
    if len(text) <= MAX_MESSAGE_CHARS:
        return {"message": text}
    return {"message": text[:MAX_MESSAGE_CHARS], "cut_from_chars": len(text)}
