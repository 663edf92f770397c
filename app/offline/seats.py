"""Who sits at a device, with the rights of their own login: for what is no fact of the floor but needs a right.

A fact waits in the outbox and needs only the device. Posting a delivery note needs a right: it is done while the server is
within reach, by the office's verb. Who sits there the device knows by badge or PIN, as with everything that is done on it.
"""

from dataclasses import replace

from app.core import db
from app.core.refusals import Refused
from app.delivery.permissions import POST
from app.offline.refusals import UNKNOWN_PERSON
from app.people import logins
from app.people.actors import Actor


async def seated(code: str, device: Actor) -> Actor:
    """The person at a device, without any right if they have no login; Refused(UNKNOWN_PERSON)."""
    person = await db.one("select id, name from people where code = {} and active", code[:60])
    if person is None:
        raise Refused(UNKNOWN_PERSON, "person", given=code[:60])
    user = await db.value("select id from users where person = {}", person["id"])
    found = await logins.actor_of_user(user) if user else None
    if found is None:
        found = replace(
            device, name=person["name"], person_id=person["id"], initials=person["name"][:1], rights={}
        )
    return replace(found, device_id=device.device_id, language=device.language)


async def who_post() -> set[int]:
    """The people whose login may post delivery notes: a scanner offers it to them."""
    rows = await db.rows(
        'select distinct u.person from users u join user_roles ur on ur."user" = u.id join roles r on r.id = ur.role and r.active'
        " join grants g on g.role = r.id where u.active and g.permission = {}",
        POST.code,
    )
    return {row["person"] for row in rows}
