"""Who asks for something: what is fair is reckoned by visitor and by network address."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple

FARTHEST_HOP = 100
IPV6_NETWORK = 64
"""Bits that a household or a school has in common."""

_PRIVATE = tuple(
    ip_network(text)
    for text in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"),
        *("::1/128", "fc00::/7", "fe80::/10"),
    )
)


class Visitor(NamedTuple):
    """A browser: `name` tells browsers apart, `address` says where it is; what is empty is not known."""

    name: str = ""
    address: str = ""


def address_of(peer: str | None, forwarded: Sequence[str], proxies: int | None = None) -> str:
    """The network address of whoever stands behind a connection; any text gives one, and never an error.

    Parameters
    ----------
    peer : the other end of the connection
    forwarded : values of the headers ``X-Forwarded-For``, to which each proxy appends whom it was asked by
    proxies : how many proxies of our own there are; by default those with a private address are taken for ours

    Returns
    -------
    str
        An IPv4 address, the network of an IPv6 address, or an empty text.
    """
    hops = [*[text for header in forwarded for text in header.split(",")][-FARTHEST_HOP:], peer or ""]
    if proxies is not None:
        return _place(hops[max(len(hops) - 1 - proxies, 0)])
    for text in reversed(hops):
        if not is_private(text):
            break
    else:
        text = hops[max(len(hops) - 2, 0)]
    return _place(text) or _place(peer or "")


def is_private(text: str) -> bool:
    """Whether this is an address of a machine's own or of a network of one's own."""
    address = _parsed(text)
    return address is not None and any(address in network for network in _PRIVATE)


def _place(text: str) -> str:
    address = _parsed(text)
    if address is None:
        return ""
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), IPV6_NETWORK), strict=False))
    return str(address)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """The address in ``1.2.3.4``, ``1.2.3.4:5``, ``::1`` or ``[::1]:5``."""
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
