ORDER = (
    "id",
    "kind",
    "department",
    "state",
    "due_on",
    "supplier__id",
    "supplier__name",
    "to__id",
    "to__name",
)


def rows(page):
    orders = page.object.start_orders.all()
    if page.is_theirs:
        orders = orders.visible_to(page.request.user)
    return {"order": (orders, ORDER)}


def part(page):
    """Start orders, and for who may see money the costs."""
    job, user = page.object, page.request.user
    enters_costs = page.may("jobs.enter_cost", user.department == "production")
    gives = page.may("jobs.give_start")
    sees_cost = page.may("jobs.edit_estimate") or page.may("budgets.view_margin")
    costs = job.costs.select_related("supplier", "line") if sees_cost else []
    return {
        "orders": sorted(page.found["order"], key=lambda row: row.pk),
        "costs": list(costs),
        "may_order": gives and job.is_open,
        "may_cost": enters_costs and job.state in ("active", "delivered"),
        "may_note_error": page.may("jobs.edit_estimate") and bool(job.number),
    }
