"""The list of framework orders: page, export and API read it from here."""

from dataclasses import replace
from typing import Any

from app.core import clock
from app.core.conditions import Condition
from app.core.words import N_, _
from app.frameworks import conditions, figures, permissions
from app.frameworks.kind import FRAMEWORK
from app.frameworks.states import EXPIRED, LOOKS
from app.offers import lists as offers
from app.people.actors import Actor
from app.sales.permissions import PRICE
from app.web.lists import Column, Filter, ListPage, View

LISTING = offers.listing(
    FRAMEWORK,
    "o.customer_number, o.valid_from, o.firm_days, o.planned_at,"
    " (select count(*) from call_off_changes k where k.framework = o.id and k.state = 'open') as undecided",
)
AT_ONCE = 500


async def dress(rows: list[dict[str, Any]]) -> None:
    """Give each row its state in words, how long it holds, and how much of it is called off."""
    today = clock.today()
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        stands = await figures.of_many([row["id"] for row in some])
        for row in some:
            row["percent"] = used(list(stands[row["id"]].values()))
            row["percent_kind"] = kind_of(row["percent"])
    for row in rows:
        state, until = row["state"], row["valid_until"]
        stage = conditions.stage_of(state, until, today)
        offers.dress(row, stage, LOOKS, conditions.left(state, until, today))
        row["asks"] = _("%(n)s to decide", n=row["undecided"]) if row["undecided"] else ""
        row["asks_kind"] = "warn" if row["undecided"] else ""


def used(lines: list[figures.Figures]) -> int:
    """How much is called off, in percent: the line that is furthest."""
    return max((line.percent(line.called) for line in lines), default=0)


def kind_of(percent: int) -> str:
    """The colour of what is called off: amber where little is left, red beyond what is agreed."""
    return "bad" if percent > 100 else "warn" if percent >= conditions.NEARLY else "run"


FRAMEWORKS = ListPage(
    name="framework_orders",
    title=N_("Framework orders"),
    path="/framework-orders",
    listing=LISTING,
    columns=(
        Column("number", N_("Framework order"), "code", sort="number", sub="customer_number", below=N_("Their framework number")),
        offers.CUSTOMER,
        offers.AMOUNT,
        Column("percent", N_("Called off"), "progress", tone="percent_kind", phone="hide"),
        Column("pill", N_("State"), "pill", sub="asks", tone="asks_kind", below=N_("Changes to decide"), phone="start"),
        offers.VALID_UNTIL,
        Column("planned_at", N_("Last plan"), "moment", low=True, phone="hide"),
        offers.SALESPERSON,
        Column("valid_from", N_("Valid from"), "day", shown=False),
        Column("agreed_on", N_("Agreed on"), "day", shown=False),
        Column("firm_days", N_("Firm days"), "number", shown=False),
        *offers.AT_LAST,
    ),
    href=lambda row: f"/framework-orders/{row['number']}",
    filters=(
        Filter("state", N_("State"), lambda value: conditions.by_name(value, clock.today()),
               (*((state, look.label) for state, look in LOOKS.items()), ("ending", N_("Ends soon")),
                ("undecided", N_("With changes to decide")), ("to_order", N_("With call-offs to order")))),
        *offers.FILTERS,
    ),
    search_kind="framework_order",
    id_column="o.id",
    placeholder=N_("Number, customer, product; pinyin initials work"),
    nothing=N_("Write the first one with “New framework order”"),
    visible=conditions.visible_to,
    dress=dress,
    actions=(
        {"label": N_("New framework order"), "href": "/framework-orders/new", "look": "pri", "icon": "plus", "key": "C",
         "permission": permissions.WRITE.code},
    ),
)  # fmt: skip


def frameworks_for(by: Actor) -> ListPage:
    """The list with the views of this person and day; without amounts for who may not see prices."""
    today = clock.today()
    columns = tuple(column for column in FRAMEWORKS.columns if by.may(PRICE) or column.kind != "amount")
    return replace(FRAMEWORKS, columns=columns, views=(
        View("all", N_("All"), {}, ()),
        View("active", N_("In force"), {"state": "active"}, (conditions.running(today),)),
        View("undecided", N_("Changes to decide"), {"state": "undecided"}, (conditions.UNDECIDED,)),
        View("to_order", N_("To order"), {"state": "to_order"}, (conditions.to_order(today),)),
        View("ending", N_("Ends soon"), {"state": "ending", "sort": "valid_until"}, (conditions.ending(today),)),
        View("expired", N_("Expired"), {"state": EXPIRED}),
        View("mine", N_("Mine"), {"salesperson": str(by.person_id or 0)}, (Condition("o.salesperson = {}", (by.person_id or 0,)),)),
    ))  # fmt: skip
