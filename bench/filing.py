"""Filing of 1,000 files: in through the door one by one, then read and drawn by the clock (B4).

`python -m bench.filing [files]`; needs an empty database (make bench gives one). A third each are
text, Word and PDF of 400 to 4,000 characters, all with bytes of their own. The memory is that of
this process, which does here what web and worker do.
"""

import io
import os
import random
import sys
import time

import django
import docx as word

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (after django.setup)
from django.test.utils import override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402
from weasyprint import HTML  # noqa: E402

from agency.common.clock import run_step  # noqa: E402
from archives.models import Document, SearchChunk  # noqa: E402
from archives.services import file_upload  # noqa: E402
from archives.storage import write_mark  # noqa: E402
from archives.tasks.document import TEXTS  # noqa: E402
from archives.tasks.preview import PREVIEWS  # noqa: E402
from bench.pages import rss  # noqa: E402
from bench.search import Pile  # noqa: E402
from tests.archives.papers import upload  # noqa: E402
from tests.builders import make_client, make_user  # noqa: E402

FILES, PARTS, KINDS = 1_000, 5, ("memo", "ad_file")
ROW = "{:10} {:>8} {:>10} {:>10} {:>12}"


def text(words):
    return words.encode()


def docx(words):
    paper, out = word.Document(), io.BytesIO()
    paper.add_paragraph(words)
    paper.save(out)
    return out.getvalue()


def pdf(words):
    return HTML(string=f"<p>{words}").write_pdf()


MAKES = {"txt": text, "docx": docx, "pdf": pdf}


def made(count):
    """[(name, bytes)]: as many files, the kinds in turn."""
    dice, found = random.Random(9), []
    pile = Pile(dice, 0)
    for number in range(count):
        ending = list(MAKES)[number % len(MAKES)]
        words = f"{number} {pile.text(dice, 1)}"
        found.append((f"paper {number}.{ending}", MAKES[ending](words)))
    return found


def told(what, count, begin):
    """One line: how many by now, how fast since `begin`, and the memory of this process."""
    seconds, own = time.perf_counter() - begin, rss(os.getpid())
    print(ROW.format(what, f"{count:,}", f"{seconds:.1f} s", f"{count / seconds:,.1f} /s",
                     f"{own:,.1f} MB"), flush=True)  # fmt: skip


def file_all(files, client, by):
    begin, part = time.perf_counter(), max(len(files) // PARTS, 1)
    for number, (name, content) in enumerate(files, start=1):
        file_upload(
            client=client, upload=upload(content, name), kind=KINDS[number % 2], by=by,
            dated_on=timezone.localdate(), at=timezone.now(),
        )  # fmt: skip
        if number % part == 0:
            told("filed", number, begin)


def drain(step, what, rows, count):
    """Tick after tick until nothing of it is due."""
    begin, part, done = time.perf_counter(), max(count // PARTS, 1), 0
    while rows().exists():
        before = done // part
        done += len(list(run_step(step, timezone.now())))
        if done // part > before or not rows().exists():
            told(what, done, begin)


def main(count=FILES):
    call_command("migrate", verbosity=0)
    write_mark()
    ae = make_user("bench_ae", "ae")
    client = make_client("BG", team=[ae])
    files = made(count)
    print(f"{count:,} files, {sum(len(content) for _name, content in files) / 2**20:,.1f} MB")
    print(ROW.format("", "files", "seconds", "a second", "memory"))
    file_all(files, client, ae)
    files.clear()
    drain(TEXTS, "read", Document.objects.unread, count)
    drain(PREVIEWS, "drawn", Document.objects.undrawn, count)
    print(f"{SearchChunk.objects.filter(seq__gt=0).count():,} chunks of text can be found")


if __name__ == "__main__":
    with override_settings(ALLOWED_HOSTS=["*"], DEBUG=False):
        main(*map(int, sys.argv[1:]))
