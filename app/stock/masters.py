"""Bins as a master: form, import, API."""

from app.core.words import N_
from app.stock import bins, events, permissions
from app.stock.lists import BINS as LIST
from app.stock.refusals import CODE_OF_THE_HOUSE
from app.stock.tables import Bin
from app.web.input import Input
from app.web.master_lists import ACTIVE
from app.web.masters import Field, Master, Reference


def _new_code(form: Input) -> str:
    """The code of a new bin: not one of the house's own places."""
    code = form.code()
    if code.startswith(bins.OF_THE_HOUSE):
        form.refuse("code", CODE_OF_THE_HOUSE, sign=bins.OF_THE_HOUSE)
    return code


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
    list=LIST, new_code=_new_code, holds=bins.may_stand,
)  # fmt: skip
