"""Pages at 1,000 and 100,000 meetings, beside bare Django and bare psycopg of the same rows.

`python -m bench.pages [few] [many]`; needs an empty database (make bench gives one).
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")
django.setup()

from django.conf import settings  # noqa: E402 (after django.setup)
from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.template import Context, Template  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test import Client as Browser  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Client, User  # noqa: E402
from agency.children import free_port  # noqa: E402
from agency.demo.load import multiply  # noqa: E402
from agency.demo.talk import TALKS  # noqa: E402
from bench.pdf import Bare  # noqa: E402
from meetings import services  # noqa: E402
from meetings.models import ContactReport, Meeting  # noqa: E402
from meetings.services import typed  # noqa: E402
from meetings.services.issue import FACES  # noqa: E402

ROUNDS, WARM = 15, 2
ROW = "{:30} {:>8} {:>10} {:>10} {:>8}"
# The columns of the meetings list, with nothing of ours around them.
TABLE = Template(
    "<table>{% for m in rows %}<tr><td>{{ m.title }}</td><td>{{ m.client }}</td>"
    "<td>{{ m.get_kind_display }}</td><td>{{ m.starts_at }}</td><td>{{ m.get_state_display }}</td>"
    "<td>{{ m.ae }}</td><td>{{ m.report }}</td><td>{{ m.report_due_at }}</td></tr>"
    "{% endfor %}</table>"
)


def timed(act, rounds=ROUNDS):
    """Median milliseconds after a warm-up."""
    spent = []
    for number in range(rounds + WARM):
        begin = time.perf_counter()
        act()
        if number >= WARM:
            spent.append((time.perf_counter() - begin) * 1000)
    return statistics.median(spent)


def pages():
    """{name: (login, address)}."""
    report = ContactReport.objects.issued().filter(client__code="LM").latest("issued_at")
    last = Meeting.objects.count() // 100 + 1
    client = Client.objects.values_list("pk", flat=True).get(code="LM")
    return {
        "home": ("ae1", "/"),
        "meetings list (100 rows)": ("gad1", "/meetings/"),
        "meetings list, last page": ("gad1", f"/meetings/?page={last}"),
        "report page": ("ae1", f"/meetings/reports/{report.pk}/"),
        "client page": ("ae1", f"/clients/{client}/"),
        "client page, meetings": ("ae1", f"/clients/{client}/?tab=meetings"),
        "papers list (100 rows)": ("gad1", "/archives/"),
    }


def browser_of(login):
    browser = Browser(headers={"host": "127.0.0.1"})
    browser.force_login(User.objects.get(username=login), backend="accounts.backends.RightsBackend")
    return browser


def measure_pages():
    """{name: (milliseconds, queries)}."""
    found = {}
    for name, (login, path) in pages().items():
        browser = browser_of(login)
        queries = queries_of(browser, path)
        found[name] = (timed(lambda b=browser, p=path: b.get(p)), queries)
    return found


def queries_of(browser, path):
    """Its questions, once what is asked once a minute has been; a full log counts nothing."""
    browser.get(path)
    reset_queries()
    with CaptureQueriesContext(connection) as seen:
        response = browser.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return len(seen)


def measure_limits():
    """The same 100 rows with nothing of ours around them."""
    rows = Meeting.objects.select_related("client", "ae", "report").order_by("-starts_at", "-pk")
    sql = (
        "SELECT m.*, c.name, u.name FROM meetings_meeting m"
        " JOIN accounts_client c ON c.id = m.client_id JOIN accounts_user u ON u.id = m.ae_id"
        " ORDER BY m.starts_at DESC, m.id DESC LIMIT 100"
    )

    def bare_sql():
        with connection.cursor() as cursor:
            cursor.execute(sql)
            cursor.fetchall()

    return {
        "  bare Django table": (timed(lambda: TABLE.render(Context({"rows": rows[:100]}))), 1),
        "  bare psycopg": (timed(bare_sql), 1),
    }


def issue_once():
    """Seconds of issuing one logged call, PDFs of both faces included."""
    ae, client, at = User.objects.get(username="ae1"), Client.objects.get(code="LM"), timezone.now()
    contact, talk = client.contacts.get(name="何嘉宁"), TALKS["LM"][0]
    report = services.log_call(
        client=client,
        kind="call",
        title=talk[0],
        ended_at=at,
        data=typed.ReportData(
            points=[typed.PointData("discussion", talk[1]), typed.PointData("decision", talk[2])],
            no_action=True,
            returner=contact,
        ),
        users=[ae],
        contacts=[contact],
        by=ae,
        at=at,
    )
    services.issue_report(report=report, row_version=report.row_version, by=ae, at=timezone.now())


def measure_issue():
    """Issuing a report, beside bare WeasyPrint of the two pages that it prints."""
    last = ContactReport.objects.issued().latest("pk")
    at = timezone.now()
    pages = [render_to_string(name, face(last, at)) for name, face in FACES.values()]
    bare = Bare()
    return {
        "issue, with PDFs": (timed(issue_once, 5), ""),
        "  bare WeasyPrint, both faces": (
            timed(lambda: [bare.kept(page) for page in pages], 5),
            "",
        ),
    }


def memory_of_a_worker():
    """(RSS in MB of one gunicorn worker after a round of pages, number of requests)."""
    port = free_port()
    web = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "agency.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--worker-class", "gthread", "--workers", "1", "--threads", "4"),
        ],
        env=os.environ | {"PROCESS": "web"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return walk(port, web.pid)
    finally:
        web.terminate()
        web.wait()


def walk(port, master):
    count = 0
    for login in ("ae1", "gad1"):
        cookies = browser_of(login).cookies[settings.SESSION_COOKIE_NAME].value
        for _round in range(15):
            for who, path in pages().values():
                if who == login:
                    fetch(port, path, cookies)
                    count += 1
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return max(rss(child) for child in children), count


def fetch(port, path, session):
    command = ["curl", "-sf", "-o", "/dev/null", "--retry", "20", "--retry-connrefused"]
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
    subprocess.run([*command, "-b", cookie, f"http://127.0.0.1:{port}{path}"], check=True)


def rss(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0


def grow(wanted):
    """Fill up to so many meetings."""
    one = 33
    missing = wanted - Meeting.objects.count()
    if missing > 0:
        multiply(missing // one + 2, lambda _line: None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Meeting.objects.count()


def main(few=1_000, many=100_000):
    call_command("migrate", verbosity=0)
    if not Client.objects.exists():
        call_command("demo")
    counts, results = [], []
    for wanted in (few, many):
        counts.append(grow(wanted))
        results.append(measure_pages() | measure_limits() | measure_issue())
    print(ROW.format("median ms", "queries", counts[0], counts[1], "ratio"))
    for name, (first, queries) in results[0].items():
        then = results[1][name][0]
        print(ROW.format(name, queries, f"{first:.1f}", f"{then:.1f}", f"{then / first:.2f}"))
    megabytes, count = memory_of_a_worker()
    print(f"web worker after {count} pages: {megabytes:.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
