"""Lines saved with nothing of ours around them: one statement and the answer of the page."""

from decimal import Decimal

from django.db.models import F
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import path

from agency.urls import urlpatterns as ours
from jobs.models import EstimateLine
from jobs.sums import line_sums, totals
from meetings.models import HoldLine


def save_line(request, pk):
    row = EstimateLine.objects.filter(pk=pk)
    quantity = Decimal(request.POST["quantity"])
    cost, price = line_sums(quantity, Decimal("865.3310"), Decimal("0.1765"))
    row.update(quantity=quantity, cost=cost, price=price, row_version=F("row_version") + 1)
    line = row.select_related("estimate", "deliverable", "supplier").get()
    line.asked = 0
    sums = totals(line.estimate.lines.all(), line.estimate.contingency_rate, line.vat_rate)
    context = {"line": line, "estimate": line.estimate, "sums": sums}
    return render(request, "jobs/_line_saved.html", context)


def hold_line(request, pk):
    HoldLine.objects.create(
        meeting_id=pk, key=request.POST["key"], kind="d", text=request.POST["typed"],
        created_by=request.user,
    )  # fmt: skip
    return JsonResponse({"lines": HoldLine.objects.filter(meeting=pk).count()})


urlpatterns = [
    path("bare/<int:pk>/", save_line),
    path("bare/lines/<int:pk>/", hold_line),
    *ours,
]
