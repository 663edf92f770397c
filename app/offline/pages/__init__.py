"""Devices, badges, and what devices sent that the office looks at."""

from app.offline.pages import actions, badges, devices

ROUTES = [*devices.ROUTES, *badges.ROUTES, *actions.ROUTES]
