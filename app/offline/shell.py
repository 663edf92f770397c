"""What a floor or scan device keeps so that it starts without a network: the shell's files and their version.

The service worker imports this as `/pwa/shell.js` and names the version in its own first line. Browsers compare
it byte by byte, so any change of a file of the shell is a new version of the whole; a change that is only in an
imported module they find, but fail to start.
"""

import hashlib
import json
import re
from pathlib import Path

PAGES = ("/floor", "/scan", "/enrol")
FETCHED_WHEN_USED = ("/static/vendor/barcode-detector.js",)
OUTSIDE = {"service-worker.js"}
STATIC = re.compile(r"""["'](/static/[\w./-]+\.\w+)["']""")


def shell_script(pwa: Path, static: Path) -> str:
    """The module `export const VERSION = "…"; export const FILES = ["/floor", …];` for these two folders.

    In FILES are the pages, everything in `pwa`, and what `pwa` names below `/static/` and exists.
    """
    sources = [path for path in sorted(pwa.rglob("*")) if path.is_file() and path.name not in OUTSIDE]
    files = {
        f"/pwa/{path.relative_to(pwa).as_posix()}": path
        for path in sources
        if path.suffix not in {".html", ".webmanifest"}
    }
    named = {name for path in sources for name in STATIC.findall(path.read_text(encoding="utf-8"))}
    files |= {name: static / name.removeprefix("/static/") for name in sorted(named - set(FETCHED_WHEN_USED))}
    present = {name: path for name, path in files.items() if path.is_file()}
    digest = hashlib.sha256()
    for path in [*sources, pwa / "service-worker.js", *present.values()]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    listed = [*PAGES, "/manifest.webmanifest", "/pwa/shell.js", *present]
    version, names = json.dumps(digest.hexdigest()[:12]), json.dumps(listed, indent=1)
    return f"export const VERSION = {version};\nexport const FILES = {names};\n"


def worker_script(pwa: Path, static: Path) -> str:
    """The service worker as it is sent, the version of the shell above it."""
    version = shell_script(pwa, static).partition("\n")[0].removeprefix("export const ")
    return f"// {version}\n{(pwa / 'service-worker.js').read_text(encoding='utf-8')}"
