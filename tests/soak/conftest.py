"""A database of its own for a real server."""

from tests.upkeep.conftest import nothing  # noqa: F401
