"""Where everything is. All stock is a movement between two places; what is on hand is the sum.

Movements are never edited or deleted; a mistake is undone by a posting that refers to it. Supplier, customer,
production, scrap and count difference are places too, so that nothing appears from or vanishes to nowhere.
"""
