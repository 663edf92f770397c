"""流转卡: the traveller that goes with a work order over the floor. What was printed is kept."""

from litestar import Request, Response, get

from app.catalog.tables import Item
from app.core import clock
from app.core.db import commit
from app.core.rows import get as row_of
from app.core.words import language, speaking
from app.custom_fields import defined, values
from app.documents import shelf
from app.documents.letterhead import letterhead
from app.documents.pages import sent
from app.documents.paint import traveller as paint_traveller
from app.documents.sheets import Traveller, TravellerOperation
from app.people.actors import Actor
from app.production import queries
from app.production.pages.said import in_kilograms, said
from app.production.tables import WorkOrder
from app.sales.conditions import SOON_DAYS
from app.scanning import codes
from app.scanning.codes import Kind
from app.web.address import address_of
from app.web.render import day


@get("/work-orders/{number:str}/traveller.pdf")
async def traveller(request: Request, number: str, by: Actor) -> Response[bytes]:
    return sent(await paper(request, number, by), "application/pdf", f"{number}.pdf", inline=True)


async def paper(request: Request, number: str, by: Actor) -> bytes:
    """The traveller of one work order, in the reader's language."""
    work_order = await queries.find(number, by)
    spoken = language()
    with speaking(spoken):
        sheet = await sheet_of(work_order, address_of(request), by.name)
    done = await commit(
        shelf.issue, "traveller", f"{work_order.number}-T", ("work_order", work_order.id), sheet, paint_traveller,
        by=by, language=spoken,
    )  # fmt: skip
    return bytes(done.value.pdf)


async def sheet_of(work_order: WorkOrder, address: str, printed_by: str) -> Traveller:
    """What stands on it; each operation carries its own code."""
    item = await row_of(Item, Item.id == work_order.item)
    orders = await queries.orders_of(work_order.id)
    first = orders[0] if orders else {}
    steps = await queries.steps(work_order.id)
    amount = f"= {work_order.quantity_q // 1000:,} {item.label}"
    return Traveller(
        company=await letterhead(), number=work_order.number,
        qr=codes.url(address, codes.make_for_id(Kind.WORK_ORDER, work_order.id)), item=item.code,
        description=f"{item.name} {item.spec}".strip(), quantity=said(work_order.quantity_q, item.base_unit, item.label),
        quantity_echo="\n".join(filter(None, (amount, in_kilograms(work_order.quantity_q, item.base_unit, item.weight)))),
        due=day(work_order.due_date), customer=first.get("customer_name", ""),
        sales_order="、".join(dict.fromkeys(o["number"] for o in orders))[:60], drawing=first.get("customer_item", ""),
        drawing_revision=first.get("drawing_revision") or item.drawing_revision, lot=work_order.number,
        note=" · ".join(filter(None, (work_order.remark, *await _custom(item, work_order)))),
        rush=(work_order.due_date - clock.today()).days < SOON_DAYS,
        printed=f"{printed_by} {clock.local(clock.now()):%Y-%m-%d %H:%M}",
        operations=tuple(
            TravellerOperation(
                sequence=str(s["seq"]), name=s["name"], qr=codes.url(address, codes.make_for_id(Kind.OPERATION, s["id"])),
                machine=s["planned_machine"] or s["center"],
                start=f"{clock.local(s['planned_start']):%m-%d %H:%M}" if s["planned_start"] else "",
            )
            for s in steps
        ),
    )  # fmt: skip


async def _custom(item: Item, work_order: WorkOrder) -> list[str]:
    """What custom fields say of the item and of the first order it is made for."""
    custom = await defined.fields()
    said = [values.in_line(custom["item"], item.custom)]
    if any(field.printed for thing in ("sales_order", "sales_order_line") for field in custom[thing]):
        order = await queries.first_line_of(work_order.id) or {}
        said += [
            values.in_line(custom[thing], order.get(thing)) for thing in ("sales_order", "sales_order_line")
        ]
    return said


ROUTES = [traveller]
