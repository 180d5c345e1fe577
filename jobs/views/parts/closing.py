CHECK = ("id", "title", "kind", "state", "created_at", "checker__id", "checker__name")
RATING = ("id", "department", "stars", "words")
REVIEW = ("id", "kind", "text", "on", "by__id", "by__name")


def rows(page):
    """A department reads neither the checks nor what the director says."""
    job = page.object
    ratings = {"rating": (job.ratings.all(), RATING)}
    if page.is_theirs:
        return ratings
    return ratings | {
        "check": (job.outgoing_checks.all(), CHECK),
        "review": (job.review_notes.all(), REVIEW),
    }


def part(page):
    """Outgoing checks, completion form, ratings and review notes."""
    job, found = page.object, page.found
    form = getattr(job, "completion", None)
    checks = sorted(found["check"], key=lambda row: (row.created_at, row.pk), reverse=True)
    return {
        "checks": checks,
        "completion": form,
        "ratings": sorted(found["rating"], key=lambda row: row.pk),
        "reviews": sorted(found["review"], key=lambda row: (row.on, row.pk), reverse=True),
        "may_check": page.may("jobs.check_outgoing") and job.is_at_work,
        "may_complete": form is None and job.state == "delivered" and page.may("jobs.complete"),
        "may_rate": page.is_theirs
        and job.state == "closed"
        and page.may("jobs.take_start", own=True),
        "may_review": page.may("jobs.approve_director") and bool(job.number),
    }
