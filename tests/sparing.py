"""What every test would pay for again and again, paid once."""

import gc
import hashlib
import tempfile

import pytest
from argon2 import PasswordHasher
from jinja2 import FileSystemBytecodeCache

from tests.houses import HOME  # first: it names the database before the application is imported

from app.config import ROOT  # isort: skip
from app.people import logins  # isort: skip
from app.web.render import environment  # isort: skip


def pytest_configure(config: pytest.Config) -> None:
    """Templates are compiled in the first run only, a password is hashed as fast as it may be, and no export's parts touch a disk."""
    # Compiled templates hold the words in their language: other words are other templates.
    words = hashlib.sha256(b"".join(p.read_bytes() for p in sorted((ROOT / "app").glob("*/words.*.po"))))
    folder = config.cache.mkdir(f"templates-{words.hexdigest()[:10]}") if config.cache else HOME
    environment().bytecode_cache = FileSystemBytecodeCache(str(folder))
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    logins.hasher = lambda: cheap
    tempfile.tempdir = str(HOME)
    gc.disable()


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the collector need not look through it after each test."""
    gc.collect()
    gc.freeze()
    gc.enable()
