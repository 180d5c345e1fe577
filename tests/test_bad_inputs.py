"""Twenty and more bad inputs at every form of the product, taken from the page as it was answered.

Never a 500; what is refused says why at its field or at the head, and loses nothing typed.
"""

import html
import re

import pytest

from agency.common.services import next_number
from agency.rights import LINES, PEOPLE
from tests.bad_inputs import LEAST, SCRIPT, Page, bad, raw, sound, visible
from tests.bad_inputs import LINES as WORDS
from tests.rights_side import TODAY
from tests.rights_world import kept_world

pytestmark = pytest.mark.django_db
FORMS = [name for name, line in LINES.items() if line.post == 422]
URLENCODED = "application/x-www-form-urlencoded"
SAID = re.compile(r'class="(?:note note-red|field-error|[^"]*invalid-feedback)')
# They change nothing that stands: something of its own is begun, the one there is is opened, or
# a row moves by one place from wherever it is.
NO_VERSION = {
    *("jobs:job_sheet", "jobs:brief_create", "jobs:estimate_create", "jobs:estimate_revise"),
    *("jobs:completion_create", "jobs:line_move", "meetings:report_send_again"),
}


@pytest.fixture(scope="module")
def whole_world(django_db_setup, django_db_blocker, tmp_path_factory):
    store = tmp_path_factory.mktemp("files")
    with kept_world(django_db_blocker, store, foreign=("job", "report")) as world:
        for _number in range(99):  # the builders have given their jobs numbers of their own
            next_number(f"{world.own.code}-{TODAY:%y}")
        yield world


@pytest.fixture
def world(whole_world, settings, db):
    settings.STORAGE_ROOT, settings.FRAME_COUNT = whole_world.store, ""
    whole_world.begin()
    return whole_world


def person_for(name):
    """The first who may send the form."""
    order = ["AE", "AM", "AD", "admin", "link contact", *PEOPLE]
    return next(one for one in order if LINES[name].mark(one) in ("y", "*"))


def foreign_to(world):
    """Keys of what belongs to client B, as the fields of ours write them."""
    side = world.foreign
    rows = (side.customer.pk, side.person.pk, side.kwargs("job")["pk"], side.kwargs("report")["pk"])
    return [*map(str, rows), f"c{side.person.pk}", f"u{side.ae.pk}"]


def send(world, name, data):
    return world.ask("POST", name, person_for(name), data=data)


@pytest.mark.rule("C20")
@pytest.mark.parametrize("name", FORMS)
def test_bad_inputs_at(name, world):
    page = Page(world.ask("GET", name, person_for(name)))
    assert page.forms
    wrong = []
    for form in page.forms:
        rows = list(bad(form, foreign_to(world)))
        assert len(rows) >= LEAST or not visible(form)
        for what, data in rows:
            wrong += [f"{what}: {fault}" for fault in faults(send(world, name, data), form, data)]
        wrong += stale(world, name, form)
        wrong += unreadable(world, name, form)
    assert wrong == []


def faults(answer, form, data):
    """What is wrong with an answer, in words."""
    if answer.status_code not in (200, 302, 400, 409, 413, 422):
        return [f"answered {answer.status_code} {fault_in(answer)}"]
    text = answer.content.decode()
    found = [] if SCRIPT not in text else ["the script stands there raw"]
    if answer.status_code != 422:
        return found
    if not SAID.search(text):
        found.append("no error is shown")
    return found + [f"{name} was lost" for name in lost(html.unescape(text), form, data)]


def fault_in(answer):
    return repr(answer.exc_info[1])[:300] if getattr(answer, "exc_info", None) else ""


def lost(text, form, data):
    """Text fields whose words do not stand in the answer; rows need their number to be read."""
    counts = [data[one][0] for one in form if one.endswith("-TOTAL_FORMS")]
    if not all(one.isdecimal() and len(one) < 5 for one in counts):
        return
    for name, entry in form.items():
        words = [value for value in data.get(name, []) if isinstance(value, str)]
        if entry.kind in WORDS and words and not stands(words[-1], text):
            yield name


def stands(words, text):
    """True when the words stand on the page; blanks at the ends and the kind of break may go."""
    return words.replace("\r\n", "\n").strip() in text.replace("\r\n", "\n")


def stale(world, name, form):
    """A form that would do its work refuses when the row has changed since (C7)."""
    if name in NO_VERSION or "row_version" not in form:
        return []
    if send(world, name, sound(form)).status_code != 302:
        return []
    answer = send(world, name, {**sound(form), "row_version": ["987654"]})
    return [] if answer.status_code == 409 else [f"wrong version: {answer.status_code}"]


def unreadable(world, name, form):
    """NUL gets our own page (C20); half a character is none any more once it is read."""
    for letters, wanted in (("%00", {400}), ("%ED%A0%80", {200, 302, 409, 422})):
        body = {"data": raw(form, letters), "content_type": URLENCODED}
        answer = world.ask("POST", name, person_for(name), **body)
        if answer.status_code not in wanted:
            yield f"{letters}: {answer.status_code} {fault_in(answer)}"
        elif wanted == {400} and b"cannot be read" not in answer.content:
            yield f"{letters}: not our own page"
