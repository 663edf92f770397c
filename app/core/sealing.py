"""Secrets of other houses (mail password, key of a robot) as they lie in our tables: sealed with a key that lies beside them.

The key is made at the first use, in DATA_DIR and not in the database, so that a copy of the database opens nothing.
"""

import os

from cryptography.fernet import Fernet, InvalidToken

from app.config import settings

FILE = "secrets.key"


def _key() -> Fernet:
    path = settings.data_dir / FILE
    if not path.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return Fernet(path.read_bytes())
        with os.fdopen(file, "wb") as made:
            made.write(Fernet.generate_key())
    return Fernet(path.read_bytes())


def seal(secret: str) -> str:
    """The secret as it may lie in a table; nothing for nothing."""
    return _key().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """The secret again; nothing when it was sealed with another key: it must be entered anew."""
    try:
        return _key().decrypt(sealed.encode()).decode() if sealed else ""
    except (InvalidToken, ValueError):
        return ""
