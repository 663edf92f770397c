"""A small factory for the device pages: its snapshot, and the codes on its paper.

snapshot.json shows four cold headers of Wang, Zhou's lathe, two delivery notes and one receipt.
"""

import json
from pathlib import Path
from typing import Any

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def code(letter: str, body: str) -> str:
    """The scan code for a letter and a body (check character by ISO 7064 MOD 37,36)."""
    product = 36
    for character in letter + body:
        product = ((product + ALPHABET.index(character)) % 36 or 36) * 2 % 37
    return letter + body + ALPHABET[(37 - product) % 36]


# The people of snapshot.json know themselves by the hash of these badges' bodies.
WANG_BADGE, ZHOU_BADGE = code("P", "7QH2M4T9KD3WX8RB"), code("P", "2ZTR8WQ6M1NCK5YD")


def snapshot() -> dict[str, Any]:
    return json.loads(Path(__file__).with_name("snapshot.json").read_text(encoding="utf-8"))
