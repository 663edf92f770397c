"""What customers ordered. An order is written once, confirmed once, and from then on changed only by amendment."""
