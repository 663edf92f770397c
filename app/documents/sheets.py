"""What stands on each sheet, as plain data: every figure is the text that will be read, with its unit.

`qr` is the payload of a QR code: ASCII, normally `codes.url(host, code)`. Empty text leaves it out.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Company:
    """Our house, as it signs: name, how to reach it, where to pay, and its seal (PNG or JPEG)."""

    name: str
    english_name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    tax_number: str = ""
    bank: str = ""
    bank_account: str = ""
    seal: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who a commercial document is addressed to."""

    name: str
    address: str = ""
    contact: str = ""
    phone: str = ""
    tax_number: str = ""


@dataclass(frozen=True, kw_only=True)
class TravellerOperation:
    """One row of a traveller: the operation, where and when it is planned, and its own code."""

    sequence: str
    name: str
    qr: str
    machine: str = ""
    start: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Traveller:
    """流转卡: goes with a work order over the floor, A4."""

    company: Company
    number: str
    qr: str
    item: str
    description: str
    quantity: str
    due: str
    operations: tuple[TravellerOperation, ...]
    quantity_echo: str = ""
    customer: str = ""
    sales_order: str = ""
    drawing: str = ""
    drawing_revision: str = ""
    material: str = ""
    heat: str = ""
    lot: str = ""
    note: str = ""
    rush: bool = False
    printed: str = ""


@dataclass(frozen=True, kw_only=True)
class Label:
    """A label on a basket, carton or lot, 100 × 70 mm. `code` is printed under the QR code, to be typed.

    `barcode` is an optional Code 128 for the customer's scanner (ASCII), left out if it is too long.
    """

    company: str
    title: str
    item: str
    description: str
    quantity: str
    qr: str
    code: str = ""
    quantity_echo: str = ""
    weight: str = ""
    lot: str = ""
    heat: str = ""
    customer: str = ""
    customer_item: str = ""
    order: str = ""
    date: str = ""
    inspector: str = ""
    sequence: str = ""
    barcode: str = ""


@dataclass(frozen=True, kw_only=True)
class BinLabel:
    """A label on a bin's shelf, 100 × 70 mm: its code is readable from two metres."""

    bin: str
    warehouse: str
    qr: str
    code: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A person's card, 85.6 × 54 mm."""

    company: str
    name: str
    number: str
    qr: str
    team: str = ""
    job: str = ""


@dataclass(frozen=True, kw_only=True)
class DeliveryLine:
    """One row of a delivery slip; prices stay empty on slips without prices."""

    line: str
    description: str
    quantity: str
    unit: str
    customer_item: str = ""
    lot: str = ""
    cartons: str = ""
    net_weight: str = ""
    unit_price: str = ""
    amount: str = ""


@dataclass(frozen=True, kw_only=True)
class DeliverySlip:
    """送货单: the paper the customer signs, 241 × 140 mm, continuous, three copies. Weights are in kg."""

    company: Company
    number: str
    date: str
    qr: str
    customer: str
    lines: tuple[DeliveryLine, ...]
    address: str = ""
    receiver: str = ""
    phone: str = ""
    order: str = ""
    customer_order: str = ""
    carrier: str = ""
    waybill: str = ""
    vehicle: str = ""
    contact: str = ""
    total: str = ""
    total_cartons: str = ""
    total_weight: str = ""
    total_amount: str = ""
    with_prices: bool = False
    terms: tuple[str, ...] = ()
    prepared_by: str = ""
    shipped_by: str = ""


@dataclass(frozen=True, kw_only=True)
class ConfirmedLine:
    """One row of an order confirmation: quantity and price each with their own unit."""

    line: str
    item: str
    description: str
    quantity: str
    unit_price: str
    price_unit: str
    amount: str
    customer_item: str = ""
    quantity_echo: str = ""
    tax_rate: str = ""
    due: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderConfirmation:
    """订单确认书, A4. `total_in_words` is the amount in 大写 or in the reader's language."""

    company: Company
    customer: Party
    number: str
    date: str
    lines: tuple[ConfirmedLine, ...]
    currency: str
    total: str
    qr: str = ""
    revision: str = ""
    customer_order: str = ""
    net: str = ""
    tax: str = ""
    total_in_words: str = ""
    payment_terms: str = ""
    trade_term: str = ""
    contact: str = ""
    terms: tuple[str, ...] = ()
    prepared_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Quotation(OrderConfirmation):
    """报价单, A4: what an order would confirm, how long it holds and how soon after the order it is delivered."""

    valid_until: str
    lead: str


@dataclass(frozen=True, kw_only=True)
class FrameworkOrder(OrderConfirmation):
    """框架协议, A4: what is agreed in all, and from when to when it is called off."""

    valid: str
    firm: str


@dataclass(frozen=True, kw_only=True)
class StatementLine:
    """One posting of a statement: what was charged, what was paid, and what is owed after it."""

    date: str
    kind: str
    document: str
    order: str = ""
    description: str = ""
    quantity: str = ""
    charged: str = ""
    paid: str = ""
    balance: str = ""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """对账单, A4: a customer's account over a period. `ageing` is (span, amount) from young to old."""

    company: Company
    customer: Party
    number: str
    period: str
    currency: str
    opening: str
    charged: str
    paid: str
    closing: str
    lines: tuple[StatementLine, ...]
    qr: str = ""
    closing_in_words: str = ""
    payable_by: str = ""
    payment_terms: str = ""
    ageing: tuple[tuple[str, str], ...] = ()
    terms: tuple[str, ...] = ()
    prepared_by: str = ""
    date: str = ""
