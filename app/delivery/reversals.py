"""How postings that belong to delivery are taken back: by reversing their note."""

from app.delivery import notes

REVERSALS = {"delivery_note": notes.reverse}
