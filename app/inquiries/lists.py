"""The list of inquiries: page, export and API read it from here."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.core import clock
from app.core.conditions import Condition, whose
from app.core.paging import Listing
from app.core.words import N_, _
from app.inquiries import permissions
from app.inquiries.inquiries import visible_to
from app.inquiries.states import CHANNELS, LOOKS, NEW
from app.insight import first_reply
from app.people.actors import Actor
from app.sales.lists import salespeople, salesperson_filter
from app.web.filters import until_day
from app.web.lists import Column, Filter, ListPage, View

LISTING = Listing(
    select=(
        "o.id, o.number, o.state, o.asker, o.contact, o.channel, o.received_at, o.answered_at, o.wanted_date, o.first_item,"
        " o.line_count, o.version, (select c.code from customers c where c.id = o.customer) as customer,"
        " (select p.name from people p where p.id = o.salesperson) as salesperson"
    ),
    source="inquiries o",
    sorts={"number": ("o.id",), "received_at": ("o.received_at", "o.id")},
    default_sort="-received_at",
)


def said(wait: timedelta | None) -> str:
    """1 h 20 min, in working hours."""
    if wait is None:
        return ""
    minutes = int(wait.total_seconds() // 60)
    return (
        _("%(n)s min", n=minutes) if minutes < 60 else _("%(h)s h %(n)s min", h=minutes // 60, n=minutes % 60)
    )


async def dress(rows: list[dict[str, Any]]) -> None:
    """Give each row its state in words and its first-reply time, red when it is beyond the limit."""
    waits, limit = await first_reply.waits(rows), await first_reply.limit()
    for row, wait in zip(rows, waits, strict=True):
        row["pill"] = LOOKS[row["state"]].pill
        row["reply_minutes"] = None if wait is None else int(wait.total_seconds() // 60)
        row["late"] = (
            wait is not None and wait > limit and (row["answered_at"] is not None or row["state"] == NEW)
        )
        row["reply"] = said(wait) if row["answered_at"] or row["state"] == NEW else ""
        row["reply_kind"] = "bad" if row["late"] else "ok" if row["answered_at"] else ""
        row["came_by"] = _(CHANNELS[row["channel"]]) if row["channel"] in CHANNELS else row["contact"]


INQUIRIES = ListPage(
    name="inquiries",
    title=N_("Inquiries"),
    path="/inquiries",
    listing=LISTING,
    columns=(
        Column("number", N_("Inquiry"), "code", sort="number", sub="came_by", below=N_("Came by")),
        Column("asker", N_("Who asks, and for what"), sub="first_item", below=N_("Product"), phone="full"),
        Column("pill", N_("State"), "pill", sub="reply", below=N_("First reply in working hours"), tone="reply_kind", phone="start"),
        Column("received_at", N_("Came in"), "moment", sort="received_at", phone="end"),
        Column("wanted_date", N_("Wanted by"), "day", low=True, phone="hide"),
        Column("salesperson", N_("Owner"), low=True, phone="hide"),
        Column("answered_at", N_("Replied"), "moment", shown=False),
        Column("line_count", N_("Number of lines"), "number", shown=False),
        Column("customer", N_("Customer's code"), shown=False),
    ),
    href=lambda row: f"/inquiries/{row['number']}",
    filters=(
        Filter("state", N_("State"), lambda value: Condition("o.state = {}", (value,), few=None, along="o.received_at") if value in LOOKS else None,
               tuple((state, look.label) for state, look in LOOKS.items())),
        Filter("channel", N_("Channel"), lambda value: Condition("o.channel = {}", (value,), few=None) if value in CHANNELS else None,
               tuple(CHANNELS.items())),
        Filter("wanted_to", N_("Wanted until"), until_day("o.wanted_date"), kind="date"),
        Filter("customer", N_("Customer"), whose("o.customer", "customers", "code", "name"), kind="text"),
        Filter("salesperson", N_("Owner"), salesperson_filter, salespeople),
    ),
    search_kind="inquiry",
    id_column="o.id",
    placeholder=N_("Number, who asks, product; pinyin initials work"),
    nothing=N_("Write the first one with “New inquiry” as soon as somebody asks"),
    visible=visible_to,
    dress=dress,
    actions=(
        {"label": N_("New inquiry"), "href": "/inquiries/new", "look": "pri", "icon": "plus", "key": "C",
         "permission": permissions.WRITE.code},
    ),
)  # fmt: skip


async def inquiries_for(by: Actor) -> ListPage:
    """The list with the views of this person and moment."""
    since, mine = (
        await first_reply.late_since(clock.now()),
        Condition("o.salesperson = {}", (by.person_id or 0,)),
    )
    new, own = Condition("o.state = 'new'"), str(by.person_id or 0)
    late = Condition("o.state = 'new' and o.received_at <= {}", (since,))
    filters = (
        *INQUIRIES.filters,
        Filter(
            "late", N_("Late"), lambda value: late if value == "1" else None, (("1", N_("Reply is late")),)
        ),
    )
    return replace(INQUIRIES, filters=filters, views=(
        View("all", N_("All"), {}, ()),
        View("new", N_("To be answered"), {"state": "new", "sort": "received_at"}, (new,)),
        View("late", N_("Reply is late"), {"late": "1", "sort": "received_at"}, (late,)),
        View("answered", N_("Replied"), {"state": "answered"}, (Condition("o.state = 'answered'"),)),
        View("mine", N_("Mine"), {"state": "new", "salesperson": own}, (new, mine)),
    ))  # fmt: skip
