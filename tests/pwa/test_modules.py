"""The pages' pure modules run under node; what the shell holds, its weight and its words are checked here."""

import gzip
import json
import re
import subprocess
from pathlib import Path

import pytest

from app.offline.actions import ACTIONS
from app.offline.shell import shell_script

ROOT = Path(__file__).resolve().parents[2]
PWA, STATIC = ROOT / "pwa", ROOT / "static"
IMPORTED = re.compile(r"""(?:^import[^"(]*|^export [^"(]*from\s*)"([^"]+)\"""", re.M)
FETCHED_LATER = re.compile(r"""\bimport\("([^"]+)"\)""")


@pytest.mark.parametrize(
    "name", sorted(path.name for path in Path(__file__).parent.glob("modules/*.test.mjs"))
)
def test_the_pure_modules_hold_under_node(name: str) -> None:
    run = subprocess.run(
        ["node", "--no-warnings", "--test", f"tests/pwa/modules/{name}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stdout


def loaded(entry: Path, later: bool = False) -> set[Path]:
    """The modules that a page loads for its first screen, or with `later` ever."""
    found, open_ = set(), [entry]
    while open_:
        path = open_.pop()
        if path in found or path == PWA / "shell.js":
            continue
        found.add(path)
        text = path.read_text(encoding="utf-8")
        for name in IMPORTED.findall(text) + (FETCHED_LATER.findall(text) if later else []):
            if name.startswith("/static/"):
                found.add(STATIC / name.removeprefix("/static/"))
            elif name.startswith("/pwa/"):
                open_.append(PWA / name.removeprefix("/pwa/"))
            else:
                open_.append((path.parent / name).resolve())
    return found


def weight(paths: set[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


@pytest.mark.parametrize("page", ["floor", "scan", "enrol"])
def test_the_first_screen_needs_at_most_30_kilobytes_of_script(page: str) -> None:
    modules = loaded(PWA / f"{page}.js")
    assert weight(modules | {PWA / "baseline.js"}) <= 30_000
    assert (PWA / f"{page}.html").stat().st_size <= 8_000


@pytest.mark.parametrize("page", ["floor", "scan", "enrol"])
def test_the_first_screen_needs_at_most_10_kilobytes_of_style(page: str) -> None:
    html = (PWA / f"{page}.html").read_text(encoding="utf-8")
    assert weight({ROOT / name for name in re.findall(r'stylesheet" href="/([^"]+)"', html)}) <= 10_000


def shell_files() -> list[str]:
    return json.loads(shell_script(PWA, STATIC).split("FILES = ")[1].rstrip(";\n"))


def test_the_shell_holds_whatever_a_page_or_the_service_worker_loads() -> None:
    entries = [PWA / f"{name}.js" for name in ("floor", "scan", "enrol", "service-worker")]
    needed = {path for entry in entries for path in loaded(entry, later=True)} - {PWA / "service-worker.js"}
    for page in PWA.glob("*.html"):
        names = re.findall(r'(?:href|src)="(/(?:static|pwa)/[^"]+)"', page.read_text(encoding="utf-8"))
        needed |= {ROOT / name.lstrip("/") for name in names}
    assert (
        sorted(
            str(path.relative_to(ROOT))
            for path in needed
            if f"/{path.relative_to(ROOT)}" not in shell_files()
        )
        == []
    )


def test_any_change_of_a_file_of_the_shell_is_a_new_version(tmp_path: Path) -> None:
    pwa, static = tmp_path / "pwa", tmp_path / "static"
    (static / "css").mkdir(parents=True)
    pwa.mkdir()
    (pwa / "service-worker.js").write_text("1")
    (pwa / "floor.html").write_text('<link href="/static/css/floor.css">')
    (static / "css/floor.css").write_text("a{}")
    first = shell_script(pwa, static)
    assert "/static/css/floor.css" in first and "service-worker" not in first
    for path in (pwa / "service-worker.js", pwa / "floor.html", static / "css/floor.css"):
        before = shell_script(pwa, static)
        path.write_text(path.read_text() + " ")
        assert shell_script(pwa, static) != before, path


def sources() -> dict[str, str]:
    return {
        str(path.relative_to(PWA)): path.read_text(encoding="utf-8")
        for path in PWA.rglob("*.js")
        if path.name not in {"zh_CN.js", "zh_CN_later.js", "words.js"}
    }


def test_every_word_of_the_pages_has_its_chinese_and_no_chinese_is_left_over() -> None:
    literals = {
        json.loads(found)
        for text in sources().values()
        for found in re.findall(r'\bt\(("(?:[^"\\]|\\.)*")', text)
    }
    entries = re.findall(
        r'^  ("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*"),$',
        "".join(
            (PWA / "words" / name).read_text(encoding="utf-8") for name in ("zh_CN.js", "zh_CN_later.js")
        ),
        re.M,
    )
    chinese = {json.loads(source): json.loads(words) for source, words in entries}
    assert sorted(literals - chinese.keys()) == []
    assert sorted(chinese.keys() - literals) == []
    facts = re.compile(r"%\(\w+\)s")
    assert [s for s, words in chinese.items() if set(facts.findall(s)) != set(facts.findall(words))] == []


def test_device_and_server_know_the_same_acts() -> None:
    names = re.findall(
        r'^  "([a-z]+\.[a-z_]+)"',
        (PWA / "offline/actions.js").read_text(encoding="utf-8").split("ACTIONS = {")[1],
        re.M,
    )
    assert sorted(names) == sorted(ACTIONS)


def test_words_are_only_given_to_t_as_they_stand() -> None:
    computed = [
        (name, found)
        for name, text in sources().items()
        for found in re.findall(r'(?<![\w.])t\((?!")[^)]*\)', text)
    ]
    assert computed == []


def test_chinese_is_written_with_full_width_punctuation() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (PWA / "words").glob("zh_CN*.js"))
    assert re.findall(r"[\u4e00-\u9fff][,:;()!]|[,;()!][\u4e00-\u9fff]", text) == []
