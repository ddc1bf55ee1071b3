"""Attestations: ask, attest, look at one."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from qntx_desktop.api.models import ATTESTATION
from qntx_desktop.api.route import Answer, Asked, Route
from qntx_desktop.api.shapes import AnyObject, Either, ListOf, Text, Whole, optional
from qntx_desktop.model.api_token import Scope
from qntx_desktop.model.attestation import (
    MAX_TERM_CHARS,
    MAX_TERMS,
    Filter,
    check_draft,
)
from qntx_desktop.model.ax import parse_ax
from qntx_desktop.model.clock import from_iso, iso
from qntx_desktop.model.errors import ErrInvalidRequest

MOST = 1_000
_CURSOR = re.compile(r"(-?[0-9]{1,17})-([0-9]{1,17})", re.ASCII)
_TERM = Text(fewest=1, most=MAX_TERM_CHARS)
_TERMS = Either(_TERM, ListOf(_TERM, 1, MAX_TERMS))
_ACTORS = Either(_TERM, ListOf(_TERM, 0, MAX_TERMS))

DRAFT = optional(
    {
        "subjects": _TERMS,
        "predicates": _TERMS,
        "contexts": _TERMS,
        "actors": _ACTORS,
        "attributes": AnyObject(),
        "timestamp": Text(format="date-time", most=40),
    },
    "subjects",
    "predicates",
    "contexts",
)


async def _list(asked: Asked) -> Answer:
    """A page. Kept as long as the store has not changed: programs ask for the newest again and again."""
    pages = asked.desk.pages
    number, kept = pages.get(asked.target)
    if kept is None:
        kept = await asked.desk.run(partial(_page, asked))
        pages.put(number, asked.target, kept)
    return kept


def _page(asked: Asked) -> Answer:
    body, following = asked.desk.services.ledger.page_json(_filter(asked.query))
    headers = {}
    if following:
        link = "/api/attestations?" + urlencode({**asked.query, "before": following})
        headers = {"Link": f'<{link}>; rel="next"', "X-Next-Before": following}
    return Answer(body=body, headers=headers)


def _filter(query: Any) -> Filter:
    limit = query.get("limit", 100)
    text = query.get("q", "")
    wanted = parse_ax(text).as_filter(limit) if text.strip() else Filter(limit=limit)
    before = query.get("before")
    return wanted if before is None else replace(wanted, before=_cursor(before))


def _cursor(text: str) -> tuple[int, int]:
    found = _CURSOR.fullmatch(text)
    if found is None:
        raise ErrInvalidRequest("query.before", "is not what an earlier answer gave")
    return int(found[1]), int(found[2])


def _attest(asked: Asked) -> tuple[int, asyncio.Future[bytes]]:
    body = asked.body
    draft = check_draft(
        subjects=body["subjects"],
        predicates=body["predicates"],
        contexts=body["contexts"],
        actors=body.get("actors"),
        attributes=body.get("attributes"),
        timestamp_us=_moment(body.get("timestamp")),
        source=f"api:{asked.client.name}" if asked.client else "api",
    )
    return 201, asked.desk.attesting.attest(draft)


def _moment(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        found = from_iso(text)
        iso(found)  # a moment at the edge of the calendar can be read in its own zone and not be shown in UTC
    except (ValueError, OverflowError):
        raise ErrInvalidRequest("body.timestamp", "must look like 2026-01-31T09:30:00Z") from None
    return found


def _show(asked: Asked) -> Answer:
    return Answer(body=asked.desk.services.ledger.get(asked.path["id"]).to_json())


ROUTES = (
    Route(
        method="GET",
        path="/api/attestations",
        summary="Attestations, newest first; `q` is an AX query, and the header Link leads to the next page",
        scope=Scope.READ,
        answers={200: ListOf(ATTESTATION)},
        begin=_list,
        query={"q": Text(most=4_000), "limit": Whole(low=1, high=MOST), "before": Text(fewest=3, most=40)},
    ),
    Route(
        method="POST",
        path="/api/attestations",
        summary="Attest; it is durable when the answer comes",
        scope=Scope.WRITE,
        answers={201: ATTESTATION},
        prompt=_attest,
        body=DRAFT,
    ),
    Route(
        method="GET",
        path="/api/attestations/{id}",
        summary="One attestation",
        scope=Scope.READ,
        answers={200: ATTESTATION},
        work=_show,
        params={"id": Text(fewest=1, most=200)},
    ),
)
