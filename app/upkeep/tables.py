"""When the house last did its periodic work."""

from app.core import columns as c


class PeriodicRun(c.Table, tablename="periodic_runs"):
    """The last time of tasks/schedule.py that was carried out for a piece of periodic work, in business time."""

    name = c.code(60)
    due_at = c.instant()
