"""Why a customer's file is not kept as it was typed."""

from app.core.refusals import Reason
from app.core.words import N_

GATE_WITHOUT_DEPOSIT = Reason(
    "gate_without_deposit", N_("Say how much deposit: production is to wait for it")
)
