"""Searches that somebody keeps, and the notice of new papers in them (9.3). Nobody else's business.

They change no paper: like the stopwatch they stand in no audit trail.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.services.telling import words
from agency.common.errors import Refused
from agency.common.services import notify
from agency.common.verbs import lock, verb
from agency.common.wording import brackets, names_text
from archives.models import SavedSearch
from archives.reports.saved import called
from archives.search import question as questions
from archives.search.hits import matching
from archives.search.narrowing import Asked, chosen_of, conditions, narrowed

MOST = 30
LONGEST = 30
# The text of a paper is read some minutes after it was filed: it is looked for an hour later.
SETTLED = timedelta(hours=1)
NEWS = gettext_lazy("New in your kept searches: %(what)s")


@verb
def keep_search(*, query, facets, by, at):
    """Keep the question; the same one is kept once."""
    question = questions.read(query)
    facets = chosen_of(facets)
    if not (question or facets):
        raise Refused(_("There is no question to keep."))
    row = SavedSearch.objects.of(by).filter(query=question.text, facets=facets).first()
    if row:
        return row
    if SavedSearch.objects.of(by).count() >= MOST:
        raise Refused(_("At most 30 searches are kept: let one go first."))
    return SavedSearch.objects.create(
        user=by, query=question.text, facets=facets, looked_at=at, counted_to=at,
        created_by=by, created_at=at,
    )  # fmt: skip


@verb
def tell_of_search(*, search, tells, by, at):
    """Whether one is told of new papers; taken up again, it counts from now."""
    row = _own(search, by)
    if tells and not row.tells:
        row.looked_at = row.counted_to = at
    row.tells = tells
    row.save(update_fields=["tells", "looked_at", "counted_to"])
    return row


@verb
def forget_search(*, search, by):
    row = _own(search, by)
    row.delete()
    return row


def _own(search, by):
    row = lock(search)
    if row.user_id != by.pk:
        raise PermissionDenied
    return row


@verb
def tell_news(*, user, at):
    """Look through all of a person's searches; one notice for what is new in any of them."""
    rows = SavedSearch.objects.to_look(at).of(user).select_for_update()
    found = [row for row in rows if _look(row, at)]
    if not found:
        return []
    return notify(
        key=f"saved_search:user:{user.pk}:{timezone.localdate(at)}",
        recipients=[user],
        kind="saved_search",
        subject=None,
        label=words(NEWS, what=names_text(_counted(found))),
        path=_path(found),
        at=at,
    )


def _path(found):
    """To the papers themselves where it is one search, else to the list."""
    if len(found) > 1:
        return reverse("archives:saved_list")
    return reverse("archives:saved_open", args=[found[0].pk])


def _counted(found):
    for row, name in called(found):
        short = name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
        yield short + brackets(row.news)


def _look(row, at):
    """Count what was filed since the last look by others; True where there is anything."""
    until = max(at - SETTLED, row.counted_to)
    count = new_papers(row, row.counted_to, until, at).count()
    if count:
        row.news, row.news_since = count, timezone.localdate(row.counted_to)
    row.looked_at, row.counted_to = at, until
    row.save(update_fields=["news", "news_since", "looked_at", "counted_to"])
    return bool(count)


def new_papers(row, after, until, at):
    """Papers that answer the question, as far as the person may see them; not his own filing."""
    question = questions.read(row.query)
    papers = matching(question, row.user, at)
    wanted = conditions(question, Asked(row.user, at)) & narrowed(row.facets)
    papers = papers.filter(wanted, created_at__gt=after, created_at__lte=until)
    return papers.exclude(created_by=row.user).values("pk").distinct()
