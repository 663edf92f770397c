"""Documents: what leaves the printer. Plain data (`sheets`) is painted to PDF (`paint`).

Painting knows no table and decides nothing: every figure arrives as the words that will be read, formatted
and translated by the capability it belongs to. The same data and language always give the same bytes.
"""
