"""How large an order file may be. Beyond this it is no order."""

MEGABYTE = 1024 * 1024
FILE_BYTES = 20 * MEGABYTE
TEXT_BYTES = 8 * MEGABYTE  # text and HTML, which grow most when read
UNPACKED_BYTES = 200 * MEGABYTE
PACKED_FREELY = 20 * MEGABYTE  # below this the ratio does not matter
PACKED_RATIO = 200
PARTS = 2000
ROWS = 20_000
COLUMNS = 200
CELLS = 1_000_000
SHEETS = 100
MERGED = 20_000
PAGES = 200
