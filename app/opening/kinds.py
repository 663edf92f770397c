"""The kinds of opening data, in the order in which a house takes them over."""

from app.core.refusals import NOT_FOUND, Refused
from app.opening.bills import BILLS
from app.opening.orders import ORDERS
from app.opening.purchases import PURCHASES
from app.opening.receivables import RECEIVABLES
from app.opening.rows import Kind
from app.opening.stock import STOCK
from app.people.actors import Actor

KINDS = {kind.name: kind for kind in (STOCK, ORDERS, PURCHASES, RECEIVABLES, BILLS)}


def kind_for(name: str, by: Actor) -> Kind:
    """The kind, for who may take it over; what you may not see is not found."""
    kind = KINDS.get(name) or next((k for k in KINDS.values() if k.resource == name), None)
    if kind is None or not by.may(kind.permission):
        raise Refused(NOT_FOUND)
    return kind
