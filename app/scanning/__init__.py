"""Scanning: what the printed codes say, and reading them from a photo.

A code names one thing by an identity that never changes, so that paper stays true after a rename. It has a
check character: a truncated or misread code is never another valid code.
"""
