"""An old cabinet is brought in once: complete papers filed, the rest waiting (R38)."""

from datetime import date
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from archives.cabinet import Cabinet, facts_of
from archives.models import Document, Incoming
from tests.archives.papers import make_document, zip_of
from tests.builders import assign, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R38")]
FILES = {
    "LM/2024/LM 合同 20240301.txt": "条款一".encode(),
    "LM/2024/scan0001.txt": "看不出是什么".encode(),
    "YL/报价 2023-05-06.txt": "别人的客户".encode(),
}


@pytest.fixture
def person():
    user = make_user(username="keeper")
    assign(make_client("LM", name="绿麦食品"), user)
    make_client("YL")
    return user


@pytest.fixture
def place(tmp_path):
    for name, body in FILES.items():
        path = tmp_path / "cabinet" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return tmp_path / "cabinet"


def listing(path, *rows):
    book = openpyxl.Workbook()
    for row in [("File", "Client", "类别", "Dated", "Title", "Job"), *rows]:
        book.active.append(row)
    book.save(path)
    return path


def bring(place, *more):
    out = StringIO()
    call_command("import_cabinet", str(place), "--by", "keeper", *more, stdout=out)
    return out.getvalue()


def test_what_is_complete_is_filed_and_the_rest_waits(person, place):
    assert bring(place).splitlines()[-1] == "1 filed, 2 to be filed"
    paper = Document.objects.get()
    assert (paper.kind, paper.client.code, paper.dated_on) == ("contract", "LM", date(2024, 3, 1))
    assert Incoming.objects.filter(source="cabinet", owner=person).count() == 2


def test_brought_in_again_nothing_is_doubled(person, place):
    bring(place)
    assert bring(place).splitlines()[-1] == "3 there already"
    assert (Document.objects.count(), Incoming.objects.count()) == (1, 2)


def test_the_sheet_says_what_a_file_is(person, place, tmp_path):
    make_document(person_client(person), "brief", job_numbers=["LM-24-001"])
    row = ("LM/2024/scan0001.txt", "lm", "备忘", date(2024, 7, 1), "旧便笺", "LM-24-001")
    sheet = listing(tmp_path / "list.xlsx", (*row[:2], "memo", *row[3:]))
    bring(place, "--list", str(sheet))
    paper = Document.objects.get(kind="memo")
    assert (paper.title, paper.dated_on) == ("旧便笺", date(2024, 7, 1))
    assert [one.job_number for one in paper.job_numbers.all()] == ["LM-24-001"]


def person_client(person):
    return person.assignments.get().client


def test_what_the_sheet_says_wrongly_is_left_open(person, place, tmp_path):
    row = ("LM/2024/scan0001.txt", "LM", "no such kind", "last spring", "", "")
    bring(place, "--list", str(listing(tmp_path / "list.xlsx", row)))
    assert not Document.objects.filter(name="scan0001.txt").exists()
    assert Incoming.objects.filter(name="scan0001.txt").exists()


def test_a_job_nobody_knows_is_refused_by_name(person, place, tmp_path):
    row = ("LM/2024/scan0001.txt", "LM", "memo", date(2024, 7, 1), "", "LM-24-999")
    said = bring(place, "--list", str(listing(tmp_path / "list.xlsx", row)))
    assert "refused\tLM/2024/scan0001.txt" in said


def test_the_preview_says_and_does_nothing(person, place):
    said = bring(place, "--preview")
    assert "complete\tLM/2024/LM 合同 20240301.txt\tLM\tcontract\t2024-03-01" in said
    assert (Document.objects.count(), Incoming.objects.count()) == (0, 0)


def test_a_zip_is_read_where_it_lies(person, tmp_path):
    packed = tmp_path / "cabinet.zip"
    packed.write_bytes(zip_of({**FILES, "__MACOSX/.DS_Store": b"x", "../../LM evil.txt": b"y"}))
    assert bring(packed).splitlines()[-1] == "1 filed, 3 to be filed"
    assert not list(tmp_path.rglob("*evil*"))
    assert Incoming.objects.filter(name="LM evil.txt").exists()


def test_no_link_is_followed_and_the_sheet_is_no_paper(person, place, tmp_path):
    (place / "passwd.txt").symlink_to("/etc/passwd")
    sheet = listing(place / "list.xlsx")
    assert len(Cabinet(place, sheet).files()) == len(FILES)


def test_files_of_other_clients_are_never_theirs(person, place):
    bring(place)
    assert Incoming.objects.get(name="报价 2023-05-06.txt").client is None


@pytest.mark.parametrize("wrong", ["nobody", "place"])
def test_what_cannot_be_done_is_said(person, place, tmp_path, wrong):
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK no")
    where, who = (place, "nobody") if wrong == "nobody" else (broken, "keeper")
    with pytest.raises(CommandError):
        call_command("import_cabinet", str(where), "--by", who)


def test_without_a_sheet_nothing_is_said():
    assert facts_of(None) == {}
