"""How postings that belong to delivery are taken back: by reversing their note."""

from app.core.rows import get
from app.delivery import notes
from app.delivery.tables import DeliveryNote
from app.people.actors import Actor
from app.stock.tables import Posting


async def reverse_note(posting_number: str, *, by: Actor) -> DeliveryNote:
    """Reverse the delivery note that a posting belongs to."""
    posting = await get(Posting, Posting.number == posting_number)
    return await notes.reverse(posting.document, by=by)


REVERSALS = {"delivery_note": reverse_note}
