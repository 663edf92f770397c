import pytest

from app.config import settings
from tests.notifications.outside import connected, platform, post
from tests.notifications.ways import at_once

__all__ = ["at_once", "connected", "platform", "post"]


@pytest.fixture(autouse=True)
def reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """People reach the house under a name, so that messages have links."""
    monkeypatch.setattr(settings, "public_url", "https://oms.example.com")
