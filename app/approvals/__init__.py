"""Who must agree before a decision is carried out.

Rules are data: for a command, conditions over named facts and the steps. A request remembers the facts it was made for;
when it is granted, the command runs as its asker, with the asker's rights of that day.
"""
