"""The help pages there are, and which of them a page of the product leads to. Texts: templates/help/<language>/<key>.html."""

from dataclasses import dataclass

from app.core.words import N_, Word


@dataclass(frozen=True)
class Topic:
    """One help page; `about` are the beginnings of the addresses it explains."""

    key: str
    title: Word
    summary: Word
    icon: str
    about: tuple[str, ...] = ()


TOPICS = (
    Topic("first-minutes", N_("The first ten minutes"), N_("What to look at first, by role"), icon="layout-dashboard"),
    Topic("approvals", N_("Approvals"), N_("Deciding, writing a rule, being away"), icon="stamp",
          about=("/inbox", "/approval-rules", "/delegations")),
    Topic("order-to-cash", N_("An order from the file to the money"), N_("Intake, order, plan, floor, delivery, receipt: one order all the way"),
          icon="route", about=("/orders", "/receivables", "/receipts", "/bills", "/t/")),
    Topic("quotations", N_("Inquiries and quotations"), N_("From the first question to the order: revisions, validity, what was offered before"),
          icon="file-text", about=("/inquiries", "/quotations")),
    Topic("framework-orders", N_("Framework orders and call-offs"),
          N_("What is agreed for a year, the weekly plan, what it changes, and the orders made of it"),
          icon="layers", about=("/framework-orders",)),
    Topic("intake", N_("Taking in orders"), N_("Any file, taught once; what comes again; what is asked; many at once"), icon="file-input",
          about=("/intake", "/change-requests")),
    Topic("alerts", N_("Alerts, to-dos and messages"), N_("What must not be forgotten, who hears of it, and by which way"), icon="bell-ring",
          about=("/alerts", "/alert-rules", "/todos", "/notices", "/channels", "/group-robots", "/integration-jobs")),
    Topic("planning", N_("Planning and the machines"), N_("Release, schedule, publish; what late means and why"), icon="calendar-range",
          about=("/schedules", "/work-orders", "/machines", "/work-centers", "/production-exceptions", "/calendars")),
    Topic("warehouse", N_("Stock, picking and shipping by scan"), N_("Bins, lots, moves, delivery notes, and how a posting is reversed"),
          icon="warehouse", about=("/stock", "/bins", "/delivery-notes", "/scan")),
    Topic("scanner", N_("Scanners"), N_("PDA, USB, Bluetooth: what to set, and what to do when codes come out wrong"), icon="scan-line",
          about=("/setup/scanner", "/codes")),
    Topic("tablet", N_("The tablet at the machines"), N_("Let a tablet in, badges and PINs, reporting without a network"), icon="tablet-smartphone",
          about=("/floor", "/devices", "/badges", "/enrol", "/device-actions", "/setup")),
    Topic("customers", N_("Customers, credit and prices"), N_("The file that fills an order, the credit bar, deposits, price lists"),
          icon="building-2", about=("/customers", "/price-lists", "/prices", "/part-numbers", "/customer-contacts", "/customer-addresses")),
    Topic("masters", N_("Items, customers and importing"), N_("Units and weights, part numbers, Excel in and out"), icon="package",
          about=("/items", "/boms", "/bom-lines", "/suppliers", "/company")),
    Topic("custom-fields", N_("Custom fields"), N_("Fields of your own in forms, lists, files, papers and rules"), icon="list-plus",
          about=("/custom-fields",)),
    Topic("going-live", N_("Going live on a Saturday"), N_("Stock, open orders and receivables from the old system, to the cent"),
          icon="archive-restore", about=("/opening",)),
    Topic("people", N_("People, logins and rights"), N_("Who may do what, one-time passwords, approvals, keys of programs"), icon="users",
          about=("/people", "/teams", "/departments", "/users", "/roles", "/api-keys", "/me", "/audit")),
    Topic("keyboard", N_("Lists, keyboard and search"), N_("Shortcuts, pinyin initials, saved views, columns, many rows at once"), icon="keyboard",
          about=("/search",)),
    Topic("backups", N_("Backups and the server"), N_("Where the data lies, the nightly copy, bringing it back"), icon="archive", about=("/_map",)),
    Topic("words", N_("Words of the trade"), N_("What 交期, 批号, 红冲 and the rest mean here"), icon="bookmark"),
)  # fmt: skip
BY_KEY = {topic.key: topic for topic in TOPICS}


def topic_for(path: str) -> Topic | None:
    """The help page about this address of the product."""
    for topic in TOPICS:
        if any(
            path == start.rstrip("/") or path.startswith(start.rstrip("/") + "/") for start in topic.about
        ):
            return topic
    return None
