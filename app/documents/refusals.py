"""Who may see which papers, and why a file is not taken."""

from app.core.refusals import NOT_FOUND, Reason, Refused
from app.core.words import N_
from app.people.actors import Actor

TOO_BIG = Reason("file_too_big", N_("A file has at most %(limit)s MB; this has %(size)s MB"), 413)
EMPTY_FILE = Reason("file_empty", N_("The file is empty"))
A_PROGRAM = Reason(
    "file_is_a_program", N_("Programs are not kept; send a document, a picture or a table"), 415
)
NO_FILE = Reason("file_missing", N_("Choose a file"))

SEEN_WITH = {
    "sales_order": "sales:order:see",
    "inquiry": "inquiries:inquiry:see",
    "quotation": "quotations:quotation:see",
    "framework_order": "frameworks:order:see",
    "customer": "parties:customer:see",
    "supplier": "parties:supplier:see",
    "item": "catalog:item:see",
    "bom": "catalog:bom:see",
    "machine": "catalog:machine:see",
    "work_order": "production:work_order:see",
    "production_exception": "production:exception:see",
    "schedule": "planning:schedule:see",
    "inbound_order": "intake:inbound:see",
    "delivery_note": "delivery:note:see",
    "receivable": "billing:receivable:see",
    "receipt": "billing:receipt:see",
    "bill": "billing:receipt:see",
    "opening_import": "opening:data:see",
    "lot": "stock:balance:see",
    "bin": "stock:bin:see",
    "person": "people:person:see",
    "company": "parties:company:edit",
}
"""The right that shows a thing shows its papers and files too."""


def must_see(kind: str, by: Actor) -> None:
    """Refused(NOT_FOUND) unless this person may see things of this kind."""
    permission = SEEN_WITH.get(kind)
    if permission is None or not by.may(permission):
        raise Refused(NOT_FOUND)
