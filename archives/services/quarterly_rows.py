"""The competitors of a quarterly report: taken up with what was seen of them, and written."""

from agency.common.money import cents
from agency.common.verbs import save
from archives.models import Competitor, CompetitorRow, Observation
from archives.quarters import days_of


def missing(report):
    """Competitors of the client's brands that the report does not speak of yet."""
    known = Competitor.objects.filter(brand__client=report.client_id, brand__is_active=True)
    return known.exclude(pk__in=report.rows.values("competitor"))


def observed(report):
    """All that was observed for the client in the quarter."""
    rows = Observation.objects.of_client(report.client_id)
    return rows.between(*days_of(report.year, report.quarter))


def take_up(report):
    """A row for each competitor that has none, with what was seen of him; the new rows."""
    new = [CompetitorRow(report=report, competitor=found) for found in missing(report)]
    if not new:
        return []
    CompetitorRow.objects.bulk_create(new)
    seen = {}
    for observation in observed(report).filter(competitor__isnull=False):
        seen.setdefault(observation.competitor_id, []).append(observation)
    for row in new:
        _fill(row, seen.get(row.competitor_id, []))
    return new


def _fill(row, observations):
    """What it may have cost begins with the sum of the estimates."""
    row.observations.set(observations)
    known = [one.spend for one in observations if one.spend is not None]
    if known:
        row.spend = sum(known)
        row.save(update_fields=["spend"])


def put_rows(report, typed):
    """[{field, about, old, new}] of what is really new in the rows; typed: {key of a row: facts}.

    facts: campaign, media, message, spend, nothing_seen, and of the observations `offered` (those
    the page showed) the `chosen` ones: what came in while the page was open stays.
    """
    changes = []
    rows = report.rows.select_related("competitor").prefetch_related("observations")
    for row in rows.filter(pk__in=typed):
        changes += [{"about": row.competitor.name, **one} for one in _put(row, typed[row.pk])]
    return changes


def _put(row, facts):
    changes = []
    for name in (*CompetitorRow.TEXTS, "spend", "nothing_seen"):
        if name not in facts:
            continue
        old, new = getattr(row, name), _clean(facts[name], name)
        if new != old:
            setattr(row, name, new)
            changes.append({"field": name, "old": _plain(old), "new": _plain(new)})
    if changes:
        save(row)
    return [*changes, *_choose(row, facts)]


def _clean(value, name):
    if name == "spend":
        return None if value is None else cents(value)
    return value.strip() if isinstance(value, str) else value


def _plain(value):
    """As it stands in the trail and in the list of corrections."""
    if isinstance(value, bool):
        return "✓" if value else ""
    return "" if value is None else str(value)


def _choose(row, facts):
    if "chosen" not in facts:
        return []
    had = {one.pk for one in row.observations.all()}
    wanted = (had - set(facts["offered"])) | set(facts["chosen"])
    if wanted == had:
        return []
    row.observations.set(_own(row, wanted))
    return [{"field": "observations", "old": f"{len(had)}", "new": f"{len(wanted)}"}]


def _own(row, keys):
    """Only what was seen of this very competitor."""
    return Observation.objects.filter(pk__in=keys, competitor=row.competitor_id)
