"""Connect to the very address that was checked, and not for longer than allowed.

The URL's host is replaced by its checked address; the `Host` header and the name in TLS (which the certificate has to match)
stay the host's own. Connections are not kept, so that none is ever used for another host at the same address.
"""

from __future__ import annotations

import errno
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from aikb.online.external.address import Addresses, NoSuchHostError
from aikb.system.network import causes, certificates

_NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
"""This machine cannot reach that kind of address: IPv6, mostly."""


class PinnedTransport(httpx.BaseTransport):
    """Checks the address of every single request, and connects to it."""

    def __init__(self, addresses: Addresses, inner: httpx.BaseTransport | None = None) -> None:
        """Take the `inner` transport that talks; by default HTTP/1.1 with the certificates of both certifi and this machine."""
        self._addresses = addresses
        self._inner = inner or _direct()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to an address that was checked. Raises what `Addresses.of` raises, and httpx's errors."""
        host = request.url.raw_host.decode("ascii")
        errors: list[httpx.TransportError] = []
        for address in self._addresses.of(host):
            pinned = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host.rstrip(".")},
            )
            try:
                return self._inner.handle_request(pinned)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                errors.append(error)
        if not errors:
            raise NoSuchHostError(host)
        raise min(errors, key=_telling)

    def close(self) -> None:
        """Let go of every connection."""
        self._inner.close()


def _direct() -> httpx.HTTPTransport:
    return httpx.HTTPTransport(verify=certificates(), trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))


def is_refused(error: BaseException) -> bool:
    """Tell whether nobody listens at the address."""
    return any(isinstance(each, ConnectionRefusedError) for each in causes(error))


def _telling(error: BaseException) -> int:
    """Rank a failure, when several addresses were tried: the one that leaves hope, the refusal, no way there."""
    if any(isinstance(each, OSError) and each.errno in _NO_WAY for each in causes(error)):
        return 2
    return 1 if is_refused(error) else 0


def certificate_problem(error: BaseException) -> str | None:
    """Describe what is wrong with a certificate, in OpenSSL's words; None where it may be fine for a browser.

    A missing intermediate certificate is the host's mistake, but browsers find it themselves, and one that ends at an
    unknown root may be a government's or a company's own: both leave the question open.
    """
    for each in causes(error):
        if isinstance(each, ssl.SSLCertVerificationError):
            return None if each.verify_code in (20, 21) else each.verify_message
    return None


class Deadline:
    """Ends a connection that takes too long, however busily it drips: httpx only limits each wait by itself."""

    def __init__(self) -> None:
        """Begin without a request; `passed` says whether the time was up."""
        self.passed = False
        self._stream: Any = None

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Remember the connection in use, for httpx's extension `trace`."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._stream = info.get("return_value")
            if self.passed:
                self._cut()

    def _cut(self) -> None:
        self.passed = True
        connection = self._stream.get_extra_info("socket") if self._stream else None
        if connection is not None:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it is closed already

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Limit the time of one request."""
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
