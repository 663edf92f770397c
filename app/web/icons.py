"""Icons of the sprite: drawn by a function that remembers, since a list has fifty of them."""

from functools import lru_cache

from markupsafe import Markup

from app.web.assets import asset

SPRITE = "vendor/icons.svg"
_ALIASES = {"bad": "stop", "info": "run", "neutral": "todo"}
_SVG = Markup('<svg class="{}" width="{}" height="{}" aria-hidden="true"><use href="{}#{}"/></svg>')


@lru_cache(2048)
def _drawn(look: str, size: int, sprite: str, name: str) -> Markup:
    return _SVG.format(look, size, size, sprite, name)


def icon(name: str, size: int = 16) -> Markup:
    """A Lucide outline."""
    return _drawn("i", size, asset(SPRITE), f"i-{name}")


def glyph(kind: str, size: int = 14) -> Markup:
    """The filled shape of a status kind."""
    return _drawn("i g", size, asset(SPRITE), f"s-{_ALIASES.get(kind, kind)}")
