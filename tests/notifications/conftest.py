from tests.notifications.outside import connected, platform, post
from tests.notifications.ways import at_once

__all__ = ["at_once", "connected", "platform", "post"]
