"""What a house that begins empty is furnished with, in the order in which one thing needs the other: counted, never asked for."""

from dataclasses import dataclass
from typing import Any

from app.core import db
from app.core.keeping import kept_rows
from app.core.words import N_, Word, _
from app.people import users
from app.people.actors import Actor
from app.people.permissions import RUN_HOUSE
from app.stock.bins import OF_THE_HOUSE

NAME, MOST = "setting_up", 1000


@dataclass(frozen=True)
class Step:
    """One kind of thing there must be. `source` is SQL: its rows are counted, `enough` of them are there when it is done.

    A factory works without one that is not `needed`. `first` leads to what must be there before, while `before` finds none of it.
    """

    key: str
    label: Word
    why: Word
    href: str
    source: str
    enough: int = 1
    needed: bool = True
    first: str = ""
    before: str = ""


STEPS = (
    Step("company", N_("Company profile"), N_("Name, tax number, bank and seal, as papers print them"), "/company",
         "company where name <> '' and tax_number <> '' and bank_account <> ''"),
    Step("teams", N_("Departments and teams"), N_("A tablet shows the work of its team"), "/teams", "teams where active",
         needed=False, first="/departments", before="departments where active"),
    Step("people", N_("People"), N_("Everybody, workers too; a list from Excel will do"), "/people", "people where active", enough=2),
    Step("logins", N_("Logins and roles"), N_("For all who sit at a desk; workers need only a badge"), "/users", "users where active", enough=2),
    Step("machines", N_("Work centers and machines"), N_("A routing names work centers; planning sets work on their machines"),
         "/machines", "machines where active", first="/work-centers", before="work_centers where active"),
    Step("items", N_("Items with their routings"), N_("Weight for the scales, operations for the floor; BOMs where material is planned"),
         "/items", "items i where i.active and exists (select 1 from routing_operations r where r.item = i.id)"),
    Step("customers", N_("Customers and their part numbers"), N_("Terms, credit, and how they call our items"), "/customers",
         "customers where active"),
    Step("bins", N_("Warehouse and bins"), N_("Goods are received into a bin and picked from it"), "/bins",
         "bins where active and kind = 'store'", first="/warehouses", before=f"warehouses where active and code <> '{OF_THE_HOUSE}'"),
    Step("rules", N_("Approval rules"), N_("From which amount the owner decides; without a rule nothing waits"), "/approval-rules",
         "approval_rules where active", needed=False),
    Step("devices", N_("Tablets and badges"), N_("For reporting at the machines and picking by scan"), "/devices", "devices", needed=False),
    Step("opening", N_("Opening data"), N_("Stock, open orders and receivables of the old system"), "/opening", "opening_rows", needed=False),
)  # fmt: skip


async def guide(by: Actor) -> dict[str, Any] | None:
    """The steps for who runs the house, until all is there or work has begun with all that is needed; None where it is put away."""
    if not by.may(RUN_HOUSE) or await users.is_put_away(NAME, by):
        return None
    told = await steps()
    lacking = any(each["needed"] and not each["done"] for each in told["steps"])
    at_work = not lacking and bool(await db.value("select 1 from sales_orders limit 1"))
    return None if at_work or told["done"] == len(STEPS) else told


async def steps() -> dict[str, Any]:
    """Each step with how many there are, and which is next."""
    counted = ", ".join(
        f'{_few(s.source, MOST)} as "{s.key}", {_few(s.before, 1) if s.before else "1"} as "{s.key}_before"'
        for s in STEPS
    )
    found = (await kept_rows(f"select {counted}"))[0]
    told = [
        {
            "label": _(step.label), "why": _(step.why), "count": found[step.key], "done": found[step.key] >= step.enough,
            "needed": step.needed, "href": step.href if found[f"{step.key}_before"] else step.first,
        }
        for step in STEPS
    ]  # fmt: skip
    following = next((each for each in told if not each["done"]), None)
    return {"steps": told, "done": sum(each["done"] for each in told), "next": following}


def _few(source: str, most: int) -> str:
    return f"(select count(*) from (select 1 from {source} limit {most}) n)"
