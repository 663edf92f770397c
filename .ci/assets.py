"""Fills static/vendor/ from node_modules/: scripts, fonts, icon sprite, vendor.json (sha256 of each file).

The icons are those that the code names: icon("truck"), icon="truck", data-icon="truck", "icon": "truck",
icon: str = "truck", icon_button(label, "truck"), #i-truck. Names that only appear at run time stand in a
comment: {# icons: truck check #}.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

COPIES = {
    "idb.js": "idb/build/index.js",
    "sortable.js": "sortablejs/Sortable.min.js",
    "barcode-detector.js": "barcode-detector/dist/iife/ponyfill.js",
    "zxing/zxing_reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
    "inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "fonts/NotoSansSC-Regular.ttf": "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "fonts/NotoSansSC-Bold.ttf": "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
    "axe.min.js": "axe-core/axe.min.js",
}
# One file, since an extension that loads after htmx may miss the page it should watch.
HTMX = ["htmx.min.js", "ext/hx-sse.min.js", "ext/hx-preload.min.js"]

# Filled shapes on a 24 grid: state is read by shape as well as by colour.
STATUS_GLYPHS = {
    "s-todo": "M12 2a10 10 0 100 20 10 10 0 000-20zm0 3.2a6.8 6.8 0 110 13.6 6.8 6.8 0 010-13.6z",
    "s-run": "M12 2a10 10 0 100 20 10 10 0 000-20zm0 3a7 7 0 010 14z",
    "s-ok": "M12 2a10 10 0 100 20 10 10 0 000-20zm5.6 7.7l-6.7 7.1-4.6-4.3 2-2.2 2.5 2.3 4.6-4.9z",
    "s-warn": "M12 1.8c.8 0 1.4.4 1.8 1.1l9 16c.8 1.4-.2 3.1-1.8 3.1H3c-1.6 0-2.6-1.7-1.8-3.1l9-16"
    "c.4-.7 1-1.1 1.8-1.1zM10.5 8.5v6h3v-6zm0 7.8v3h3v-3z",
    "s-stop": "M4 2h16a2 2 0 012 2v16a2 2 0 01-2 2H4a2 2 0 01-2-2V4a2 2 0 012-2zm2 8.2v3.6h12v-3.6z",
    "s-chg": "M12 1l11 11-11 11L1 12z",
    "s-pause": "M12 2a10 10 0 100 20 10 10 0 000-20zM8 7.5h2.8v9H8zm5.2 0H16v9h-2.8z",
    "s-draft": "M5 2h14v20H5zm3 3v14h8V5z",
}

READ_FOR_ICONS = {
    "templates": {".html", ".svg"},
    "pwa": {".html", ".js"},
    "static/js": {".js"},
    "app": {".py"},
}
NAME = r"[a-z][a-z0-9-]*"
ICON = re.compile(
    rf"""\bicon(?: ["']?\s*[(=:] | :\s*[\w\[\]]+\s*= )\s*["']({NAME})["']
      |  \bicon_button\( (?: _\([^()]*\) | "[^"]*" | [\w.]+ ),\s*["']({NAME})["']
      |  \#i-({NAME})""",
    re.VERBOSE,
)
ICONS_IN_COMMENT = re.compile(r"(?:\{#|#|//|/\*)\s*icons:([a-z0-9\- ]+)")


def icon_names(text: str) -> set[str]:
    """Names of the icons that a source file uses."""
    names = {name for groups in ICON.findall(text) for name in groups if name}
    for listed in ICONS_IN_COMMENT.findall(text):
        names.update(listed.split())
    return names


def used_icons() -> dict[str, Path]:
    """Icon name → the first file that names it."""
    found: dict[str, Path] = {}
    for folder, suffixes in READ_FOR_ICONS.items():
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes:
                for name in icon_names(path.read_text(encoding="utf-8")):
                    found.setdefault(name, path)
    return found


def sprite(used: dict[str, Path], lucide: dict) -> str:
    """One SVG with a symbol i-<name> per icon and s-<kind> per status; SystemExit names unknown icons."""
    symbols, unknown = [], []
    for name in sorted(used.keys() - STATUS_GLYPHS.keys()):
        original = lucide["aliases"].get(name, {}).get("parent", name)
        if original in lucide["icons"]:
            symbols.append((f"i-{name}", lucide["icons"][original]["body"]))
        else:
            unknown.append(f'{used[name].relative_to(ROOT)}: Lucide has no icon "{name}"')
    if unknown:
        raise SystemExit("\n".join(unknown))
    for name, path in STATUS_GLYPHS.items():
        symbols.append((name, f'<path fill="currentColor" fill-rule="evenodd" d="{path}"/>'))
    body = "\n".join(f'<symbol id="{id_}" viewBox="0 0 24 24">{shape}</symbol>' for id_, shape in symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'


def copy(source: Path, target: Path) -> None:
    """Copies unless size and time already agree."""
    old, new = target.stat() if target.exists() else None, source.stat()
    if old is None or (old.st_size, int(old.st_mtime)) != (new.st_size, int(new.st_mtime)):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def main() -> None:
    for target, source in COPIES.items():
        copy(PACKAGES / source, VENDOR / target)
    htmx = "\n".join((PACKAGES / "htmx.org" / "dist" / part).read_text(encoding="utf-8") for part in HTMX)
    (VENDOR / "htmx.bundle.js").write_text(htmx, encoding="utf-8")
    lucide = json.loads((PACKAGES / "@iconify-json/lucide/icons.json").read_text(encoding="utf-8"))
    (VENDOR / "icons.svg").write_text(sprite(used_icons(), lucide), encoding="utf-8")
    names = sorted([*COPIES, "htmx.bundle.js", "icons.svg"])
    digests = {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in names}
    (VENDOR / "vendor.json").write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
