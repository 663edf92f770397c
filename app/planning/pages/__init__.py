"""Pages of schedules and calendars."""

from app.planning.pages import calendars, schedules

ROUTES = [*schedules.ROUTES, *calendars.ROUTES]
