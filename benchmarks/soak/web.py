"""The site killed at any moment while people work in it: nothing acknowledged is lost, none twice."""

from statistics import median

from django.core.management import call_command

from benchmarks.place import REFERENCE_DEAL, Place
from benchmarks.soak.asked import Asked, Outcome
from noaber.core.notation import count
from noaber.operation import checks
from tests.factories.loading import load_folder
from tests.integration.killing.web_kills import Survived, killed_web

LIVES = 2.0
"""How long the site lives at most after somebody's edit was acknowledged, in seconds."""

SLOWEST = 5.0
"""Within so many seconds the site is ready again."""


def run(place: Place, asked: Asked) -> Outcome:
    """One long round; then what `noaber check` says of the register."""
    del place
    call_command("collectstatic", interactive=False, verbosity=0)
    load_folder(REFERENCE_DEAL)
    seen = killed_web(kills=asked.kills, lives=LIVES, seed=asked.seed, deadline=asked.deadline())
    failures = [*seen.faults, *map(str, checks.findings())]
    failures += [
        f"pas na {seconds:.1f} s weer klaar, bij belasting {load:.1f}"
        for seconds, load in zip(seen.ready, seen.loads, strict=True)
        if seconds > SLOWEST
    ]
    return Outcome(_told(seen), failures)


def _told(seen: Survived) -> str:
    ready = sorted(seen.ready) or [0.0]
    loads = sorted(seen.loads) or [0.0]
    return (
        f"{count(len(seen.ready))} keer gedood, {count(seen.unanswered)} keer geen antwoord; bevestigd: "
        f"{count(seen.edits)} wijzigingen, {count(seen.files)} bestanden, {count(seen.people)} "
        f"uitnodigingen; {count(seen.documents)} documenten heel; {count(seen.letters)} brieven, "
        f"{count(seen.again)} nog eens gekomen, gelijk, {count(seen.waiting)} wachtten nog en waren "
        f"{seen.sent_after:.0f} s later weg; klaar na {median(ready):.1f} s, hoogstens "
        f"{ready[-1]:.1f} s, bij een belasting van {loads[0]:.1f} tot {loads[-1]:.1f}"
    )
