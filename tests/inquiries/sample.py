"""Inquiries for tests."""

from datetime import timedelta
from typing import Any

from app.core import clock
from app.core.db import commit
from app.inquiries import inquiries
from app.inquiries.reading import NewInquiry, NewLine
from app.inquiries.tables import Inquiry
from tests.world import World


def inquiry(*lines: NewLine, **more: Any) -> NewInquiry:
    """恒力 asks for bolts by WeChat, right now."""
    given: dict[str, Any] = {"customer": "HENGLI", "channel": "wechat", "said": "要一批法兰螺栓"}
    return NewInquiry(**{**given, **more}, lines=lines)


def bolts(**more: Any) -> NewLine:
    given: dict[str, Any] = {
        "item": "FB-M10X45-88D",
        "quantity": "5 / 50",
        "unit": "千支",
        "target_price": "250",
    }
    return NewLine(**{**given, **more})


async def taken(world: World, *lines: NewLine, minutes_ago: int = 0, **more: Any) -> Inquiry:
    received = clock.now() - timedelta(minutes=minutes_ago)
    return (
        await commit(inquiries.write, inquiry(*lines, received_at=received, **more), by=world.xiaolan)
    ).value
