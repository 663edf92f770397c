"""开账, going live: what the house begins with, taken over from the system before it, to the cent.

Files of opening stock, open orders, open purchases, receivables and acceptance bills are kept, checked as a whole with the
old system's totals beside ours, and booked whole or not at all. Each row keeps the key it had in the old system: the same
file again books nothing, a corrected one only what differs. All of it can be taken back until the first real posting;
开账完成 ends it.
"""
