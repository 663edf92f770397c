"""A change that a customer asks for, point by point."""

from app.core import columns as c
from app.intake.tables import InboundOrder
from app.parties.tables import Customer
from app.people.tables import User
from app.sales.tables import SalesOrder


class ChangeRequest(c.Table, tablename="change_requests"):
    """What a customer wants changed in one order. `inbound_order` is the file that asked for it; one written by hand
    has none. `cause` and `reason` say why the order was changed."""

    number = c.code(40)
    sales_order = c.ref(SalesOrder)
    customer = c.ref(Customer)
    inbound_order = c.ref(InboundOrder, optional=True)
    cause = c.words(20)
    reason = c.words(300)
    asked_by = c.ref(User, optional=True)
    state = c.words(20, index=True)
    points = c.count()
    asked_at = c.instant()
    closed_at = c.instant(optional=True)
    closed_by = c.ref(User, optional=True)
    note = c.words(300)
    version = c.version()


class ChangePoint(c.Table, tablename="change_points"):
    """One point. `line_no` is the order's line, 0 for a new one or the head, `their_line` what the file calls it;
    `wanted` is JSON: the form's values asked for."""

    request = c.ref(ChangeRequest, index=False)
    seq = c.count()
    what = c.words(30)
    line_no = c.count()
    item = c.words(60)
    customer_item = c.words(80)
    stands = c.words(200)
    asks = c.words(200)
    cell = c.words(120)
    their_line = c.words(20)
    wanted = c.document()


INDEXES = ("create unique index change_points_seq on change_points (request, seq)",)
