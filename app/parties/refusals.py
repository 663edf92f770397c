"""Why a customer's file is not kept as it was typed."""

from app.core.refusals import Reason
from app.core.words import N_

GATE_WITHOUT_DEPOSIT = Reason(
    "gate_without_deposit", N_("Say how much deposit: production is to wait for it")
)
A_CUSTOMER_ALREADY = Reason("a_customer_already", N_("%(name)s is a customer already"), 409)
