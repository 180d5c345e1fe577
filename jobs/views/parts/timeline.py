def part(page):
    """The plan in force and the draft, with what is late."""
    rows = list(page.object.timelines.exclude(state="superseded"))
    current = next((row for row in rows if row.state == "current"), None)
    draft = next((row for row in rows if row.is_draft), None)
    late = []
    if current:
        today = page.now.date()
        late = [row for row in current.milestones.open() if row.is_overdue(today)]
    edits = page.may("jobs.publish_timeline") and page.object.is_at_work
    return {
        "timeline": current,
        "timeline_draft": draft if edits else None,
        "late_milestones": late,
        "may_timeline": edits,
    }
