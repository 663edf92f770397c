"""How tests are spread over workers: by file, since a file's tests share houses.

Files with a browser begin, then those with slow tests, then the longest: whoever is last is last with little.
"""

import os
from collections import Counter

import pytest
from xdist.scheduler import LoadFileScheduling

ASKS_A_DATABASE = {"houses", "own_house"}
"""Fixtures below all that asks one: what asks none is the same on both engines, and runs once."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling:
    config.option.loadscopereorder = False  # ours knows what takes long
    return LoadFileScheduling(config, log)  # type: ignore[arg-type]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        without = [
            item
            for item in items
            if not ASKS_A_DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("once")
        ]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in set(without)]
    browsers = {item.path for item in items if item.get_closest_marker("browser")}
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    tests = Counter(item.path for item in items)
    items.sort(
        key=lambda item: (item.path not in browsers, item.path not in slow, -tests[item.path], item.path)
    )


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Name what failed at once: a run that is ended before its end has said it by then."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\nfailed: {report.nodeid} ({report.duration:.0f} s)", flush=True)
