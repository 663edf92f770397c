"""Links for customers. The secret is shown once and kept as a fingerprint; real time ends a link."""

from datetime import timedelta
from typing import Any

from app.core import clock, db, ids
from app.core.refusals import NOT_FOUND, Refused
from app.core.rows import locked
from app.events.log import record
from app.people.actors import Actor
from app.portal import events, permissions
from app.portal.refusals import DAYS, LINK_ENDED, LINK_UNKNOWN, NOT_CONFIRMED
from app.portal.tables import ShareLink
from app.sales import orders

DEFAULT_DAYS = 60
SHOWN_IN = ("confirmed", "closed")


async def make(
    number: str, days: int = DEFAULT_DAYS, shows_quantities: bool = False, *, by: Actor
) -> tuple[ShareLink, str]:
    """A new link to an order's progress: the row and its secret, which nobody sees again."""
    by.must(permissions.MAKE_LINKS)
    order = await orders.find(number, by)
    if order.state not in SHOWN_IN:
        raise Refused(NOT_CONFIRMED)
    if not 1 <= days <= 365:
        raise Refused(DAYS, "days")
    secret, now = ids.token(18), clock.real_now()
    link = ShareLink(
        order=order.id, token_hash=ids.fingerprint(secret), hint=secret[-4:], shows_quantities=shows_quantities,
        made_by=by.user_id, made_at=now, ends_at=now + timedelta(days=days),
    )  # fmt: skip
    await link.save()
    made = events.LinkMade(
        subject=("sales_order", order.id), number=number, until=clock.local(link.ends_at).date().isoformat()
    )
    await record(made, by=by)
    return link, secret


async def revoke(number: str, link_id: int, *, by: Actor) -> ShareLink:
    """End a link now. Ending it twice is once."""
    by.must(permissions.MAKE_LINKS)
    order = await orders.find(number, by)
    link = await locked(ShareLink, ShareLink.id == link_id)
    if link.order != order.id:
        raise Refused(NOT_FOUND)
    if link.revoked_at is None:
        await db.rows("update share_links set revoked_at = {} where id = {}", clock.real_now(), link.id)
        revoked = events.LinkRevoked(subject=("sales_order", order.id), number=number, hint=link.hint)
        await record(revoked, by=by)
    return link


async def of_order(order_id: int) -> list[dict[str, Any]]:
    """The links of an order, newest first, with whether they still open."""
    now = clock.real_now()
    found = await db.rows('select * from share_links where "order" = {} order by id desc', order_id)
    return [{**link, "open": link["revoked_at"] is None and link["ends_at"] > now} for link in found]


async def opened(secret: str) -> dict[str, Any]:
    """The link behind a secret, counted as opened; NOT_FOUND for a wrong one, LINK_ENDED for an old one."""
    link = await db.one("select * from share_links where token_hash = {}", ids.fingerprint(secret[:100]))
    if link is None:
        raise Refused(LINK_UNKNOWN)
    now = clock.real_now()
    if link["revoked_at"] is not None or link["ends_at"] <= now:
        raise Refused(LINK_ENDED)
    if link["last_opened_at"] is None or now - link["last_opened_at"] > timedelta(minutes=1):
        await db.rows(
            "update share_links set opened = opened + 1, last_opened_at = {} where id = {}", now, link["id"]
        )
    return link
