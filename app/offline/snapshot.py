"""The device's picture of the factory: enough for two shifts without a network, only the floor's business.

A tablet gets its team's jobs, a scanner also what lies in the warehouse. No prices, no customer contacts.
"""

from typing import Any

from app.core import clock, db
from app.core.words import LANGUAGES, Word, _, speaking
from app.offline import goods, jobs
from app.offline.seats import who_post
from app.people.devices import PDA, shown
from app.people.tables import Device
from app.production import reasons


async def take(device_id: int, cursor: str = "") -> dict[str, Any]:
    """The whole picture, or `{"unchanged": true}` and the time when nothing is new since `cursor`."""
    device = await Device.objects().where(Device.id == device_id).first()
    assert device is not None
    now = jobs.instant(clock.now())
    head = {"cursor": await _cursor(device), "taken_at": now, "clock": now}
    if cursor == head["cursor"]:
        return {"unchanged": True, **head}
    language = device.language if device.language in LANGUAGES else "zh_CN"
    warehouse = device.kind == PDA
    machines = [] if warehouse and device.team is None else await jobs.machines(device.team)
    with speaking(language):
        lists = {
            "scrap_reasons": _choices(reasons.SCRAP),
            "pause_reasons": _choices(reasons.PAUSE),
            "short_reasons": _choices(reasons.SHORT),
        }
    return {
        **head,
        "device": await shown(device),
        "language": language,
        "people": await jobs.people(
            device.team, [m["code"] for m in machines], await who_post() if warehouse else set()
        ),
        "machines": [jobs.machine_shown(m) for m in machines],
        "jobs": await jobs.jobs(machines),
        "bins": await goods.bins() if warehouse else [],
        "picks": await goods.picks() if warehouse else [],
        "receipts": await goods.receipts() if warehouse else [],
        **lists,
    }


async def _cursor(device: Device) -> str:
    """How far the log had come, read before anything else, so that what is recorded meanwhile makes the
    next one differ.

    Ids come out of order on PostgreSQL and positions late, so both are told. Each hour brings other jobs
    into reach, and a device that changed its team wants another picture.
    """
    found = await db.one("select max(position) as position, max(id) as id from events")
    assert found is not None
    hour = clock.now().strftime("%m%d%H")
    return f"{found['position'] or 0}.{found['id'] or 0}.{hour}.{device.id}v{device.version}"


def _choices(words: dict[str, Word]) -> list[dict[str, str]]:
    return [{"code": code, "label": _(label)} for code, label in words.items()]
