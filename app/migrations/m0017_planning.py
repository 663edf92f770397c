"""The tables of planning as they were at the beginning."""

from piccolo.columns import Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import User
from app.migrations.m0005_catalog import Machine
from app.migrations.m0016_production import WorkOrderOperation


class Calendar(Table, tablename="calendars"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=80)
    week = Text(default="{}")
    works_holidays = Boolean()
    version = Integer(default=1)


class CalendarDay(Table, tablename="calendar_days"):
    calendar = ref(Calendar)
    day = Date()
    works = Boolean()
    note = Varchar(length=80)


class Schedule(Table, tablename="schedules"):
    number = Varchar(length=40, unique=True)
    state = Varchar(length=20)
    made_at = Timestamptz()
    made_by = ref(User, optional=True)
    published_at = Timestamptz(null=True, default=None)
    seconds_milli = Integer()
    score = Text(default="{}")
    baseline = Text(default="{}")
    late = Text(default="[]")
    failure = Varchar(length=300)
    version = Integer(default=1)


class ScheduleSlot(Table, tablename="schedule_slots"):
    schedule = ref(Schedule)
    operation = ref(WorkOrderOperation)
    machine = ref(Machine)
    setup_start = Timestamptz()
    start = Timestamptz()
    end_at = Timestamptz()
    why = Text(default="{}")


INDEXES = (
    "create unique index calendar_days_once on calendar_days (calendar, day)",
    "create index schedule_slots_lane on schedule_slots (schedule, machine, start)",
)


async def forwards() -> None:
    await create_table(Calendar)
    await create_table(CalendarDay)
    await create_table(Schedule)
    await create_table(ScheduleSlot)
    await run(*INDEXES)
