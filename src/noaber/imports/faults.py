"""The rules for files and sheets, numbered, with the Dutch text a person reads.

The one table of what can be wrong with a file that comes in; documents list it from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from noaber.core.finding import Cell, Finding
from noaber.core.notation import NO_BREAK_SPACE


@dataclass(frozen=True)
class Fault:
    """A rule that a file can break: what is wrong and what would be right, with open places."""

    code: str
    message: str
    remedy: str

    def at(self, where: Cell | None, **parts: object) -> Finding:
        """Give the finding that this rule is broken there; texts of people are shown in short."""
        shown = {
            name: str(part) if name == "hint" else shortened(str(part))
            for name, part in parts.items()
        }
        return Finding(self.code, self.message.format(**shown), where, self.remedy.format(**shown))


def shortened(text: str, length: int = 300) -> str:
    """Show a text on one line, without signs that cannot be seen, and not too long."""
    # An amount stays on one line with its sign: the space between them does not break.
    line = NO_BREAK_SPACE.join(" ".join(part.split()) for part in text.split(NO_BREAK_SPACE))
    visible = "".join(
        sign if sign.isprintable() or sign == NO_BREAK_SPACE else "\N{REPLACEMENT CHARACTER}"
        for sign in line
    )
    return visible if len(visible) <= length else f"{visible[: length - 1]}…"


_WORKBOOK = "Bewaar het als XLSX of ODS, of lever een map met CSV-bestanden."
_AGAIN = "Open het in uw rekenprogramma, bewaar het opnieuw als XLSX of ODS en lever dat in."

_TABLE = (
    # The file as a whole.
    ("F-01", "{name} is er niet, of is geen gewoon bestand of gewone map.", "Controleer de naam."),
    ("F-02", "{name} is {kind} en kan niet worden ingelezen.", _WORKBOOK),
    ("F-03", "{name} is te groot: meer dan {limit}.", "Verdeel het of haal weg wat niet nodig is."),
    ("F-04", "{name} is met een wachtwoord beveiligd.", "Haal het wachtwoord eraf en bewaar het."),
    ("F-05", "{name} bevat macro’s.", "Bewaar het zonder macro’s, als XLSX of ODS."),
    ("F-06", "{name} haalt gegevens uit een ander bestand.", "Plak de waarden en bewaar opnieuw."),
    ("F-07", "{name} bevat een ingesloten bestand: {part}.", "Haal het ingesloten bestand weg."),
    ("F-08", "{name} wordt bij het uitpakken te groot: {what}.", _AGAIN),
    ("F-09", "{name} is beschadigd of onvolledig.", _AGAIN),
    ("F-10", "{name} bevat een eigen XML-definitie (DOCTYPE of ENTITY).", _AGAIN),
    ("F-11", "{name} kost te veel tijd of geheugen om te lezen.", _AGAIN),
    ("F-12", "Er staan gegevens onder rij {limit}.", "Haal weg wat daar staat, ook opmaak."),
    ("F-13", "Er staan gegevens rechts van kolom {limit}.", "Haal weg wat daar staat."),
    ("F-14", "{name} heeft te veel {what}: meer dan {limit}.", "Haal weg wat niet nodig is."),
    ("F-15", "{name} is geen UTF-8; het gaat mis op regel {line}.",
     "Bewaar het bestand als CSV met tekenset UTF-8."),
    ("F-16", "{name} bevat op regel {line} een leeg teken (NUL).",
     "Bewaar het bestand opnieuw als CSV met tekenset UTF-8."),
    ("F-17", "Regel {line} van {name} is langer dan {limit} tekens.",
     "Controleer of er een aanhalingsteken of regeleinde ontbreekt."),
    ("F-18", "De aanhalingstekens kloppen niet vanaf rij {line} van {name}.",
     "Zet om een tekst één paar dubbele aanhalingstekens; verdubbel ze binnen de tekst."),
    ("F-19", "De kolommen van {name} zijn niet met komma of puntkomma gescheiden.",
     "Bewaar het bestand als CSV met komma of puntkomma."),
    ("F-20", "{name} hoort niet in deze map.",
     "Laat alleen CSV-bestanden staan, één per blad."),
    # Sheets and columns.
    ("F-21", "Het blad “{name}” is niet bekend.{hint}",
     "Geef het een naam uit het lege werkboek, of haal het weg."),
    ("F-22", "Het blad “{name}” ontbreekt.", "Voeg het toe, met de kolomnamen op de eerste rij."),
    ("F-23", "Het blad “{name}” staat er twee keer.", "Laat één blad met deze naam staan."),
    ("F-24", "Het blad is leeg.", "Zet de kolomnamen op de eerste rij."),
    ("F-25", "De kolom “{name}” is niet bekend.{hint}",
     "Gebruik een kolomnaam uit het lege werkboek, of haal de kolom weg."),
    ("F-26", "De kolom “{name}” ontbreekt.", "Voeg de kolom toe en vul hem in."),
    ("F-27", "De kolom “{name}” staat er twee keer.", "Laat één kolom met deze naam staan."),
    ("F-28", "Deze rij heeft {count} waarden en er zijn {columns} kolommen.",
     "Controleer de scheidingstekens in deze rij."),
    ("F-29", "Er staat een waarde in een kolom zonder naam.",
     "Geef de kolom een naam of haal de waarde weg."),
    ("F-30", "Het blad heeft geen rij.", "Vul één rij in."),
    ("F-31", "Het blad heeft meer dan één rij.", "Laat één rij staan."),
    # Cells.
    ("F-32", "De cel bevat een formule.", "Plak de waarde."),
    ("F-33", "De cel is samengevoegd met andere cellen.",
     "Hef de samenvoeging op en vul elke cel in."),
    ("F-34", "De cel bevat waar of onwaar.", "Schrijf de waarde als tekst."),
    ("F-35", "De cel bevat een foutwaarde ({text}).", "Schrijf de waarde zelf."),
    ("F-36", "Het rekenprogramma heeft hier een getal van gemaakt ({text}); 2.10 wordt dan 2.1.",
     "Maak de cel op als tekst en typ de waarde opnieuw."),
    ("F-37", "Het rekenprogramma heeft hier een datum van gemaakt ({text}).",
     "Maak de cel op als tekst en typ de waarde opnieuw."),
    ("F-38", "“{column}” ontbreekt.", "Vul een waarde in."),
    ("F-39", "De tekst heeft {count} tekens; er is plaats voor {limit}.", "Kort de tekst in."),
    ("F-40", "De tekst bevat een stuurteken ({sign}).", "Typ de tekst opnieuw zonder dat teken."),
    ("F-41", "“{text}” bestaat alleen uit leestekens.",
     "Schrijf de waarde, of laat de cel leeg als er geen is."),
    ("F-42", "“{text}” is geen code.",
     "Gebruik letters, cijfers, streepjes, punten of lage streepjes, zonder spaties."),
    ("F-43", "“{text}” is geen nummer zoals gedrukt.", "Schrijf het als 6, 2.10 of 2.4a."),
    ("F-44", "{what}", ""),
    ("F-45", "“{text}” is geen heel getal.", "Schrijf alleen cijfers, bijvoorbeeld 1250."),
    ("F-46", "“{text}” is geen getal.",
     "Schrijf het met een komma voor de decimalen, bijvoorbeeld 1250,5."),
    ("F-47", "{what}", ""),
    ("F-48", "“{text}” is geen kleur.", "Schrijf een hekje en zes tekens, bijvoorbeeld #1d5c8a."),
    ("F-49", "De omtrek klopt niet: {what}.",
     ("Schrijf minstens vier punten “lengte breedte” met komma’s ertussen; het laatste punt is "
      "gelijk aan het eerste.")),
    ("F-50", "{what}", "Schrijf het zoals in het voorbeeld: awarded?pillar=werken."),
    ("F-51", "“{text}” is geen keuze voor “{column}”.{hint}", "Kies uit: {allowed}."),
    ("F-52", "“{column}” is kleiner dan nul ({text}).", "Vul nul of een getal boven nul in."),
    ("F-53", "“{text}” is te groot.", "Vul een getal in van hoogstens vijftien cijfers."),
    # Rows and references.
    ("F-54", "Rij {row} en rij {first} zijn dezelfde: {key}.", "Laat één van beide staan."),
    ("F-55", "“{text}” staat niet op het blad {sheet}.{hint}",
     "Verbeter de verwijzing of voeg de rij toe."),
    ("F-56", "De rij verwijst naar zichzelf.", "Kies een andere rij of laat de cel leeg."),
    ("F-57", "“{text}” is geen webadres.",
     "Schrijf het helemaal, bijvoorbeeld https://www.regiodeal.nl."),
    ("F-58", "“{text}” is geen e-mailadres.",
     "Schrijf het adres van het kantoor, bijvoorbeeld regiodeal@provincie.nl."),
    ("F-59", "Het logo kan niet worden gebruikt: {what}.",
     "Lever een SVG met alleen svg, g, path, rect, circle, ellipse, polygon en title, met kleuren als #1d5c8a."),
    # What the sheets say together.
    ("F-60", "“{text}” kan niet in een webadres staan.",
     "Gebruik voor de deal kleine letters, cijfers en streepjes."),
    ("F-61", "De einddatum {end} ligt vóór de begindatum {start}.", "Verbeter één van beide."),
    ("F-62", "“{text}” is geen landcode.", "Schrijf twee hoofdletters, bijvoorbeeld NL."),
    ("F-63", "{what} {number} komt twee keer voor, ook op rij {first}.",
     "Geef elke rij een eigen nummer."),
    ("F-64", "Bijdrage {code} heeft geen partij en geen verdeelsleutels.",
     "Vul de partij in, of verdeel de bijdrage op het blad verdeelsleutels."),
    ("F-65", "Bijdrage {code} heeft een partij én verdeelsleutels.",
     "Laat de partij leeg of haal de verdeelsleutels weg."),
    ("F-66", "De verdeelsleutels van bijdrage {code} zijn allemaal nul.",
     "Vul minstens één gewicht boven nul in."),
    ("F-67", "De verdeelsleutels van bijdrage {code} hebben verschillende eenheden of peildata.",
     "Gebruik voor één bijdrage één eenheid en één peildatum."),
    ("F-68", "De termijnen van bijdrage {code} zijn samen € {sum}, meer dan de bijdrage van € {amount}.",
     "Verbeter de termijnen of de bijdrage."),
    ("F-69", "De tranche is van {decided}; het project hoort er pas bij sinds {since}.",
     "Verbeter de tranche, of “sinds” bij het project."),
    ("F-70", "De reservering van € {amount} is lager dan de toekenningen van samen € {sum}.",
     "Vul het totaal in, met wat al is toegekend."),
    ("F-71", "{what} valt buiten de deal, die loopt van {start} tot en met {end}.",
     "Verbeter deze datum, of begin en einde van de deal."),
    ("F-72", "Tranche {number} is van {decided}, vóór tranche {before} van {earlier}.",
     "Verbeter de datum of de volgorde."),
    ("F-73", "Project {code} komt via “{column}” weer bij zichzelf uit.",
     "Haal één van de verwijzingen weg."),
    ("F-74", "Een toekenning of reservering van nul euro bestaat niet.",
     "Vul een bedrag boven nul in, of haal de rij weg."),
    ("F-75", "De penvoerder is geen partner van het eigen project.",
     "Haal de rij weg, of kies een andere organisatie."),
    ("F-76", "Pijler {code} is de eigen pijler van het project.",
     "Kies de andere pijler van het dwarsverband."),
    ("F-77", "{code} is geen gemeente.", "Kies een organisatie van de soort gemeente."),
    ("F-78", "“{column}” past niet bij een resultaat van de soort {kind}.",
     "Laat de cel leeg of kies een andere soort."),
    ("F-79", "De gestelde waarde past niet bij de soort {kind}: {what}",
     "Verbeter de waarde of de soort."),
    ("F-80", "“afgerond_op” hoort alleen bij een bedrag, en is dan groter dan nul.",
     "Laat de cel leeg, of kies de soort bedrag."),
    ("F-81", "Het jaar {year} kan niet kloppen.", "Vul een jaar in van 1900 tot en met 2200."),
    ("F-82", "“{text}” is een vast deel van de site en kan geen deal zijn.",
     "Kies een andere code, bijvoorbeeld {text}-deal."),
    ("F-83", "Zetel {code} vervangt {other}, die in een ander overleg zit.",
     "Kies een zetel van hetzelfde overleg."),
    ("F-84", "Zetel {code} vervangt {other}, maar begint niet na het einde daarvan.",
     "Vul “tot” in bij {other} en een latere datum bij “vanaf” van {code}."),
    ("F-85", "Het voorwoord van tranche {tranche} is door niemand ondertekend.",
     "Vul het overleg in of wie het ondertekent."),
    # What the register says.
    ("F-90", "Blad {sheet}: de rij {key} staat wel in het register en niet meer in het bestand.",
     "Zet de rij terug. Een rij weglaten verwijdert niets; intrekken is een eigen besluit."),
    ("F-91",
     "Na revisie {base} elders gewijzigd (revisie {revision}): nu “{now}”, in het bestand “{wanted}”.",
     "Voer de deal opnieuw uit en verwerk uw wijziging daarin."),
    ("F-92", "De naam bij zetel {seat} is gewist en komt niet opnieuw in het register.",
     "Laat de naam leeg. Zit er nu iemand anders, voeg dan een zetel toe die deze vervangt."),
    # Themes of projects, and what is measured of results.
    ("F-93", "Thema {code} hoort bij pijler {pillar}, niet bij die van het project.",
     ("Kies een thema van de eigen pijler of een dat de pijlers verbindt, of zet een dwarsverband "
      "met die pijler op het blad dwarsverbanden.")),
    ("F-94", "Thema {code} staat er twee keer.", "Laat het één keer staan."),
    ("F-95", "Resultaat {code} hoort bij pijler {pillar}, de meting bij een andere.",
     "Kies een resultaat van de eigen pijler, of verbeter de pijler."),
    ("F-96", "De meting telt {unit}; resultaat {code} telt {wanted}.",
     "Laat “resultaat” leeg als het niet hetzelfde is, of verbeter de eenheid."),
    ("F-97", "De meting van resultaat {code} is geen heel getal van nul of meer.",
     "Vul een heel getal in. Bij een oplevering: 1 als het er is, 0 als het er niet is."),
    ("F-98", "Bij resultaat {code} tellen sommige metingen op en andere niet.",
     "Kies bij “telt_op” voor alle metingen van dit resultaat hetzelfde."),
    ("F-99", "Resultaat {code} heeft al een meting {date}, op rij {first}.",
     "Laat één van beide naar het resultaat verwijzen, of geef elk een eigen peildatum."),
    # The money of awards.
    ("F-110", "{what}", "{remedy}"),
    ("F-111", "De verplichting van {on} ligt na het einde van de deal op {ends}.",
     "Na het einde wordt niets meer verplicht; betalen, vaststellen en terugvorderen kan nog wel."),
    ("F-112", "Op {on} is {left} {whose} en nog niet verplicht; {amount} past daar niet in.",
     "Eerst wordt toegekend, dan verplicht. Verlaag de verplichting of ken eerst meer toe."),
    ("F-113", "Bij deze wijziging van een project hoort “{column}” {filled}.",
     "Overdracht: de nieuwe penvoerder. Verlenging: het nieuwe einde. Samenvoeging: het project waarin het opgaat."),
    ("F-114", "Project {project} is op {ended} gestopt of opgegaan in een ander.",
     "Daarna wordt niets meer verplicht; betalen, vaststellen en terugvorderen kan nog wel."),
    ("F-120", "Besluit {code} is vastgelegd en verandert niet meer.",
     "Laat de rij staan zoals zij was, en leg een nieuw besluit vast dat het vervangt."),
    ("F-121", "Een advies over een voorstel is niet openbaar.",
     "Kies bij “lezers” de overleggen of het programmabureau."),
    ("F-122", "Een oordeel hoort alleen bij een advies over een voorstel.",
     "Laat de cel leeg, of vul bij een advies het voorstel in."),
)  # fmt: skip

FAULTS: Mapping[str, Fault] = MappingProxyType({row[0]: Fault(*row) for row in _TABLE})
"""Every rule by its code, in the order in which documents list them."""


def suggestion(candidate: str | None) -> str:
    """Give the question that follows a name that is nearly right, or nothing."""
    return "" if candidate is None else f" Bedoelt u “{shortened(candidate)}”?"
