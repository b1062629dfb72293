"""A reference names a thing by kind and stable code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.ref import Ref, RefError


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("project:werken-9", Ref("project", "werken-9")),
        ("municipality:GM0114", Ref("municipality", "GM0114")),
        ("progress_report:2021/najaar/2.4a", Ref("progress_report", "2021/najaar/2.4a")),
        ("import-row:9", Ref("import-row", "9")),
    ],
)
def test_a_reference_reads_as_it_is_written(text: str, ref: Ref) -> None:
    assert Ref.parse(text) == ref
    assert str(ref) == text


@pytest.mark.parametrize(
    "text",
    ["project", "Project:werken-9", ":werken-9", "p9:x", "-a:x", "a-:x", "a__b:x", "project\n:x"],
)
def test_a_kind_is_lower_case_words(text: str) -> None:
    with pytest.raises(RefError):
        Ref.parse(text)


@pytest.mark.parametrize("code", ["", "-9", ".9", "/9", "werken 9", "werken:9", "é", "9\n"])
def test_a_code_starts_with_a_letter_or_digit_and_has_no_spaces(code: str) -> None:
    with pytest.raises(RefError, match="a code is"):
        Ref("project", code)


def test_a_wrong_kind_is_named_as_such() -> None:
    with pytest.raises(RefError, match=r"a kind is .* not 'Project'"):
        Ref("Project", "werken-9")


def test_references_sort_by_kind_and_then_by_code() -> None:
    in_order = [Ref("deal", "z"), Ref("project", "a"), Ref("project", "b")]
    backwards = in_order[::-1]
    assert sorted(backwards) == in_order


@given(
    st.from_regex(r"[a-z]+([-_][a-z]+)*", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._/-]*", fullmatch=True),
)
def test_every_reference_that_is_written_is_read_back(kind: str, code: str) -> None:
    assert Ref.parse(str(Ref(kind, code))) == Ref(kind, code)
