"""Working calendars, schedules and their slots."""

from app.catalog.tables import Machine
from app.core import columns as c
from app.people.tables import User
from app.production.tables import WorkOrderOperation


class Calendar(c.Table, tablename="calendars"):
    """Shifts of a week as JSON {weekday: [[from, to], …]} in minutes after midnight (past 1440 = the next day)."""

    code = c.code()
    name = c.words(80)
    week = c.document()
    works_holidays = c.flag()
    version = c.version()


class CalendarDay(c.Table, tablename="calendar_days"):
    """The company's own word on a day: working or resting, over the official calendar."""

    calendar = c.ref(Calendar, index=False)
    day = c.day()
    works = c.flag()
    note = c.words(80)


class Schedule(c.Table, tablename="schedules"):
    """One run of the engine. `score` and `baseline` are JSON figures, `late` the explained late work orders."""

    number = c.code(40)
    state = c.words(20)
    made_at = c.instant()
    made_by = c.ref(User, optional=True)
    published_at = c.instant(optional=True)
    seconds_milli = c.count()
    score = c.document()
    baseline = c.document()
    late = c.document("[]")
    failure = c.words(300)
    version = c.version()


class ScheduleSlot(c.Table, tablename="schedule_slots"):
    """An operation on a machine: changeover from `setup_start`, work from `start` to `end_at`; `why` is the engine's reason."""

    schedule = c.ref(Schedule, index=False)
    operation = c.ref(WorkOrderOperation)
    machine = c.ref(Machine)
    setup_start = c.instant()
    start = c.instant()
    end_at = c.instant()
    why = c.document()


INDEXES = (
    "create unique index calendar_days_once on calendar_days (calendar, day)",
    "create index schedule_slots_lane on schedule_slots (schedule, machine, start)",
)
