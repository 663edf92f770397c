"""What tablets and scanners did comes in here, and the picture of the factory they work with goes out.

A device action is a fact: it is booked once, under the device's own id of it, and keeps the time at which
it happened. It is refused only for a reason from a closed list, and then parked for the office; it never
holds up those behind it.
"""
