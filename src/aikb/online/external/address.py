"""Guard against private addresses (SSRF): only public ones may be asked, however written and whatever name leads there.

Notes come from anywhere, and a check that fetches what they name could be steered at the machine or network it runs in
(SSRF). So a name is resolved once in a run, every address it has must be public, and `pinned.py` connects to the address that
was checked here, never to the name: a second answer of the DNS (rebinding) is not even asked for.
"""

from __future__ import annotations

import re
import socket
import threading
import unicodedata
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import unquote

IPAddress = IPv4Address | IPv6Address
Resolver = Callable[[str], Sequence[str]]
"""The addresses of a name. Raises OSError (`socket.gaierror`) where there is none."""

_NO_NAME = {getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)}
_HOME = ("localhost", "local", "internal", "home.arpa", "localdomain")
"""Names that lead nowhere but home (RFC 6761, 6762, 8375); no server is asked about them."""

_CLOSED_4 = [
    IPv4Network(network)
    for network in (
        "168.63.129.16/32",  # Azure's inner server, at an address that looks public
        "192.0.0.0/24",  # protocol assignments, and Oracle's metadata
        "192.88.99.0/24",  # what is left of 6to4
    )
]
_OPEN_6 = IPv6Network("2000::/3")
_CLOSED_6 = [IPv6Network("3fff::/20"), IPv6Network("2001::/23"), IPv6Network("2001:db8::/32")]
_NAT64 = IPv6Network("64:ff9b::/96")


class AddressError(Exception):
    """A host that cannot or must not be asked."""


class PrivateAddressError(AddressError):
    """It must not be asked; the message is the address, or the name."""


class NoSuchHostError(AddressError):
    """The DNS says that there is no such name."""


class LookupFailedError(AddressError):
    """The DNS says nothing; the name may well exist."""


def system_resolver(host: str) -> list[str]:
    """Ask as every program on this machine does."""
    infos = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]).partition("%")[0] for *_, sockaddr in infos]


def numeric(host: str) -> IPAddress | None:
    """Parse a host that is an address, in any form browsers take: `127.1`, `0x7f.1`, `2130706433`, `[::1]`.

    None for a name. Raises ValueError for what looks like an address and is none.
    """
    host = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".").strip("[]")
    if ":" in host:
        return ip_address(host.partition("%")[0])
    parts = host.removesuffix(".").split(".")
    if not re.fullmatch(r"0[xX][0-9a-fA-F]*|[0-9]+", parts[-1]):
        return None
    numbers = [_number(part) for part in parts]
    *firsts, last = numbers
    if len(numbers) > 4 or any(number > 255 for number in firsts) or last >= 256 ** (5 - len(numbers)):
        raise ValueError(f"no IPv4 address: {host}")
    return IPv4Address(sum(number << (24 - 8 * place) for place, number in enumerate(firsts)) + last)


def _number(part: str) -> int:
    if part[:2].lower() == "0x":
        return int(part[2:] or "0", 16)
    return int(part, 8 if part.startswith("0") and len(part) > 1 else 10)


def is_public(address: IPAddress) -> bool:
    """Tell whether the same host answers there for anybody on the internet.

    IPv6 by an allow-list; an address that carries an IPv4 one (mapped, NAT64, 6to4) counts as that.
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        return address in _OPEN_6 and address.is_global and not any(address in network for network in _CLOSED_6)
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved)
        and not any(address in network for network in _CLOSED_4)
    )


def _is_loopback(address: IPAddress) -> bool:
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (inner or address).is_loopback


class Addresses:
    """The addresses of hosts, each resolved once and checked. Safe for several threads."""

    def __init__(self, resolve: Resolver = system_resolver, *, allow_loopback: bool = False) -> None:
        """Take `allow_loopback` from tests with a server of their own; the command line never sets it."""
        self._resolve = resolve
        self._allow_loopback = allow_loopback
        self._known: dict[str, tuple[str, ...] | AddressError] = {}
        self._lock = threading.Lock()

    def of(self, host: str) -> tuple[str, ...]:
        """Resolve `host` to what may be connected to: one address of each family, in the resolver's order.

        Raises AddressError, and the same again when asked again.
        """
        with self._lock:
            known = self._known.get(host)
        if known is None:
            try:
                known = self._checked(host)
            except AddressError as error:
                known = error
            with self._lock:
                known = self._known.setdefault(host, known)
        if isinstance(known, AddressError):
            raise known.__class__(*known.args)
        return known

    def _checked(self, host: str) -> tuple[str, ...]:
        """Resolve a host to its public addresses. Raises NoSuchHostError and PrivateAddressError."""
        try:
            literal = numeric(host)
        except ValueError as error:
            raise NoSuchHostError(str(error)) from None
        addresses = [literal] if literal else self._looked_up(host)
        if not addresses:
            raise NoSuchHostError(host)
        for address in addresses:
            if not is_public(address) and not (self._allow_loopback and _is_loopback(address)):
                raise PrivateAddressError(str(address) if literal else f"{host} ({address})")
        families = {address.version: address for address in reversed(addresses)}
        return tuple(str(address) for address in addresses if families.get(address.version) is address)

    def _looked_up(self, host: str) -> list[IPAddress]:
        name = host.lower().rstrip(".")
        if name.endswith(tuple(f".{home}" for home in _HOME)) or (name in _HOME and not self._allow_loopback):
            raise PrivateAddressError(name)
        try:
            return [ip_address(each) for each in dict.fromkeys(self._resolve(host))]
        except socket.gaierror as error:
            if error.errno in _NO_NAME:
                raise NoSuchHostError(host) from None
            raise LookupFailedError(str(error.strerror or error)) from None
        except (OSError, ValueError) as error:  # a label that is too long or empty is a UnicodeError, so a ValueError
            raise LookupFailedError(str(error)) from None
