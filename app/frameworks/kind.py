"""The framework order as a kind of offer."""

from app.offers.kinds import Kind

FRAMEWORK = Kind(
    name="framework_order", path="/framework-orders", table="framework_orders", lines="framework_lines", head="framework",
    written_on="agreed_on", out_at="activated_at", held="framework_order.activate", own_fact="beyond_percent",
)  # fmt: skip
