"""Text that a spreadsheet program could run as a formula, made harmless and read back.

Such a text gets an apostrophe before it, and so does a text that already has apostrophes before
such a sign: taking one apostrophe off gives the text again, whatever it was.
"""

import re

_RUNS = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def harmless(text: str) -> str:
    """Give the text as it can stand in any spreadsheet."""
    return f"'{text}" if _RUNS.match(text) else text


def restored(text: str) -> str:
    """Give the text that was made harmless."""
    return text[1:] if _ESCAPED.match(text) else text
