"""Erasing a person from the register, and doing so again after a backup brought them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from noaber.access import actions as access
from noaber.access import queries as people
from noaber.access.queries import Person
from noaber.access.rules import Actor
from noaber.files import actions as stored
from noaber.files import queries as stored_files
from noaber.files.child import search
from noaber.files.rules import File, Searched
from noaber.files.rules import holds as named_in
from noaber.imports import actions as imports
from noaber.imports import queries as files
from noaber.imports.redacting import holds
from noaber.operation.erasures import not_erased
from noaber.operation.rules import Item, Line
from noaber.record import personal, queries
from noaber.record.actions import erase_values, note_erased, revision
from noaber.record.rules import Held, plain
from noaber.reminders import actions as reminders


@dataclass(frozen=True)
class Looked:
    """A file that people added, whether its name has the name in it, and what its text says."""

    file: File
    named: bool
    searched: Searched


@dataclass(frozen=True)
class Found:
    """What there is of a person. `files` are names of kept files; `mentions` counts rows per
    column in which the name was typed as text, which can never be erased. `added` are files that
    people added with the name in them, or that cannot be searched: those are for a human.
    """

    people: tuple[Person, ...]
    values: tuple[Held, ...]
    words: tuple[str, ...]
    files: tuple[str, ...]
    mentions: tuple[tuple[str, int], ...]
    added: tuple[Looked, ...]

    @property
    def erasable(self) -> bool:
        """Whether there is anything to erase."""
        named = any(looked.named for looked in self.added)
        return bool(self.people or self.values or self.files or named)


@dataclass(frozen=True)
class Done:
    """How much was erased, and whether no copy is left in the log of the database. `named` counts
    files that were called after the person; `added` are those that still hold the name, or may.
    """

    people: int
    values: int
    files: int
    log_empty: bool
    named: int = 0
    added: tuple[Looked, ...] = ()


def find(words: str) -> Found:
    """What there is of the person with this name, address or code, or about this subject."""
    wanted = plain(words)
    persons = tuple(
        person
        for person in people.people()
        if wanted in (plain(person.name), person.email.casefold(), person.code)
    )
    codes = {f"author:{person.code}" for person in persons}
    values = tuple(
        dict.fromkeys(
            [
                *queries.personal_values(words),
                *(held for code in sorted(codes) for held in queries.personal_values(code)),
            ]
        )
    )
    named = [held.text for held in values]
    named += [text for person in persons for text in (person.name, person.email)]
    # What was typed may be a code, which says nothing; a name may also be in files alone.
    named += [words] if " " in words.strip() else []
    texts = tuple(dict.fromkeys(text for text in named if text))
    kept = tuple(name for name, _, content in files.all_kept() if holds(name, content, texts))
    return Found(persons, values, texts, kept, queries.mentions(texts), _added(texts))


def _added(words: Sequence[str]) -> tuple[Looked, ...]:
    """The files that people added that hold the words, or of which that cannot be told."""
    looked = [
        Looked(file, named_in(file.name, words), search(file.name, content, words))
        for file, content in (stored_files.all_stored() if words else ())
    ]
    return tuple(each for each in looked if each.named or each.searched != Searched())


def erase(found: Found, *, by: Actor, at: datetime) -> Done:
    """Erase what was found, in one revision that says that it happened and not whom it was about."""
    with revision(by=by, at=at, action="erase", subject="person"):
        redacted = imports.redact(found.words, by=by, at=at)
        named = stored.erase_names(found.words, by=by, at=at)
        for person in found.people:
            access.erase_person(person.code, by=by, at=at)
            reminders.forget(person.code)
        erase_values([held.token for held in found.values], by=by, at=at)
    counts = len(found.people), len(found.values), redacted, personal.leave_no_copy()
    return Done(*counts, named, found.added)


def replay(lines: Sequence[Line], *, by: Actor, at: datetime) -> Done:
    """Erase again what is on the list and came back with a backup."""
    back = not_erased(tuple(lines))
    if not back:
        return Done(0, 0, 0, log_empty=True)
    values = queries.values_behind(_codes(back, "value"))
    persons = [found for code in _codes(back, "person") if (found := people.person(code))]
    words = [held.text for held in values]
    words += [text for person in persons for text in (person.name, person.email)]
    added = _added(words)
    with revision(by=by, at=at, action="replay_erasures", subject="person") as r:
        redacted = imports.redact(words, by=by, at=at)
        named = stored.erase_names(words, by=by, at=at)
        # Of a file whose names nobody knows any more, nothing but the hash can stay.
        for code, left in {
            i.partition(":")[2]: left for i, left in back if i[:5] == "file:"
        }.items():
            if queries.left_of(f"file:{code}") != left:
                imports.drop_content(code, by=by, at=at)
                redacted += 1
        for person in persons:
            access.erase_person(person.code, by=by, at=at)
            reminders.forget(person.code)
        erase_values([held.token for held in values], by=by, at=at)
        done = {(e.item, e.left) for e in queries.erasures()}
        for item, left in back:
            if (item, left) not in done:
                note_erased(item, left=left, stamp=r)
    return Done(len(persons), len(values), redacted, personal.leave_no_copy(), named, added)


def _codes(items: Sequence[Item], kind: str) -> list[str]:
    return [item.partition(":")[2] for item, _ in items if item.startswith(f"{kind}:")]
