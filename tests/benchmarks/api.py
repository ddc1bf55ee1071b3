"""The API against bare aiohttp that answers the same bytes: pages of attestations read, attestations made.

Each server is a process of its own; one caller here keeps its connections open and asks again when it was answered.
The two are asked in turns of half a second, each second pair the other way round, and the ratio is the median of
those of the pairs: on a machine that others use, what disturbs lasts for seconds.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.attestation import check_draft
from tests.benchmarks.figures import Figure, Place, median, percentile

REPEATS = 15
SECONDS = 0.5
CALLERS = 32
ROWS = 10_000
GET_AT_LEAST, POST_AT_LEAST = 0.5, 0.3
HOOKS, HOOK_BURST, HOOK_MS = 8, 25, 50.0
HOOK_SECRET = "a secret of both sides"

_BARE = """
import sys
from aiohttp import web
page, made = open(sys.argv[1], 'rb').read(), open(sys.argv[2], 'rb').read()
async def get(request):
    return web.Response(body=page, content_type='application/json')
async def post(request):
    await request.read()
    return web.Response(body=made, status=201, content_type='application/json')
app = web.Application()
app.router.add_get('/api/attestations', get)
app.router.add_post('/api/attestations', post)
async def main():
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, '127.0.0.1', 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    import asyncio
    await asyncio.Event().wait()
import asyncio
asyncio.run(main())
"""
_BODY = json.dumps(
    {"subjects": ["alice"], "predicates": ["lives_in"], "contexts": ["berlin"], "attributes": {"since": 2020}}
).encode()


def measure(place: Place) -> Sequence[Figure]:
    """Interleaved: ours, bare, ours, bare."""
    os.environ["QNTX_PASSPHRASE"] = "a passphrase of the benchmark"
    home = Home(root=Path(place.folder) / "home")
    token, page, cursors = _filled(home)
    got, made = Path(place.folder, "page"), Path(place.folder, "made")
    got.write_bytes(page)
    with _ours(home) as port:
        status, answer = asyncio.run(_once(port, _post(port, token)))
        assert status == 201, answer
    made.write_bytes(answer)
    with _ours(home) as ours, _bare(got, made) as bare:
        get = "GET /api/attestations?limit=100"
        same = _compared(place, "the same page", ours, bare, lambda port: [_get(port, token, get)], CALLERS)
        targets = [f"{get}&before={each}" for each in cursors]
        other = _compared(
            place, "pages", ours, bare, lambda port: [_get(port, token, each) for each in targets], CALLERS
        )
        posted = _compared(place, "posts", ours, bare, lambda port: [_post(port, token)], CALLERS)
        alone = _compared(place, "posts of one", ours, bare, lambda port: [_post(port, token)], 1)
        hooks = asyncio.run(_hooked(ours))
    what = "requests a second, 32 callers, against bare aiohttp answering the same bytes"
    return [
        _figure("api get", f"GET /api/attestations, page of 100, store unchanged: {what}", same, GET_AT_LEAST),
        _figure("api get, other pages", f"the same, each time another page: {what}", other, None),
        _figure("api post", f"POST /api/attestations, durable: {what}", posted, POST_AT_LEAST),
        _figure("api post, one caller", "the same with one caller", alone, None),
        Figure(
            name="webhook",
            what="POST /hooks/NAME, signed by its secret, each starting a run: p99 against what is promised",
            unit="ms",
            ours=percentile(hooks, 99),
            peer=HOOK_MS,
            ratio=percentile(hooks, 99) / HOOK_MS,
            at_most=1.0,
            spread={"p50": round(median(hooks), 1), "max": round(max(hooks), 1)},
        ),
    ]


def _filled(home: Home) -> tuple[str, bytes, list[str]]:
    services = build(home)
    try:
        services.options.set("api.calls_per_minute", 100_000_000)
        drafts = [
            check_draft(subjects=f"person {n}", predicates="lives_in", contexts="berlin", attributes={"n": n})
            for n in range(ROWS)
        ]
        stored = services.ledger.attest_many(drafts)
        token, _ = services.api_tokens.create("benchmark")
        services.handlers.create("hook", "import qntx\nassert qntx.payload\n", source="benchmark")
        for number in range(HOOKS):
            services.hooks.add(f"hook{number}", "hook", (), HOOK_SECRET)
        page = json.dumps([each.to_json() for each in stored[:-101:-1]], separators=(",", ":")).encode()
        cursors = [f"{each.timestamp_us}-{each.seq}" for each in stored[200::3]]
        return token, page, cursors
    finally:
        services.close()


@contextmanager
def _ours(home: Home) -> Iterator[int]:
    argv = [sys.executable, "-m", "qntx_desktop.cli", "--json", "--home", str(home.root), "serve"]
    with _process([*argv, "--api", "--webhooks", "--port", "0"]) as line:
        yield int(json.loads(line)["api"].rpartition(":")[2])


@contextmanager
def _bare(page: Path, made: Path) -> Iterator[int]:
    with _process([sys.executable, "-c", _BARE, str(page), str(made)]) as line:
        yield int(line)


@contextmanager
def _process(argv: list[str]) -> Iterator[str]:
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    try:
        assert process.stdout is not None
        yield process.stdout.readline().decode()
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _compared(
    place: Place, name: str, ours: int, bare: int, requests: object, callers: int
) -> tuple[list[float], list[float]]:
    rates: tuple[list[float], list[float]] = ([], [])
    both = ((ours, rates[0]), (bare, rates[1]))
    for number in range(place.repeats or REPEATS):
        for port, found in both if number % 2 else reversed(both):
            found.append(asyncio.run(_rate(port, requests(port), callers)))  # type: ignore[operator]
    place.say(f"{name}: {median(rates[0]):,.0f} against {median(rates[1]):,.0f} a second")
    return rates


def _figure(name: str, what: str, rates: tuple[list[float], list[float]], at_least: float | None) -> Figure:
    ours, peer = median(rates[0]), median(rates[1])
    each = [a / b for a, b in zip(*rates, strict=True)]
    return Figure(
        name=name,
        what=what,
        unit="requests a second",
        ours=ours,
        peer=peer,
        ratio=median(each),
        at_least=at_least,
        spread={"ratios": [round(ratio, 2) for ratio in each]},
    )


def _get(port: int, token: str, line: str) -> bytes:
    return f"{line} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()


def _post(port: int, token: str) -> bytes:
    head = (
        f"POST /api/attestations HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(_BODY)}\r\n\r\n"
    )
    return head.encode() + _BODY


async def _once(port: int, request: bytes) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        return await _answer(reader)
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    return int(head[9:12]), await reader.readexactly(length)


async def _hooked(port: int) -> list[float]:
    """So many to each address as it takes at once."""
    took = []
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in range(HOOKS * HOOK_BURST):
        head = f"POST /hooks/hook{number % HOOKS} HTTP/1.1\r\nHost: x\r\nX-Webhook-Secret: {HOOK_SECRET}\r\n"
        began = time.perf_counter()
        writer.write(f"{head}Content-Length: {len(_BODY)}\r\n\r\n".encode() + _BODY)
        status, answer = await _answer(reader)
        took.append((time.perf_counter() - began) * 1_000)
        assert status == 202, answer
    writer.close()
    return took


async def _rate(port: int, requests: list[bytes], callers: int) -> float:
    end = time.perf_counter() + SECONDS
    counts = [0] * callers

    async def call(who: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        number = who
        while time.perf_counter() < end:
            writer.write(requests[number % len(requests)])
            status, answer = await _answer(reader)
            assert status < 300, answer
            counts[who] += 1
            number += callers
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(call(who) for who in range(callers)))
    return sum(counts) / (time.perf_counter() - began)
