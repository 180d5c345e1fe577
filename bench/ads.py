"""The wall at 10,000 ads with pictures, and a film of 256 MB on its way in and out.

`python -m bench.ads`; needs an empty database (make bench gives one). Milliseconds are the best
of several.
"""

import io
import os
import resource
import time
import uuid
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (after django.setup)
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from archives.kinds import Medium  # noqa: E402
from archives.models import Ad, Competitor, Document, Preview  # noqa: E402
from archives.services import add_ad  # noqa: E402
from archives.storage import store, write_mark  # noqa: E402
from bench.pages import browser_of  # noqa: E402
from tests.builders import make_brand, make_client, make_user  # noqa: E402

ADS, RIVALS, ROUNDS = 10_000, 20, 7
FILM = 256 * 2**20
ROW = "{:44} {:>10} {:>9} {:>10}"


def fill(client, ae):
    """Ads of ten years in all media, each with a file and its picture; a third of competitors."""
    brands = [make_brand(client, name=f"Brand {number}") for number in range(RIVALS)]
    rivals = [
        Competitor.objects.create(brand=brand, name=f"Rival {at}")
        for at, brand in enumerate(brands)
    ]
    sha256, media = store(b"a picture").sha256, Medium.values
    papers = Document.objects.bulk_create(
        Document(
            client=client, kind="ad_file", title=f"Ad {number}", name="a.png", face="client",
            dated_on=date(2026, 1, 1), year=2026, sha256=sha256, mime="image/png", size=9,
        )
        for number in range(ADS)
    )  # fmt: skip
    Preview.objects.bulk_create(
        Preview(document=paper, sha256=sha256, width=640, height=480) for paper in papers
    )
    rows = []
    for number in range(ADS):
        first, at = date(2016, 1, 1) + timedelta(days=number % 3900), number % RIVALS
        whose = {"competitor": rivals[at]} if number % 3 == 0 else {"client": client}
        rows.append(Ad(title=f"Ad {number}", medium=media[number % len(media)], brand=brands[at],
                       first_run=first, year=first.year, tags=[f"tag{at}"], **whose))  # fmt: skip
    ads = Ad.objects.bulk_create(rows)
    through = Ad.documents.through
    through.objects.bulk_create(
        through(ad=ad, document=paper) for ad, paper in zip(ads, papers, strict=True)
    )


def pages(browser, client):
    wall = reverse("archives:ad_wall")
    addresses = {
        "by year": "", "by medium": "?sort=medium", "by brand": "?sort=brand",
        "of one client": f"?client={client.pk}", "one word": "?q=tag7", "last page": "?page=167",
    }  # fmt: skip
    for name, query in addresses.items():
        spent = []
        for _round in range(ROUNDS):
            begin = time.perf_counter()
            answer = browser.get(wall + query)
            spent.append((time.perf_counter() - begin) * 1000)
        with CaptureQueriesContext(connection) as seen:
            browser.get(wall + query)
        lazy = answer.content.count(b'loading="lazy"')
        print(ROW.format(f"wall, {name}", f"{min(spent):,.1f}", len(seen), f"{lazy} lazy"))


class Form(io.RawIOBase):
    """A form with one film, made as it is read."""

    def __init__(self, key):
        super().__init__()
        head = f'--b\r\nContent-Disposition: form-data; name="form_key"\r\n\r\n{key}\r\n'
        head += '--b\r\nContent-Disposition: form-data; name="files"; filename="a.mp4"\r\n\r\n'
        first = b"\x00\x00\x00\x18ftypisom" + bytes(2**16 - 12)
        parts = [first, *[bytes(2**16)] * ((FILM >> 16) - 1)]
        self.parts = [head.encode(), *parts, b"\r\n--b--\r\n"]
        self.length, self.held = sum(map(len, self.parts)), b""

    def read(self, size=-1):
        if not self.held and self.parts:
            self.held = self.parts.pop(0)
        found, self.held = self.held[:size], self.held[size:]
        return found


def films(browser, ad):
    before, begin = peak(), time.perf_counter()
    form = Form(uuid.uuid4())
    answer = browser.post(
        reverse("archives:ad_file", args=[ad.pk]), content_type="multipart/form-data; boundary=b",
        **{"wsgi.input": form, "CONTENT_LENGTH": str(form.length)},
    )  # fmt: skip
    assert answer.status_code == 302, answer.status_code
    spent = time.perf_counter() - begin
    print(f"film of {FILM >> 20} MB in: {FILM / 2**20 / spent:,.0f} MB/s, "
          f"memory + {peak() - before:,.1f} MB")  # fmt: skip
    address = reverse("archives:document_play", args=[ad.documents.get().pk])
    for first in (0, FILM // 2):
        begin = time.perf_counter()
        answer = browser.get(address, headers={"range": f"bytes={first}-{first + 2**20 - 1}"})
        taken = (time.perf_counter() - begin) * 1000
        print(f"1 MB of it from {first >> 20} MB: {answer.status_code}, {taken:,.1f} ms")


def peak():
    """MB this process has taken at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    call_command("migrate", verbosity=0)
    write_mark()
    ae = make_user("bench_ae", "ae")
    client = make_client("BG", team=[ae])
    fill(client, ae)
    browser = browser_of(ae.username)
    print(ROW.format("what", "ms", "queries", "pictures"))
    pages(browser, client)
    today = timezone.localdate()
    film = add_ad(
        client=client, by=ae, at=timezone.now(), title="Film", medium="tv", first_run=today
    )
    films(browser, film)


if __name__ == "__main__":
    main()
