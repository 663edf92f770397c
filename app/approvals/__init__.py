"""Who must agree before a decision is carried out.

Rules are data: for a command, conditions over named facts and steps in turn, each with those who agree: one of them (或签)
or all (会签). A request remembers the facts and the rule it was made for; when it is granted, the command runs as its asker,
with the asker's rights of that day. Nobody agrees to what he asks himself unless the rule says so, and no request is left
with nobody: a substitute stands in, else the administrators are told.
"""
