"""People and what they may do.

A person (badge, PIN, team) is not a user (login). A device authenticates itself; a person on it is asserted by badge.
Rights come from roles, which are editable sets of grants; a grant is a permission with a scope (own, team, all).
"""
