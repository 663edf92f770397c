from tests.notifications.outside import connected, platform, post

__all__ = ["connected", "platform", "post"]
