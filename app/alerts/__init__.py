"""Alerts: what must not be forgotten. Rules are data; a sweep raises, lifts and closes alerts by itself.

A thing has at most one open alert of a kind; snoozing needs a reason and ends; closing leaves an event on the thing.
"""
