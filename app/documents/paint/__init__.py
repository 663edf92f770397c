"""Painting sheets: plain data in, a PDF out. Several labels, badges or travellers make one file."""

from app.documents.paint.badges import badge
from app.documents.paint.delivery_slips import delivery_slip
from app.documents.paint.labels import bin_label, label
from app.documents.paint.order_confirmations import framework_order, order_confirmation, quotation
from app.documents.paint.statements import statement
from app.documents.paint.travellers import traveller

__all__ = [
    "badge",
    "bin_label",
    "delivery_slip",
    "framework_order",
    "label",
    "order_confirmation",
    "quotation",
    "statement",
    "traveller",
]
