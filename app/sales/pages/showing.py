"""One order: where it stands, its lines, what production, delivery and billing do for it, and what can be done next."""

from typing import Any

from litestar import Request, Response, get

from app.alerts import queries as alerts
from app.alerts.permissions import SEE as SEE_ALERTS
from app.amendments.change_requests import OF_ORDER as CHANGE
from app.amendments.permissions import SEE as SEE_CHANGES
from app.approvals import trail
from app.catalog.permissions import SEE_COSTS
from app.core import clock, db
from app.core.money import Money
from app.core.quantities import Quantity, Weight, labelled
from app.core.states import possible
from app.core.text import digits
from app.core.words import N_, Word, _
from app.custom_fields import defined, values
from app.frameworks.frameworks import OF_ORDER as FRAMEWORK
from app.frameworks.permissions import SEE as SEE_FRAMEWORKS
from app.parties.terms import Terms
from app.people.actors import Actor
from app.quotations.permissions import SEE as SEE_QUOTATIONS
from app.quotations.quotations import OF_ORDER as QUOTATION
from app.sales import agreed, conditions, gates, margin, orders, permissions, progress, schedules
from app.sales.echo import in_base, short
from app.sales.lists import due_of
from app.sales.pages.taken import credit_of
from app.sales.rates import Rate
from app.sales.states import CONFIRMED, CONSIGNMENT, DRAFT, MOVES, SERVICE, SUBMITTED, kind_said
from app.sales.tables import SalesOrder
from app.sales.telling import story
from app.web.render import html, render

SHOWN_EVENTS = 30
TABS: tuple[tuple[str, Word, str], ...] = (
    ("lines", N_("Order lines"), ""),
    ("work-orders", N_("Work orders"), "production:work_order:see"),
    ("deliveries", N_("Deliveries"), "delivery:note:see"),
    ("money", N_("Money"), "billing:receivable:see"),
    ("files", N_("Files"), ""),
)


@get("/orders/{number:str}")
async def show(request: Request, number: str, by: Actor) -> Response:
    return await page(request, number, by)


async def page(
    request: Request, number: str, by: Actor, opened: str = "", typed: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    """The page; after a refusal with its dialog open and what was typed in it."""
    order = await orders.find(number, by)
    work = await progress.work_orders(order.id)
    custom = await defined.fields()
    lines = await _lines(order, work, custom["sales_order_line"])
    notes = await progress.deliveries(order.id)
    stands = await _stands(order)
    counts = {
        "lines": len(lines),
        "work-orders": len({w["id"] for w in work}),
        "deliveries": len(notes),
        "files": stands["files"],
    }
    tabs = _tabs(request, number, by, counts)
    tab = next(t["key"] for t in tabs if t["current"])
    head = await _head(order, by, stands, lines, work)
    labels = {line["label"] for line in lines if not line["charge"]}
    money = await _money(order.id) if tab == "money" else None
    files = await _files(order.id) if tab == "files" else []
    events = await story(order.id, by, SHOWN_EVENTS, _before(request))
    customer = await _customer(order)
    own = order.gross_cny if order.state in (DRAFT, SUBMITTED) else 0
    return await render(
        request, "sales/order/show.html", 422 if problems else 200, order=order, lines=lines, work=work, notes=notes, files=files, tabs=tabs, tab=tab,
        custom=values.shown(custom["sales_order"], order.custom), money=money, events=events, more=len(events) == SHOWN_EVENTS, customer=customer,
        differs=[_(agreed.LABELS[name]) for name in agreed.LABELS if name in customer["differs"]],
        unit=labels.pop() if len(labels) == 1 else "", credit=await credit_of(customer, own, by), **await _agreed(order, head["priced"]), **head,
        opened=opened, typed=typed or {}, problems=problems or {},
    )  # fmt: skip


@get("/orders/{number:str}/timeline")
async def told(request: Request, number: str, by: Actor) -> Response:
    """Older events, for the timeline to grow by."""
    order = await orders.find(number, by)
    events = await story(order.id, by, SHOWN_EVENTS, _before(request))
    return html(
        request, "sales/order/_timeline.html", order=order, events=events, more=len(events) == SHOWN_EVENTS
    )


def _before(request: Request) -> int | None:
    return digits(request.query_params.get("before", ""), 18)


async def _stands(order: SalesOrder) -> dict[str, Any]:
    """Its stage, whose it is, how many files it has, and what it was made from."""
    found = await db.one(
        f"select {conditions.STAGE} as stage, (select p.name from people p where p.id = o.salesperson) as salesperson,"
        " (select count(*) from attachments a where a.subject_kind = 'sales_order' and a.subject_id = o.id) as files,"
        f" {QUOTATION} as quotation, {FRAMEWORK} as framework, {CHANGE} as change from sales_orders o where o.id = {{}}",
        order.id,
    )
    assert found is not None
    return found


async def _head(
    order: SalesOrder, by: Actor, stands: dict[str, Any], lines: list[dict[str, Any]], work: list[dict[str, Any]]
) -> dict[str, Any]:  # fmt: skip
    """What stands above the tabs: state, stages, what can be done."""
    stage = stands["stage"]
    asked = await trail.about(("sales_order", order.id), by)
    waiting = [each for each in asked if each["state"] == "pending"]
    row = progress.dates_of(order)
    due, due_kind = due_of(row, clock.today())
    open_ = order.state == CONFIRMED
    uncovered, in_store = await progress.next_for(order.id) if open_ else (False, False)
    return {
        "look": conditions.STAGE_LOOKS[stage], "stage": stage, "consigned": await _consigned(order),
        "waiting": waiting, "asked": asked, "salesperson": stands["salesperson"], "due": due,
        "due_kind": due_kind, "life": await progress.life_of(order, work), "can": _can(order, by, uncovered, in_store, bool(waiting)),
        "behind": conditions.days_behind(row), "rate": Rate(order.rate_micro, order.rate_day).said(),
        "today": clock.today(), "priced": by.may(permissions.PRICE), "margin": _margin(order, lines, by), "made": _made(work),
        "alerts": await alerts.of_order(order.id, by) if by.may(SEE_ALERTS) else [],
        "quotation": stands["quotation"] if by.may(SEE_QUOTATIONS) else "",
        "framework": stands["framework"] if by.may(SEE_FRAMEWORKS) else "",
        "change": stands["change"] if by.may(SEE_CHANGES) else "",
    }  # fmt: skip


def _margin(order: SalesOrder, lines: list[dict[str, Any]], by: Actor) -> str:
    """In words, for who may see costs."""
    if not by.may(SEE_COSTS):
        return ""
    left = margin.of_lines(lines, order.gross, order.gross_cny)
    return _("margin not known") if left is None else _("margin %(percent)s %%", percent=f"{left:f}")


async def _consigned(order: SalesOrder) -> bool:
    """Whether goods lie with the customer that are paid for when they are used."""
    return bool(order.delivered_q and order.state == CONFIRMED and await db.value(
        'select 1 from sales_order_lines where "order" = {} and kind = {} and delivered_q > 0 limit 1', order.id, CONSIGNMENT
    ))  # fmt: skip


def _can(order: SalesOrder, by: Actor, uncovered: bool, in_store: bool, waits: bool) -> dict[str, bool | str]:
    """What this person may do with the order now; `primary` names the one next step. One that waits is not pushed on,
    and what has its work orders or lies in no store is not offered to be made or sent."""
    moves = possible(MOVES, order.state)
    can = {
        "edit": "edit" in moves and by.may(permissions.CREATE),
        "submit": not waits and "submit" in moves and by.may(permissions.CREATE),
        "confirm": not waits and "confirm" in moves and by.may(permissions.CONFIRM),
        "cancel": "cancel" in moves
        and by.may(permissions.CANCEL)
        and not order.delivered_q
        and not (order.invoiced and (order.ordered_q or order.received)),
        "close": "close" in moves and by.may(permissions.CLOSE),
        "make": order.state == CONFIRMED and uncovered and by.may("production:work_order:plan"),
        "deliver": order.state == CONFIRMED
        and order.open_lines > 0
        and in_store
        and by.may("delivery:note:create"),
        "share": order.state not in (DRAFT, SUBMITTED) and by.may("portal:link:make"),
    }
    first = next((name for name in ("confirm", "submit", "deliver", "make") if can[name]), "")
    return {**can, "primary": first}


def _made(work: list[dict[str, Any]]) -> dict[str, Any]:
    """The work orders together: how much is done, which operation runs, good and scrap, received into stock."""
    unique = list({w["id"]: w for w in work}.values())
    steps = [o for w in unique for o in w["operations"]]
    good, scrap = sum(o["good_q"] for o in steps), sum(o["scrap_q"] for o in steps)
    running = next((w["current"] for w in unique if w["current"] and w["state"] == "released"), None)
    return {
        "count": len(unique), "percent": sum(w["percent"] for w in unique) // len(unique) if unique else 0,
        "operation": running["name"] if running else "", "rate": good * 1000 // (good + scrap) / 10 if good + scrap else None,
        "received_q": sum(w["received_q"] for w in unique),
    }  # fmt: skip


def _tabs(request: Request, number: str, by: Actor, counts: dict[str, int]) -> list[dict[str, Any]]:
    wanted = request.query_params.get("tab", "lines")
    shown = [(key, label) for key, label, right in TABS if not right or by.may(right)]
    current = wanted if wanted in dict(shown) else "lines"
    return [
        {"key": key, "label": _(label), "href": f"/orders/{number}" + (f"?tab={key}" if key != "lines" else ""),
         "count": counts.get(key), "current": key == current}
        for key, label in shown
    ]  # fmt: skip


async def _lines(
    order: SalesOrder, work: list[dict[str, Any]], custom: defined.Fields
) -> list[dict[str, Any]]:
    rows = await db.rows(
        "select l.*, i.code, i.name, i.spec as item_spec, i.kind as item_kind, i.cost_micro, i.base_unit,"
        " i.unit_label, i.weight_micro, i.weight_pieces from sales_order_lines l join items i on i.id = l.item"
        ' where l."order" = {} order by l.line_no',
        order.id,
    )
    await schedules.give(rows, order.id)
    for row in rows:
        label = row["unit_label"] or row["base_unit"]
        weight = Weight(row["weight_micro"], row["weight_pieces"])
        row["more"] = values.shown(custom, row["custom"])
        row["label"], row["shown"] = label, short(row["entered"], row["unit"], label)
        for each in row["schedules"]:
            each["shown"] = short(each["entered"], row["unit"], label)
        row["per"] = labelled(row["price_unit"], label)
        row["kind_label"] = kind_said(row["kind"])
        row["due"] = row["requested_date"] or order.due_date
        mine = [w for w in work if w["line"] == row["id"]]
        row["current"] = next(
            (w["current"]["name"] for w in mine if w["current"] and w["state"] == "released"), ""
        )
        made = sum(w["percent"] for w in mine) // len(mine) if mine else 0
        gone = row["delivered_q"] * 100 // row["quantity_q"] if row["quantity_q"] else 0
        row["full"] = row["delivered_q"] * 100 >= row["quantity_q"] * (100 - row["under_percent"])
        row["percent"] = 100 if row["full"] else max(gone, made)
        row["charge"] = row["item_kind"] == SERVICE
        row["base"] = (
            "" if row["charge"] else in_base(Quantity(row["quantity_q"], row["base_unit"]), label, weight)
        )
        is_open = order.state in (DRAFT, SUBMITTED, CONFIRMED) and not row["full"] and not row["charge"]
        row["left"], row["left_kind"] = (
            conditions.days_left(row["due"], clock.today()) if is_open else ("", "")
        )
    return rows


async def _files(order_id: int) -> list[dict[str, Any]]:
    return await db.rows(
        "select a.id, a.name, a.size, a.media_type, a.added_at, (select p.name from users u join people p on p.id = u.person"
        " where u.id = a.added_by) as added_by from attachments a where a.subject_kind = 'sales_order' and a.subject_id = {}"
        " order by a.id desc limit 100",
        order_id,
    )


async def _money(order_id: int) -> dict[str, Any]:
    return {
        "receivables": await progress.receivables(order_id),
        "receipts": await progress.receipts(order_id),
    }


async def _customer(order: SalesOrder) -> dict[str, Any]:
    """The customer's file, and what the order says otherwise."""
    found = await db.one("select * from customers where id = {}", order.customer)
    assert found is not None
    found["differs"] = agreed.differences({n: getattr(order, n) for n in agreed.LABELS}, found)
    return found


async def _agreed(order: SalesOrder, priced: bool) -> dict[str, Any]:
    """The order's terms, and its gates with what is missing for each."""
    closed = {gates.DEPOSIT: order.deposit_gate, gates.BALANCE: order.balance_gate}
    wanted = gates.deposit_of(order) if order.deposit_percent else 0
    came = await gates.money_in(order) if wanted or any(closed.values()) else 0
    return {
        "terms": Terms(order.payment_days, order.closing_day, order.terms_from).sentence(),
        "deposit": _("%(came)s of %(wanted)s came", came=Money(min(came, wanted), order.currency).shown(),
                     wanted=Money(wanted, order.currency).shown()) if wanted and priced else "",
        "gates": [(gate, _(gates.NAMES[gate])) for gate, shut in closed.items() if shut],
    }  # fmt: skip


ROUTES = [show, told]
