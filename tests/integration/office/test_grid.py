"""A sheet as a grid: pasted, looked over, recorded at once; nothing typed is lost."""

from datetime import date, timedelta
from html import unescape

from django.conf import settings
from django.test import Client

from noaber.imports.pasting import MOST_LINES
from noaber.record.queries import latest
from noaber.web.office.menu import kept
from tests.integration.office.conftest import DEAL, SignIn

OFFICE = f"/kantoor/{DEAL}/gegevens/"
INSTALMENTS = f"{OFFICE}termijnen/invullen/"
FORECASTS = f"{OFFICE}prognoses/invullen/"


def sent(response: object, **changes: str) -> dict[str, object]:
    """What a browser would send of a grid, with some cells typed over."""
    context = response.context  # type: ignore[attr-defined]
    rows = [*context["known"], *context["new"]]
    found: dict[str, object] = {cell.name: cell.text for row in rows for cell in row.cells}
    grid = context["grid"]
    found |= {"rij": [row.code for row in rows], "basis": str(grid.base), "sleutel": grid.key}
    if context["looked"]:
        found["gezien"] = context["seen"]
    source = next((value for value, _, chosen in context["sources"] if chosen), "")
    return {**found, "bron": source, **changes}


def said(response: object) -> str:
    return unescape(response.content.decode())  # type: ignore[attr-defined]


def record(client: Client, address: str, **changes: str) -> object:
    """Look over what was typed, and record it."""
    looked = client.post(address, sent(client.get(address), **changes, doe="bekijk"))
    assert looked.status_code == 200, said(looked)
    return client.post(address, sent(looked, doe="vastleggen"))


def test_a_grid_is_looked_over_and_recorded_in_one_revision(sign_in: SignIn) -> None:
    client = sign_in("treasurer")
    before = latest()
    typed = {
        "rijk~1:bedrag": "€ 9.100.000,-",
        "+1:bijdrage": "rijk",
        "+1:nummer": "3",
        "+1:bedrag": "100.000",
        "bron": "convenant",
    }
    looked = client.post(INSTALMENTS, sent(client.get(INSTALMENTS), **typed, doe="bekijk"))
    page = said(looked)
    assert "<del>9.200.000</del>" in page
    assert "<ins>9.100.000</ins>" in page
    assert "<ins>100.000</ins>" in page
    assert latest() == before
    recorded = client.post(INSTALMENTS, sent(looked, doe="vastleggen"))
    assert recorded.status_code == 302
    assert latest() == before + 1
    page = said(client.get(INSTALMENTS))
    assert "Vastgelegd." in page
    assert 'value="9.100.000"' in page
    assert 'value="100.000"' in page


def test_all_that_is_wrong_is_said_at_its_cell_and_nothing_is_lost(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    before = latest()
    typed = {"rijk~1:bedrag": "12.5", "+1:nummer": "drie", "+1:bijdrage": "rijk"}
    response = client.post(INSTALMENTS, sent(client.get(INSTALMENTS), **typed, doe="bekijk"))
    page = said(response)
    assert response.status_code == 422
    assert 'href="#cel-1-bedrag"' in page
    assert 'href="#cel-3-nummer"' in page
    assert 'aria-describedby="fout-cel-1-bedrag"' in page
    assert 'value="12.5"' in page
    assert 'value="drie"' in page
    assert "12,5" in page
    assert latest() == before


def test_more_rows_keep_what_was_typed_and_undoing_does_not(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    first = client.get(INSTALMENTS)
    more = client.post(INSTALMENTS, sent(first, **{"+2:nummer": "7"}, doe="meer"))
    assert len(more.context["new"]) == len(first.context["new"]) + 10
    assert 'name="+2:nummer"' in said(more)
    assert 'value="7"' in said(more)
    undone = client.post(INSTALMENTS, sent(more, doe="terug"))
    assert undone.status_code == 302
    assert 'value="7"' not in said(client.get(INSTALMENTS))


def test_what_was_copied_from_a_spreadsheet_fills_the_grid(sign_in: SignIn) -> None:
    client = sign_in("treasurer")
    before = latest()
    copied = (
        "Project\tJaar\tGegeven\tBedrag\n"
        "9 New Jobportunities\t2022\t2022-01-10\t€ 600.000\n"
        + "".join(f"werken-3\t{year}\t2022-01-10\t{year}\n" for year in range(2018, 2023))
    )
    pasted = client.post(FORECASTS, sent(client.get(FORECASTS), geplakt=copied, doe="plak"))
    assert "6 rijen ingevuld" in said(pasted)
    assert 'value="werken-9"' in said(pasted)
    assert latest() == before
    looked = client.post(FORECASTS, sent(pasted, bron="up6", doe="bekijk"))
    assert looked.status_code == 200, said(looked)
    assert client.post(FORECASTS, sent(looked, doe="vastleggen")).status_code == 302
    again = client.get(FORECASTS)
    assert (len(again.context["known"]), latest()) == (6, before + 1)
    changed = "werken-3\t2020\t10-1-2022\t2.500"
    pasted = client.post(FORECASTS, sent(again, geplakt=changed, doe="plak"))
    assert len(pasted.context["known"]) == 6
    assert 'value="2.500"' in said(pasted)


def test_what_cannot_be_pasted_is_said_and_stays_where_it_was(sign_in: SignIn) -> None:
    client = sign_in("treasurer")
    copied = "\t".join("123456789")
    response = client.post(FORECASTS, sent(client.get(FORECASTS), geplakt=copied, doe="plak"))
    assert response.status_code == 422
    assert "Rij 1 heeft 9 kolommen" in said(response)
    assert copied in said(response)


def test_what_was_not_looked_over_is_not_recorded(sign_in: SignIn) -> None:
    client = sign_in("treasurer")
    before = latest()
    typed = {"rijk~1:bedrag": "9.100.000"}
    looked = client.post(INSTALMENTS, sent(client.get(INSTALMENTS), **typed, doe="bekijk"))
    again = client.post(
        INSTALMENTS, sent(looked, **{"rijk~1:bedrag": "9.000.000"}, doe="vastleggen")
    )
    assert (again.status_code, latest()) == (200, before)
    assert "U veranderde nog iets" in said(again)
    assert "<ins>9.000.000</ins>" in said(again)
    blind = client.post(INSTALMENTS, sent(client.get(INSTALMENTS), **typed, doe="vastleggen"))
    assert (blind.status_code, latest()) == (200, before)


def test_the_same_grid_sent_twice_is_recorded_once(sign_in: SignIn) -> None:
    client = sign_in("treasurer")
    typed = {"+1:bijdrage": "rijk", "+1:nummer": "3", "bron": "convenant"}
    looked = client.post(INSTALMENTS, sent(client.get(INSTALMENTS), **typed, doe="bekijk"))
    form = sent(looked, doe="vastleggen")
    assert client.post(INSTALMENTS, form).status_code == 302
    after = latest()
    assert client.post(INSTALMENTS, form).status_code == 302
    assert latest() == after
    assert f"Dit was al vastgelegd, in revisie {after}." in said(client.get(INSTALMENTS))


def test_the_second_of_two_sees_what_the_first_did_and_keeps_what_was_typed(
    sign_in: SignIn,
) -> None:
    anna, gerda = (
        sign_in("programme_office", name="Anna"),
        sign_in("treasurer", name="Gerda"),
    )
    of_gerda = gerda.get(INSTALMENTS)
    theirs = {"rijk~1:toelichting": "Van Anna", "rijk~2:toelichting": "Ook van Anna"}
    assert record(anna, INSTALMENTS, **theirs).status_code == 302  # type: ignore[attr-defined]
    before = latest()
    typed = {"rijk~1:bedrag": "9.000.000"}
    response = gerda.post(INSTALMENTS, sent(of_gerda, **typed, doe="bekijk"))
    page = said(response)
    assert (response.status_code, latest()) == (409, before)
    assert "Anna heeft intussen iets in deze tabel veranderd" in page
    assert "<del>Eerste termijn.</del> <ins>Van Anna</ins>" in page
    assert 'value="9.000.000"' in page
    assert 'value="Ook van Anna"' in page
    looked = gerda.post(INSTALMENTS, sent(response, doe="bekijk"))
    assert gerda.post(INSTALMENTS, sent(looked, doe="vastleggen")).status_code == 302
    page = said(gerda.get(INSTALMENTS))
    assert 'value="9.000.000"' in page
    assert 'value="Van Anna"' in page
    assert 'value="Ook van Anna"' in page


def test_a_lead_partner_fills_in_forecasts_of_its_own_projects_only(sign_in: SignIn) -> None:
    office = sign_in("programme_office")
    rows = "werken-9\t2022\t2022-01-10\t100\t\tup6\nwerken-17\t2022\t2022-01-10\t200\t\tup6"
    pasted = office.post(FORECASTS, sent(office.get(FORECASTS), geplakt=rows, doe="plak"))
    looked = office.post(FORECASTS, sent(pasted, doe="bekijk"))
    assert office.post(FORECASTS, sent(looked, doe="vastleggen")).status_code == 302
    of_coevorden = sign_in("lead_partner", organisation="GM0109")
    before = latest()
    seen = of_coevorden.get(FORECASTS)
    assert [row.code for row in seen.context["known"]] == ["werken-9~2022~2022-01-10"]
    other = {"+1:project": "werken-17", "+1:jaar": "2023", "+1:gegeven": "2022-01-10"}
    typed = {**other, "+1:bedrag": "1", "bron": "up6"}
    assert of_coevorden.post(FORECASTS, sent(seen, **typed, doe="bekijk")).status_code == 403
    forged = {"werken-17~2022~2022-01-10:bedrag": "1"}
    form = sent(seen, **forged, doe="bekijk")
    form["rij"] = ["werken-17~2022~2022-01-10"]
    assert "Niets. Wat u invulde" in said(of_coevorden.post(FORECASTS, form))
    assert of_coevorden.get(INSTALMENTS).status_code == 403
    assert latest() == before


def test_only_sheets_that_suit_it_are_grids(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    assert client.get(f"{OFFICE}projecten/invullen/").status_code == 404
    assert client.get(f"{OFFICE}bestaat-niet/invullen/").status_code == 404
    assert "Invullen als tabel" in said(client.get(f"{OFFICE}termijnen/"))
    assert "Invullen als tabel" not in said(client.get(f"{OFFICE}projecten/"))


def copied_rows(count: int) -> str:
    """Forecasts as a spreadsheet copies them: each of another day."""
    start = date(2020, 1, 1)
    days = (start + timedelta(days=number) for number in range(count))
    return "".join(f"werken-3\t2022\t{day}\t{1000 + day.toordinal()}\t\tup6\n" for day in days)


def test_a_thousand_rows_are_filled_in_changed_and_never_cut_off(sign_in: SignIn) -> None:
    client = sign_in("treasurer")
    before = latest()
    first = client.get(FORECASTS)
    pasted = client.post(FORECASTS, sent(first, geplakt=copied_rows(MOST_LINES), doe="plak"))
    assert "1000 rijen ingevuld" in said(pasted)
    wrong = client.post(FORECASTS, sent(pasted, **{"+1000:bedrag": "12.5"}, doe="bekijk"))
    assert wrong.status_code == 422
    assert 'href="#cel-1000-bedrag"' in said(wrong)
    looked = client.post(FORECASTS, sent(pasted, doe="bekijk"))
    assert client.post(FORECASTS, sent(looked, doe="vastleggen")).status_code == 302
    again = client.get(FORECASTS)
    assert (len(again.context["known"]), latest()) == (MOST_LINES, before + 1)
    last = again.context["known"][-1].code
    looked = client.post(FORECASTS, sent(again, **{f"{last}:bedrag": "7"}, doe="bekijk"))
    assert [change for _, change in looked.context["changes"]] == [
        [("Bedrag", again.context["known"][-1].cells[0].text, "7")]
    ]


def test_more_than_that_is_refused_in_words_and_stays(sign_in: SignIn) -> None:
    client = sign_in("treasurer")
    copied = copied_rows(MOST_LINES + 1)
    refused = client.post(FORECASTS, sent(client.get(FORECASTS), geplakt=copied, doe="plak"))
    assert refused.status_code == 422
    assert "Dit zijn 1.001 nieuwe rijen; hoogstens 1.000 tegelijk" in said(refused)
    assert copied.strip() in said(refused)
    codes = [f"+{number}" for number in range(1, MOST_LINES + 2)]
    typed: dict[str, object] = {f"{code}:bedrag": "1" for code in codes}
    refused = client.post(FORECASTS, {**typed, "rij": codes, "doe": "bekijk"})
    assert refused.status_code == 422
    assert "hoogstens 1.000 tegelijk" in said(refused)
    assert 'name="+1001:bedrag"' in said(refused)


def test_a_cell_that_was_not_sent_says_what_the_register_says(sign_in: SignIn) -> None:
    client = sign_in("treasurer")
    form = {"rij": ["rijk~1", "rijk~2"], "rijk~2:bedrag": "9.100.000", "doe": "bekijk"}
    looked = client.post(INSTALMENTS, form)
    assert [[label for label, _, _ in each] for _, each in looked.context["changes"]] == [
        ["Bedrag"]
    ]


def test_every_grid_of_a_thousand_rows_fits_in_a_form() -> None:
    widest = max(len(keeps.sheet.columns) for keeps in kept().values() if keeps.grid)
    assert MOST_LINES * (widest + 1) + 100 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
