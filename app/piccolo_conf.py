"""Where piccolo finds the database and the tables."""

from piccolo.conf.apps import AppRegistry

from app.core.db import DB

__all__ = ["APP_REGISTRY", "DB"]
APP_REGISTRY = AppRegistry(apps=["app.piccolo_app"])
