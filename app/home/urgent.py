"""What is most urgent in each kind of work: the first rows of the list its people work from, the nearest day first."""

from collections.abc import Sequence
from typing import Any

from app.billing.lists import RECEIVABLES
from app.billing.states import OPEN as OWED
from app.core.conditions import Condition
from app.core.words import _
from app.delivery.lists import NOTES
from app.people.actors import Actor
from app.production import conditions as work
from app.production import lists as production
from app.production.permissions import SEE as SEE_WORK
from app.sales import conditions as orders
from app.sales import lists as sales
from app.sales.permissions import SEE as SEE_ORDERS
from app.web.render import amount, day

SHOWN = 7
Row = dict[str, Any]


async def for_me(by: Actor, areas: Sequence[str]) -> list[dict[str, Any]]:
    """[{title, href, nothing, rows, measure}]: a person's own lists, by the areas in which they work."""
    found = []
    if by.may(SEE_ORDERS) and {"lead", "sales"} & set(areas):
        found.append(await _orders(by))
    if by.may(SEE_WORK) and (not areas or "planning" in areas):
        found.append(await _work_orders(by))
    if "warehouse" in areas:
        found += [await _to_put_away(by), await _to_send()]
    if "finance" in areas:
        found.append(await _owed())
    return found


def _list(title: str, href: str, nothing: str, rows: Sequence[Row], measure: str = "") -> dict[str, Any]:
    return {
        "title": title,
        "href": href,
        "nothing": nothing,
        "rows": rows,
        "measure": measure or _("Progress"),
    }


async def _orders(by: Actor) -> dict[str, Any]:
    page = await sales.LISTING.page([orders.NOT_DELIVERED, *orders.visible_to(by)], "due_date", limit=SHOWN)
    await sales.dress(page.rows)
    rows = [
        {"number": r["number"], "href": f"/orders/{r['number']}", "main": r["customer_name"], "sub": r["item"], "pill": r["pill"],
         "percent": r["percent"], "day": day(r["due_date"]), "note": r["due"], "kind": r["due_kind"]}
        for r in page.rows
    ]  # fmt: skip
    return _list(
        _("Most urgent orders"), "/orders?state=in_progress&sort=due_date", _("No order is open"), rows
    )


async def _work_orders(by: Actor) -> dict[str, Any]:
    wanted = [work.OPEN, *work.visible_to(by)]
    page = await production.WORK_ORDER_LISTING.page(wanted, "due_date", limit=SHOWN)
    await production.dress_work_orders(page.rows)
    nothing = _("No work order is open")
    return _list(
        _("Most urgent work orders"),
        "/work-orders?state=open&sort=due_date",
        nothing,
        [_work(r) for r in page.rows],
    )


async def _to_put_away(by: Actor) -> dict[str, Any]:
    wanted = [work.TO_RECEIVE, *work.visible_to(by)]
    page = await production.WORK_ORDER_LISTING.page(wanted, "due_date", limit=SHOWN)
    await production.dress_work_orders(page.rows)
    nothing = _("Nothing waits to be put into stock")
    return _list(
        _("To put into stock"), "/work-orders?state=to_receive", nothing, [_work(r) for r in page.rows]
    )


def _work(r: Row) -> Row:
    at = " · ".join(x for x in (r["current"], r["machine"]) if x)
    return {"number": r["number"], "href": f"/work-orders/{r['number']}", "main": r["product"], "sub": at or r["order"],
            "pill": r["pill"], "percent": r["percent"], "day": day(r["due_date"]), "note": r["due_note"], "kind": r["due_kind"]}  # fmt: skip


async def _to_send() -> dict[str, Any]:
    page = await NOTES.listing.page([Condition("d.state in ('draft', 'picking')")], "planned", limit=SHOWN)
    assert NOTES.dress is not None
    await NOTES.dress(page.rows)
    rows = [
        {"number": r["number"], "href": f"/delivery-notes/{r['number']}", "main": r["customer"], "sub": r["orders"], "pill": r["pill"],
         "said": _("%(picked)s of %(n)s lines picked", picked=r["picked_lines"], n=r["lines"]), "day": day(r["planned_on"])}
        for r in page.rows
    ]  # fmt: skip
    return _list(
        _("To pick and send"),
        "/delivery-notes?state=draft&state=picking",
        _("Nothing waits to be sent"),
        rows,
    )


async def _owed() -> dict[str, Any]:
    page = await RECEIVABLES.listing.page([OWED, Condition("r.amount > 0")], "due_on", limit=SHOWN)
    assert RECEIVABLES.dress is not None
    await RECEIVABLES.dress(page.rows)
    rows = [
        {"number": r["number"], "href": f"/receivables/{r['number']}", "main": r["customer"], "sub": r["order_number"],
         "pill": r["state"], "said": amount(r["left"], r["currency"]), "day": day(r["due_on"])}
        for r in page.rows
    ]  # fmt: skip
    return _list(_("Money due next"), "/receivables?state=open", _("All is paid"), rows, _("Still open"))
