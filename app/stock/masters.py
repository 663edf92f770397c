"""Warehouses and their bins as masters: form, import, API."""

from app.core.words import N_
from app.stock import bins, events, permissions, warehouses
from app.stock.lists import BINS as BIN_LIST
from app.stock.lists import WAREHOUSES as WAREHOUSE_LIST
from app.stock.refusals import CODE_OF_THE_HOUSE
from app.stock.tables import Bin, Warehouse
from app.web.input import Input
from app.web.master_lists import ACTIVE
from app.web.masters import Field, Master, Reference


def _new_code(form: Input) -> str:
    """The code of a new bin or warehouse: not one of the house's own."""
    code = form.code()
    if code.startswith(bins.OF_THE_HOUSE):
        form.refuse("code", CODE_OF_THE_HOUSE, sign=bins.OF_THE_HOUSE)
    return code


WAREHOUSES = Master(
    kind="warehouse", noun=N_("Warehouse"), table=Warehouse, resource="warehouses", path="/warehouses", icon="warehouse",
    see=permissions.SEE_BINS, edit=permissions.EDIT_BINS, made=events.WarehouseMade, changed=events.WarehouseChanged,
    fields=(Field("name", N_("Name"), required=True, limit=80), ACTIVE),
    list=WAREHOUSE_LIST, new_code=_new_code, holds=warehouses.may_stand,
)  # fmt: skip

BINS = Master(
    kind="bin", noun=N_("Bin"), table=Bin, resource="bins", path="/bins", icon="grid-3x3", own_page=True,
    see=permissions.SEE_BINS, edit=permissions.EDIT_BINS, made=events.BinMade, changed=events.BinChanged,
    fields=(
        Field("name", N_("Name"), limit=80),
        Field("warehouse", N_("Warehouse"), "ref", required=True, reference=Reference("warehouses", "/lookup/warehouses")),
        Field("kind", N_("Kind of place"), "choice", choices=tuple(bins.KINDS.items()), default=bins.STORE,
              hint=N_("Only what lies in a store is picked for delivery")),
        ACTIVE,
    ),
    list=BIN_LIST, new_code=_new_code, holds=bins.may_stand,
)  # fmt: skip
