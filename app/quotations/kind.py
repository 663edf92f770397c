"""The quotation as a kind of offer."""

from app.offers.kinds import Kind

QUOTATION = Kind(
    name="quotation", path="/quotations", table="quotations", lines="quotation_lines", head="quotation",
    written_on="quoted_on", out_at="sent_at", held="quotation.send", own_fact="lead_days",
)  # fmt: skip
