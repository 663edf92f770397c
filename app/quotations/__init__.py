"""What we offer: quotations with their revisions, sent, accepted into an order, lost or run out."""
