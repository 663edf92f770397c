"""The door: whatever a customer sends becomes an inbound order, is looked at beside its source, and then an order."""
