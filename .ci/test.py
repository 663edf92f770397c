"""Every test on SQLite, then all but the browser's on PostgreSQL; the last line adds up both rounds.

Arguments go to pytest in both rounds, for example:  .ci/test.py tests/stock -x
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
WORKERS = os.environ.get("WORKERS", "2")
ROUNDS = {
    "SQLite": ([], "not soak and not postgres"),
    "PostgreSQL": ([".ci/postgres.sh"], "not soak and not browser"),
}
NOTHING_SELECTED = 5
LEFT_OUT = ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")  # workers compile the same files: once is enough


def pytest(wrapper: list[str], marks: str, report: Path) -> int:
    """One round; returns pytest's exit code."""
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    command = [*wrapper, sys.executable, "-m", "pytest", "-m", marks, f"--junitxml={report}"]
    if WORKERS != "0":
        command += ["-n", WORKERS]
    return subprocess.run([*command, *sys.argv[1:]], cwd=ROOT, env=environment).returncode


def counts(report: Path) -> tuple[int, int, int]:
    """Passed, failed, skipped."""
    if not report.exists():
        return 0, 0, 0
    suite = ElementTree.parse(report).getroot().find("testsuite")
    total, failures, errors, skipped = (
        int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")
    )
    return total - failures - errors - skipped, failures + errors, skipped


def main() -> int:
    broken, totals = 0, (0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        for engine, (wrapper, marks) in ROUNDS.items():
            print(f"── {engine} ──", flush=True)
            report = Path(folder) / f"{engine}.xml"
            code = pytest(wrapper, marks, report)
            broken += code not in (0, NOTHING_SELECTED)
            totals = tuple(map(sum, zip(totals, counts(report), strict=True)))
    passed, failed, skipped = totals
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if broken or failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
