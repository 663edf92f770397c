"""Rights over what devices sent, and what the floor may do without any.

A fact needs no more than the device's enrolment: somebody with a badge stood at an enrolled device and did
it, whatever their login may do. So a device acts with `FACTS` and nothing else; a program posts facts with
its user's right to report.
"""

from app.core.words import N_
from app.delivery.permissions import PICK
from app.people.actors import Permission
from app.production.permissions import REPORT
from app.stock.permissions import MAKE_RECEIPTS

DECIDE = Permission("offline:action:decide", N_("Look after what devices sent: book it again or discard it"))
FACTS = {permission.code: "own" for permission in (REPORT, MAKE_RECEIPTS, PICK)}
