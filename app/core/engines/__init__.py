"""The two databases behind one face: SQLite with one writer (embedded), PostgreSQL with its pool (teams)."""

from urllib.parse import unquote, urlparse

from app.core.engines.postgres import PooledPostgresEngine
from app.core.engines.sqlite import OneWriterEngine

Database = OneWriterEngine | PooledPostgresEngine


def engine_for(url: str) -> Database:
    """`sqlite:///path` or `postgresql://user:password@host:port/name` (host may be a socket folder: `?host=/run`)."""
    if url.startswith("sqlite:///"):
        return OneWriterEngine(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        parts = urlparse(url)
        return PooledPostgresEngine(
            {"dsn": url, "database": unquote(parts.path.lstrip("/"))}
            if parts.path.strip("/")
            else {"dsn": url}
        )
    raise SystemExit(
        f"DATABASE_URL must begin with sqlite:/// or postgresql:// (it is {url.split(':')[0]}:…)"
    )
