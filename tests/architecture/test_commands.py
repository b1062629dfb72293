"""What people are told to type is what CI runs."""

import os
import re

from tests.architecture.repository import ROOT, texts


def test_the_readme_opens_with_the_two_commands_and_ci_runs_them() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"```\w*\n(.*?)```", readme, re.DOTALL)
    assert block is not None
    commands = re.findall(r"^(?:\$ )?(script/\w+)", block[1], re.MULTILINE)
    assert commands == ["script/run", "script/test"]
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    for command in [*commands, "script/check"]:
        assert re.search(rf"^(?:\w+=\w+ )?{command}\b", ci, re.MULTILINE), command


def test_every_command_that_a_text_names_is_there_and_can_be_called() -> None:
    named = {
        command
        for name, text in texts().items()
        if name.endswith(".md") or name == ".ci/run"
        for command in re.findall(r"\bscript/[a-z]+\b(?!\.)", text)
    }
    assert "script/run" in named
    for command in named:
        assert os.access(ROOT / command, os.X_OK), command
