"""Talking to a git server over https: one host, bounded in time and size, a token for that host only.

Runs in the git process. Hides dulwich's client and urllib3. Nothing of the person's git configuration is read.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3
from dulwich.client import Urllib3HttpGitClient
from dulwich.config import ConfigDict
from urllib3.util import Timeout, make_headers

from qntx_desktop.engines.git.trouble import TroubleError

CONNECT_S, READ_S = 10.0, 30.0
MAX_REFS_BYTES = 20 << 20
MAX_PACK_BYTES = 1 << 30
MAX_REDIRECTS = 3
_STATUS = {401: "unauthorized", 403: "forbidden", 404: "not_found", 410: "not_found", 429: "throttled"}
_CERTIFICATES = ("SSL_CERT_FILE", "GIT_SSL_CAINFO", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")

Discovered = tuple[dict[Any, Any], set[bytes], str, dict[Any, Any], dict[Any, Any]]


class Remote(Urllib3HttpGitClient):
    """A git server, asked once for its refs and then for what is wanted.

    Args:
        url: The address; it names the only host that is ever asked.
        token: Sent to that host, never anywhere else; None: none.
        on_bytes: Told how many bytes have arrived in all.
        most_bytes: Of an answer; a longer one is trouble.
    """

    def __init__(
        self,
        url: str,
        token: str | None,
        on_bytes: Callable[[int], None],
        most_bytes: int = MAX_PACK_BYTES,
    ) -> None:
        base = url.rstrip("/") + "/"
        super().__init__(base, pool_manager=_pool(url), config=ConfigDict(), dumb=False, quiet=True)
        self._origin_asked = self._origin(url)
        self._token_header = _token_header(url, token)
        self._on_bytes = on_bytes
        self._most_bytes = most_bytes
        self._known: Discovered | None = None
        self.base = base
        self.received_bytes = 0

    def refs(self) -> tuple[dict[bytes, bytes], bytes | None]:
        """All refs with the objects they point at, and which branch is the default one.

        Raises:
            TroubleError: The server cannot be reached, or does not answer as one.
        """
        self._known = None
        self._known = super()._discover_references(b"git-upload-pack", self.base, protocol_version=0)
        known: Any = self._known
        refs, _, _, symrefs, peeled = known
        found = {bytes(name): bytes(sha) for name, sha in refs.items() if sha is not None}
        found |= {bytes(name) + b"^{}": bytes(sha) for name, sha in peeled.items()}
        head = symrefs.get(b"HEAD")
        return found, bytes(head) if head is not None else None

    def _discover_references(
        self,
        service: bytes,
        base_url: str,
        protocol_version: int | None = None,
        ref_prefix: Any = None,
    ) -> Discovered:
        if self._known is not None:
            return self._known
        return super()._discover_references(service, base_url, protocol_version, ref_prefix)

    def _http_request(
        self,
        url: str,
        headers: dict[str, str] | None = None,
        data: bytes | Iterator[bytes] | None = None,
        raise_for_status: bool = True,
    ) -> Any:
        sent = {"User-Agent": "git/qntx-desktop", "Accept-Encoding": "identity", **(headers or {})}
        response = self._asked("GET" if data is None else "POST", url, sent, data)
        reason = _STATUS.get(response.status) or ("server_error" if response.status >= 500 else None)
        if reason is not None or response.status != 200:
            response.close()
            raise TroubleError(reason or "protocol", status=response.status)
        answer: Any = response
        answer.content_type = response.headers.get("Content-Type")
        answer.redirect_location = ""
        if data is None and not str(answer.content_type).startswith("application/x-git-"):
            response.close()
            raise TroubleError("not_git")
        return answer, self._counted(response, MAX_REFS_BYTES if data is None else self._most_bytes)

    def _asked(self, method: str, url: str, headers: dict[str, str], data: Any) -> urllib3.BaseHTTPResponse:
        """Ask, and follow a redirect only to the same host."""
        for _ in range(MAX_REDIRECTS + 1):
            if self._elsewhere(url):
                raise TroubleError("redirect", f"The server sends to another host: {_host(url)}.")
            authorized = headers | self._token_header
            try:
                response = self.pool_manager.request(
                    method,
                    url,
                    body=data,
                    headers=authorized,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    timeout=Timeout(connect=CONNECT_S, read=READ_S),
                )
            except (urllib3.exceptions.HTTPError, OSError) as error:
                raise TroubleError(_reason(error)) from None
            place = response.headers.get("Location")
            if response.status not in (301, 302, 303, 307, 308) or place is None:
                return response
            response.close()
            url = _joined(url, place)
        raise TroubleError("redirect", "The server redirects again and again.")

    def _elsewhere(self, url: str) -> bool:
        try:
            return bool(self._origin(url) != self._origin_asked)
        except ValueError:
            return True

    def _counted(self, response: urllib3.BaseHTTPResponse, most_bytes: int) -> Callable[[int], bytes]:
        count = 0

        def read(size: int = -1) -> bytes:
            nonlocal count
            try:
                chunk = response.read(size if size >= 0 else None)
            except (urllib3.exceptions.HTTPError, OSError) as error:
                raise TroubleError(_reason(error)) from None
            count += len(chunk)
            self.received_bytes += len(chunk)
            if count > most_bytes:
                raise TroubleError("too_large")
            self._on_bytes(self.received_bytes)
            return chunk

        return read


def _joined(url: str, place: str) -> str:
    """Where a redirect leads; to nowhere when it cannot be read."""
    try:
        return urljoin(url, place)
    except ValueError:
        return ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "nowhere"
    except ValueError:
        return "nowhere"


def _token_header(url: str, token: str | None) -> dict[str, str]:
    if token is None:
        return {}
    # Most hosts take any name beside a token; Bitbucket wants this one.
    name = "x-token-auth" if urlsplit(url).hostname == "bitbucket.org" else "x-access-token"
    return {"Authorization": make_headers(basic_auth=f"{name}:{token}")["authorization"]}


def _pool(url: str) -> urllib3.PoolManager:
    """Connections to the server of an address, kept while the process lives: the certificates are dear to read."""
    parts = urlsplit(url)
    key = parts.scheme.lower(), parts.netloc
    if key not in _pools:
        _pools[key] = _new_pool(url)
    return _pools[key]


_pools: dict[tuple[str, str], urllib3.PoolManager] = {}


def _new_pool(url: str) -> urllib3.PoolManager:
    context = _trust() if url.lower().startswith("https:") else None
    proxy = _proxy(url)
    if proxy is not None:
        return urllib3.ProxyManager(proxy, ssl_context=context, maxsize=2)
    return urllib3.PoolManager(ssl_context=context, maxsize=2)


def _trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    for variable in _CERTIFICATES:
        if path := os.environ.get(variable):
            try:
                context.load_verify_locations(cafile=path)
            except (OSError, ssl.SSLError):
                raise TroubleError("tls", f"{variable} names no file of certificates.") from None
    return context


def _proxy(url: str) -> str | None:
    from urllib.request import getproxies_environment, proxy_bypass

    parts = urlsplit(url)
    if proxy_bypass(parts.netloc):
        return None
    proxies = getproxies_environment()
    return proxies.get(parts.scheme) or proxies.get("all")


def _reason(error: Exception) -> str:
    kinds: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
        (urllib3.exceptions.ProxyError, "proxy"),
        (urllib3.exceptions.NameResolutionError, "unknown_host"),
        (urllib3.exceptions.NewConnectionError, "no_connection"),  # before its own base, a time-out
        (urllib3.exceptions.TimeoutError, "timeout"),
        ((urllib3.exceptions.SSLError, ssl.SSLError), "tls"),
        ((urllib3.exceptions.ProtocolError, ConnectionError), "cut"),
    )
    return next((reason for kind, reason in kinds if isinstance(error, kind)), "no_connection")
