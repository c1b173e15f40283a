"""The three catalogues: fetched once, checked, and read."""

import hashlib
import json
import subprocess
import sys
import types
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CACHE = ROOT / "target" / "prices"
LITELLM_FILE = "litellm/model_prices_and_context_window_backup.json"

# Catalogues do not say when they were last compared with the providers' pages. Each
# date is that of the newest event that the catalogue's data know of.
SOURCES = {
    "genai-prices": {"name": "genai-prices 0.2.3", "date": "2026-11-09", "url": "https://pypi.org/project/genai-prices/0.2.3/"},
    "notes": {"name": "Touchstone's own notes", "date": "2026-11-18", "url": None},
}


def pinned():
    """Names, versions and hashes of requirements.txt."""
    for line in (HERE / "requirements.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            package, digest = line.split(" --hash=sha256:")
            name, version = package.split("==")
            yield name, version, digest


def fetch():
    """Downloads what is missing, checks every file, and unpacks what is needed."""
    wheels = CACHE / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    for name, version, digest in pinned():
        stem = f"{name.replace('-', '_')}-{version}-"
        have = [p for p in wheels.glob(stem + "*") if hashlib.sha256(p.read_bytes()).hexdigest() == digest]
        if not have:
            print(f"prices: downloading {name} {version}", file=sys.stderr)
            # One platform, so that the hash fits everywhere: only data are taken out of it.
            platform = ["--platform", "manylinux_2_28_x86_64", "--python-version", "3.11", "--only-binary", ":all:"]
            subprocess.run(
                [sys.executable, "-m", "pip", "download", "-q", "--no-deps", *platform, "-d", str(wheels), f"{name}=={version}"],
                check=True,
            )
            have = [p for p in wheels.glob(stem + "*") if hashlib.sha256(p.read_bytes()).hexdigest() == digest]
        if not have:
            sys.exit(f"prices: {name} {version} is not the pinned file (sha256 {digest})")
        folder = unpacked(name)
        if not folder.exists():
            with zipfile.ZipFile(have[0]) as wheel:
                only = [LITELLM_FILE] if name == "litellm" else None
                wheel.extractall(folder, members=only)
    # genai-prices' own code needs pydantic; its client for updates is not needed.
    try:
        import pydantic  # noqa: F401
    except ImportError:
        libs = CACHE / "libs"
        if not libs.exists():
            subprocess.run(
                [sys.executable, "-m", "pip", "install", "-q", "--target", str(libs), "pydantic", "typing_extensions"], check=True
            )
        sys.path.insert(0, str(libs))


def unpacked(name):
    return CACHE / "-".join(next((n, v) for n, v, _ in pinned() if n == name))


def genai():
    """genai-prices' providers by id, as its own objects."""
    sys.modules.setdefault("httpx2", types.ModuleType("httpx2"))
    sys.path.insert(0, str(unpacked("genai-prices")))
    from genai_prices import data

    return {provider.id: provider for provider in data.providers}


def litellm():
    return json.loads((unpacked("litellm") / LITELLM_FILE).read_text())


def model_prices():
    return json.loads((unpacked("model-prices") / "model_prices" / "snapshot.json").read_text())


def ours():
    return json.loads((HERE / "ours.json").read_text())
