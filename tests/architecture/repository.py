"""The files of this repository, as git knows them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "noaber"


def files() -> list[Path]:
    """Every file that is, or is about to be, in git."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> dict[str, str]:
    """Name and text of every file that holds text."""
    found = {}
    for file in files():
        try:
            found[str(file.relative_to(ROOT))] = file.read_text("utf-8")
        except UnicodeDecodeError:
            continue
    return found
