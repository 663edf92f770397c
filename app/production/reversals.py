"""How postings that belong to production are taken back: receipts one by one."""

from app.production.receipts import reverse_receipt
from app.stock.demands import WORK_ORDER

REVERSALS = {WORK_ORDER: reverse_receipt}
