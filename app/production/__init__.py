"""The shop floor: work orders, their operations, and what people reported.

A report is a physical fact: it may arrive late, counts once, keeps its own time; when it collides with the books it is
booked and flagged, never lost.
"""
