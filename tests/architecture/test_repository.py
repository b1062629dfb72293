"""What the repository may and may not hold."""

import json
import re
import tomllib

from tests.architecture.repository import ROOT, texts

# Written in parts, so that this file does not find itself.
MACHINE_PATH = re.compile(
    "(?<![\\w.])/" + "(?:root|home|work|Users|opt/pypi)/" + "|[A-Z]:\\\\Users"
)
ADDRESS = re.compile(r"\b(?:https?|file|git\+\w+)://|@ file:")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.IGNORECASE)
PHONE = re.compile(
    r"(?<![\d.,/-])(?:\+31|0031|0)[ -]?(?:6[ -]?\d{8}|[1-9]\d{1,2}[ -]?\d{6,7})(?![\d.,])"
)
LOCKS = (
    "requirements/build.txt",
    "requirements/run.txt",
    "requirements/dev.txt",
    "requirements/node.txt",
    "frontend/package-lock.json",
)


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = {name: MACHINE_PATH.findall(text) for name, text in texts().items()}
    assert {name: paths for name, paths in found.items() if paths} == {}


def test_the_pattern_of_a_machine_path_knows_one() -> None:
    assert MACHINE_PATH.search("see /" + "home/anna/noaber")
    assert not MACHINE_PATH.search("see docs/home/page")


def test_the_number_of_a_fault_is_that_of_one_package() -> None:
    """Pages and the command line may name a fault of another; nobody else gives it a meaning."""
    of: dict[str, set[str]] = {}
    for name, text in texts().items():
        if name.startswith("src/noaber/") and name.endswith(".py"):
            for number in re.findall(r'"([A-Z]-\d{2,3})"', text):
                of.setdefault(number, set()).add(name.split("/")[2])
    found = {number: packages - {"web", "cli"} for number, packages in of.items()}
    assert len(found) > 200
    assert {number: packages for number, packages in found.items() if len(packages) > 1} == {}


def test_lock_files_name_no_host_and_have_a_hash_for_every_package() -> None:
    for lock in LOCKS:
        text = (ROOT / lock).read_text("utf-8")
        assert not ADDRESS.search(text), lock
        if lock.endswith(".txt"):
            packages = [line for line in text.splitlines() if re.match(r"[A-Za-z]", line)]
            entries = re.split(r"\n(?=[A-Za-z])", text.strip())
            assert len(entries) == len(packages) > 0
            assert all("--hash=sha256:" in entry for entry in entries), lock


def test_what_runs_is_locked_to_the_same_versions_as_what_is_developed_with() -> None:
    def pinned(lock: str) -> set[str]:
        return set(re.findall(r"^[\w.-]+==[^ ]+", (ROOT / lock).read_text("utf-8"), re.MULTILINE))

    assert pinned("requirements/run.txt") <= pinned("requirements/dev.txt")


def test_examples_and_documentation_hold_no_contact_details_of_people() -> None:
    for name, text in texts().items():
        if name.startswith(("examples/", "definitions/", "docs/")):
            assert not EMAIL.findall(text), name
            assert not PHONE.findall(text), name


def test_the_pattern_of_a_phone_number_knows_one_and_leaves_amounts_alone() -> None:
    assert PHONE.search("bel 06-" + "12345678")
    assert PHONE.search("0591 " + "123456")
    assert not PHONE.search("€ 3.057.170 van 0,25")


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)
    named = list(project["project"]["dependencies"])
    for group in project["dependency-groups"].values():
        named += group
    lines = [line.strip() for line in text.splitlines()]
    assert len(named) > 20
    for dependency in named:
        at = next(i for i, line in enumerate(lines) if line.startswith(f'"{dependency}"'))
        assert re.match(r"# \S+: \S", lines[at - 1]), dependency


def test_front_end_packages_have_exact_versions() -> None:
    package = json.loads((ROOT / "frontend" / "package.json").read_text("utf-8"))
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
