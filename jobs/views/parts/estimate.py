def rows(_page):
    """None to gather: an estimate is money."""
    return {}


def part(page):
    """Every estimate of the job with its state; money only for who may see it."""
    if not page.may("budgets.view_money") or page.is_theirs:
        return {"estimates": [], "sees_money": False, "may_estimate": False}
    rows = list(page.object.estimates.select_related("author").order_by("change", "-revision"))
    may = page.may("jobs.edit_estimate") and page.object.is_open
    return {
        "estimates": rows,
        "sees_money": True,
        "may_estimate": may and not any(row.change == 0 for row in rows),
        "scope_asked": [row for row in rows if row.scope_answer == "asked"] if may else [],
    }
