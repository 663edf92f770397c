"""Where the certificates lie. Light on purpose: the web process asks here and never needs cryptography for it."""

import hashlib
import ssl
from pathlib import Path

from app.config import settings


def folder() -> Path:
    return settings.data_dir / "https"


def authority() -> Path:
    """The certificate that devices install."""
    return folder() / "ca.crt"


def certificates() -> tuple[Path, Path] | None:
    """Certificate chain and key the server uses, None for plain HTTP."""
    if settings.tls_certificate and settings.tls_key:
        return Path(settings.tls_certificate), Path(settings.tls_key)
    found = folder() / "server.crt", folder() / "server.key"
    return found if all(path.exists() for path in found) else None


def fingerprint() -> str:
    """SHA-256 of the authority, as devices show it."""
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(authority().read_text())).hexdigest().upper()
    return ":".join(digest[i : i + 2] for i in range(0, len(digest), 2))
