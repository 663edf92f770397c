"""Where this house is reached, as far as it knows itself: for messages, which no request asks for."""

import socket
from contextlib import suppress

from app.config import settings

EVERYWHERE = ("0.0.0.0", "::", "")


def own_address() -> str:
    """PUBLIC_URL, else this machine's address in its network; '' where it listens to itself alone."""
    if settings.public_url:
        return settings.public_url
    host = address_in_network() if settings.host in EVERYWHERE else settings.host
    if not host or is_this_machine(host):
        return ""
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def is_this_machine(host: str) -> bool:
    """Whether the name leads everybody to their own machine."""
    return host.startswith("127.") or host.strip("[]") in ("localhost", "::1") or host.endswith(".localhost")


def address_in_network() -> str:
    """The address others in the network reach this machine by, '' where there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # sends nothing: asks which address would be used
        return str(probe.getsockname()[0])
    return ""
