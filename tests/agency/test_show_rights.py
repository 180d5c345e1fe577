"""`manage.py show_rights` prints the table that the permission test asks."""

import csv
import io

from django.core.management import call_command

from agency.rights import LINES, PEOPLE


def printed(**options):
    out = io.StringIO()
    call_command("show_rights", stdout=out, **options)
    return out.getvalue()


def test_show_rights_as_csv_has_each_address_with_all_people():
    rows = list(csv.reader(io.StringIO(printed(format="csv"))))
    assert rows[0][4:] == list(PEOPLE)
    assert {row[1] for row in rows[1:]} == set(LINES)


def test_show_rights_names_the_answer_for_own_and_other_client():
    rows = list(csv.DictReader(io.StringIO(printed(format="csv"))))
    wanted = {row["about"]: row for row in rows if row["name"] == "accounts:contact_update"}
    assert (wanted["own client"]["AE"], wanted["other client"]["AE"]) == ("422", "404")
    assert wanted["own client"]["admin"] == "403"


def test_show_rights_as_text_is_in_columns():
    lines = printed().splitlines()
    column = lines[0].index("method")
    assert {line[column : column + 4].strip() for line in lines[1:]} == {"GET", "POST"}
