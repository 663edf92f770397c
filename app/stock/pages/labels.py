"""Labels of bins and lots, 100 × 70 mm, with the code that the scanner reads."""

import asyncio

from litestar import Request, Response, get

from app.catalog.tables import Item
from app.core import clock, db
from app.core.quantities import shown
from app.core.rows import get as fetch
from app.core.text import digits
from app.core.words import _, language
from app.documents.pages import sent
from app.documents.paint import bin_label, label
from app.documents.sheets import BinLabel, Label
from app.people.actors import Actor
from app.scanning import codes
from app.scanning.codes import Kind
from app.stock import permissions
from app.stock.lists import about
from app.stock.tables import Bin, Lot, Warehouse
from app.web.address import address_of


@get("/bins/{code:str}/label.pdf")
async def print_bin(request: Request, by: Actor, code: str) -> Response[bytes]:
    by.must(permissions.SEE_BINS)
    row = await fetch(Bin, Bin.code == code)
    warehouse = await fetch(Warehouse, Warehouse.id == row.warehouse)
    own = codes.make_for_id(Kind.BIN, row.id)
    note = row.name if row.name != row.code else ""
    data = BinLabel(
        bin=row.code, warehouse=warehouse.name, qr=codes.url(address_of(request), own), code=own, note=note
    )
    return sent(
        await asyncio.to_thread(bin_label, data, language=language()),
        "application/pdf",
        f"{row.code}.pdf",
        inline=True,
    )


@get("/lots/{id:int}/label.pdf")
async def print_lot(request: Request, by: Actor, id: int, quantity: str = "") -> Response[bytes]:
    """The label of a lot, with all that is on hand of it, or the quantity asked for (in the base unit)."""
    by.must(permissions.SEE_BALANCES)
    lot = await fetch(Lot, Lot.id == id)
    item = await fetch(Item, Item.id == lot.item)
    on_hand = await db.value(
        "select cast(coalesce(sum(b.quantity_q), 0) as bigint) from stock_balances b join bins p on p.id = b.bin"
        " where b.lot = {} and p.kind <> 'virtual'",
        lot.id,
    )
    asked = digits(quantity)
    quantity_q = on_hand if asked is None else asked * 1000
    own = codes.make_for_id(Kind.LOT, lot.id)
    company = await db.value("select name from company order by id limit 1") or ""
    data = Label(
        company=company, title=_("Lot label"), item=item.code, description=f"{item.name} {item.spec}".strip(),
        quantity=f"{shown(quantity_q)} {item.label}", qr=codes.url(address_of(request), own), code=own,
        weight=about(quantity_q, item.base_unit, lot.weight or item.weight), lot=lot.number, heat=lot.heat,
        date=clock.local(lot.made_at).date().isoformat(),
    )  # fmt: skip
    painted = await asyncio.to_thread(label, data, language=language())
    return sent(painted, "application/pdf", f"{item.code}-{lot.number}.pdf", inline=True)


ROUTES = [print_bin, print_lot]
