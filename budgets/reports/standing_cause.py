"""The signature with which each category went over its budget, for many clients at once (R37)."""

from collections import defaultdict

from django.db.models import CharField, Exists, OuterRef, Q, Value

from budgets.models import Category, MediaLine, MediaPlan
from budgets.reports.standing_facts import Paper
from budgets.reports.standing_rows import name_of
from jobs.models import Estimate


def read_causes(books):
    """Put into each SummedYear what was signed since its categories were last within budget."""
    over = [(book, row.category) for book in books for row in book.rows(book.end) if row.is_over]
    if not over:
        return
    by_client = {book.client.pk: book for book in books}
    estimates = _signed(Estimate, "net", Category.PRODUCTION, over, _of_year)
    plans = _signed(MediaPlan, "client_net", Category.MEDIA, over, _runs_in)
    for client, category, net, *paper in estimates.union(plans, all=True):
        job, pk, number, revision, signed_at = paper
        by_client[client].signatures.append(Paper(
            job, category, net, "", pk, name_of(number, revision, pk), signed_at=signed_at
        ))  # fmt: skip


def _signed(model, net, category, over, within):
    """(client, category, net, …) of what was signed since, in the category."""
    books = [book for book, name in over if name == category]
    rows = model.objects.filter(_at_once(books, category, within)).order_by()
    named = rows.annotate(category_=Value(category.value, CharField()))
    return named.values_list(
        "job__client", "category_", net, "job", "pk", "number", "revision", "signed_at"
    )


def _at_once(books, category, within):
    """Condition: signed since, and in force at the instant of its client's book, in its year."""
    found = Q(pk__in=[])
    groups = defaultdict(list)
    for book in books:
        since, _left = book.before_over(book.end, category)
        groups[book.end, since, book.year, book.client.fiscal_start_month].append(book)
    for (end, since, _year, _start), group in groups.items():
        in_force = Q(superseded_at__isnull=True) | Q(superseded_at__gt=end)
        later = Q(signed_at__gt=since) if since else Q()
        clients = [book.client.pk for book in group]
        found |= Q(within(group[0]), in_force, later, job__client__in=clients, signed_at__lte=end)
    return found


def _of_year(book):
    return Q(job__budget_year=book.year)


def _runs_in(book):
    lines = MediaLine.objects.filter(plan=OuterRef("pk"))
    return Q(Exists(lines.filter(month__range=(book.months[0], book.months[-1]))))
