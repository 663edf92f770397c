"""Where this house is reached: what is printed in codes and handed out in links."""

from litestar import Request

from app.config import settings


def address_of(request: Request) -> str:
    """The house's public address, or else the one this page was asked at: `http://factory:8000`."""
    return settings.public_url or f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"
