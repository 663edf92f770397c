"""What customers ordered: written once, confirmed once, and from then on changed only by amendment."""
