"""The last signature of each category that is over budget, for many clients at once (R37)."""

from collections import defaultdict

from django.db.models import CharField, Exists, OuterRef, Q, Value

from budgets.models import Category, MediaLine, MediaPlan
from budgets.reports.standing_facts import Paper
from budgets.reports.standing_rows import name_of
from jobs.models import Estimate


def read_causes(books):
    """Put into each SummedYear what took the last of its budget."""
    if not books:
        return
    by_client = {book.client.pk: book for book in books}
    estimates = _last(Estimate, "net", Category.PRODUCTION, _at_once(books, _of_year))
    plans = _last(MediaPlan, "client_net", Category.MEDIA, _at_once(books, _runs_in))
    for client, category, net, *paper in estimates.union(plans, all=True):
        job, pk, number, revision, signed_at = paper
        by_client[client].causes[category] = Paper(
            job, category, net, "", pk, name_of(number, revision, pk), signed_at=signed_at
        )


def _at_once(books, within):
    """Condition: signed and in force at the instant of its client's book, within its year."""
    found = Q(pk__in=[])
    groups = defaultdict(list)
    for book in books:
        groups[book.end, book.year, book.client.fiscal_start_month].append(book)
    for (end, _year, _start), group in groups.items():
        in_force = Q(superseded_at__isnull=True) | Q(superseded_at__gt=end)
        clients = [book.client.pk for book in group]
        found |= Q(within(group[0]), in_force, job__client__in=clients, signed_at__lte=end)
    return found


def _of_year(book):
    return Q(job__budget_year=book.year)


def _runs_in(book):
    lines = MediaLine.objects.filter(plan=OuterRef("pk"))
    return Q(Exists(lines.filter(month__range=(book.months[0], book.months[-1]))))


def _last(model, net, category, condition):
    """(client, category, net, …) of each client's last signature."""
    rows = model.objects.filter(condition).order_by("job__client_id", "-signed_at", "-pk")
    last = rows.distinct("job__client_id").values("pk")
    rows = model.objects.filter(pk__in=last).order_by()
    named = rows.annotate(category_=Value(category.value, CharField()))
    return named.values_list(
        "job__client", "category_", net, "job", "pk", "number", "revision", "signed_at"
    )
