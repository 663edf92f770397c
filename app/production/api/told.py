"""How quantities, moments and operations are written for programs, and what they send with every fact."""

from datetime import datetime
from typing import Any

from app.core import clock
from app.core.quantities import Quantity
from app.web.input import Input

BASE = "/api/v1/work-orders"


def amount(quantity_q: int) -> str:
    return str(Quantity(quantity_q))


def moment(value: datetime | None) -> str | None:
    return clock.local(value).isoformat() if value is not None else None


def operation_told(step: dict[str, Any]) -> dict[str, Any]:
    return {
        "seq": step["seq"], "name": step["name"], "state": step["state"], "work_center": step["center_code"],
        "planned_machine": step["planned_code"], "machine": step["real_code"], "planned_start": moment(step["planned_start"]),
        "planned_end": moment(step["planned_end"]), "good": amount(step["good_q"]), "scrap": amount(step["scrap_q"]),
        "reports": step["reports"], "report_by": step["report_by"], "started_at": moment(step["started_at"]),
        "done_at": moment(step["done_at"]),
    }  # fmt: skip


def facts_in(form: Input) -> dict[str, Any]:
    """Who did it and when, as every fact says it."""
    return {"person": form.text("person", 60), "happened_at": form.moment("happened_at", zoned=True)}
