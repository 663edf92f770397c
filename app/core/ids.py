"""Identities that nobody can guess or reuse."""

import hashlib
import secrets
import uuid

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def token(octets: int = 24) -> str:
    """A secret for a cookie, key or link; only its `fingerprint` is stored."""
    return secrets.token_urlsafe(octets)


def fingerprint(secret: str) -> str:
    """SHA-256 in hex: what is kept of a secret that has enough randomness of its own."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key() -> str:
    """An idempotency key: one per intent, put into a form when it is drawn."""
    return uuid.uuid4().hex


def base36(number: int) -> str:
    """A row id as the body of a scan code."""
    if number < 0:
        raise ValueError(number)
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if not number:
            return digits
