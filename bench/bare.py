"""A line saved with nothing of ours around it: one update and the fragment of its page."""

from decimal import Decimal

from django.db.models import F
from django.shortcuts import render
from django.urls import path

from agency.urls import urlpatterns as ours
from jobs.models import EstimateLine
from jobs.sums import line_sums, totals


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


urlpatterns = [path("bare/<int:pk>/", save_line), *ours]
