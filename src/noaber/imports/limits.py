"""How much a file may be and may cost; a deal of the size of the largest takes a tenth of it."""

MEGABYTE = 1_000_000

LARGEST_FILE = 20 * MEGABYTE
LARGEST_FOLDER = 60 * MEGABYTE
LARGEST_UNPACKED = 100 * MEGABYTE
LARGEST_RATIO = 200
"""How many times larger a workbook may become by unpacking, once it is more than a few MB."""
RATIO_COUNTS_FROM = 10 * MEGABYTE
MOST_PARTS = 2_000

MOST_SHEETS = 60
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_CELLS = 400_000
MOST_SIGNS = 20_000_000
LONGEST_LINE = 200_000

CHILD_MEMORY = 512 * MEGABYTE
CHILD_CPU_SECONDS = 6
CHILD_WALL_SECONDS = 8
