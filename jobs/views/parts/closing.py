def part(page):
    """Outgoing checks, completion form, ratings and review notes."""
    job = page.object
    checks = job.outgoing_checks.select_related("author", "checker")
    form = getattr(job, "completion", None)
    return {
        "checks": [] if page.is_theirs else list(checks),
        "completion": form,
        "ratings": list(job.ratings.select_related("by")),
        "reviews": [] if page.is_theirs else list(job.review_notes.select_related("by")),
        "may_check": page.may("jobs.check_outgoing") and job.is_at_work,
        "may_complete": form is None and job.state == "delivered" and page.may("jobs.complete"),
        "may_rate": page.is_theirs
        and job.state == "closed"
        and page.may("jobs.take_start", own=True),
        "may_review": page.may("jobs.approve_director") and bool(job.number),
    }
