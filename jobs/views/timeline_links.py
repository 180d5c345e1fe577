"""The page behind a client contact's link to a timeline: own duties first, the plan, "seen".

`timeline_page` serves GET and POST of /c/link/<id>/ for links of purpose "timeline";
agency/links.py has checked the cookie and that the link may be read. Opening changes nothing (C9).
"""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from agency.common.context import request_ip
from agency.common.errors import Refused, Stale
from archives.downloads import link_paper
from jobs.forms.timeline import SeenForm
from jobs.models import Timeline
from jobs.papers.timeline import timeline_client
from jobs.services.milestones import see_by_link, timeline_of
from jobs.services.publishing import rows_of
from jobs.views.plans import drawn

AGENT_LENGTH = 300


def timeline_page(request, link):
    """The plan as the client sees it, in the contact's language; POST keeps "I have seen it"."""
    timeline = timeline_of(link)
    if timeline is None or timeline.state != Timeline.State.CURRENT:
        return _replaced(request, link, timeline)
    with timezone.override(ZoneInfo(link.contact.client.timezone)):
        if request.method == "POST":
            return _post(request, link, timeline)
        return _show(request, link, timeline, SeenForm(initial={"sha256": link.sha256}))


def timeline_pdf(request, link):
    """The paper itself, exactly the bytes the link is bound to."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    timeline = timeline_of(link)
    if timeline is None or timeline.state != Timeline.State.CURRENT:
        return _replaced(request, link, timeline)
    return link_paper(link) or _replaced(request, link, timeline)


def _replaced(request, link, timeline):
    """An old link says which version stands in its place, and shows nothing else."""
    newer = timeline and timeline.job.timelines.current().first()
    return render(request, "jobs/timeline_replaced.html", {"link": link, "newer": newer})


def _post(request, link, timeline):
    form = SeenForm(request.POST)
    if not form.is_valid():
        return _show(request, link, timeline, form, 422)
    try:
        see_by_link(
            link=link,
            typed_name=form.cleaned_data["typed_name"],
            sha256=form.cleaned_data["sha256"],
            ip=request_ip.get(),
            agent=request.headers.get("User-Agent", "")[:AGENT_LENGTH],
            at=timezone.now(),
        )
    except Stale as error:
        messages.error(request, str(error))
    except Refused as error:
        form.refuse(error)
        return _show(request, link, timeline, form, 422)
    return HttpResponseRedirect(request.path)


def _show(request, link, timeline, form, status=200):
    former = timeline.job.timelines.filter(version__lt=timeline.version).first()
    rows = rows_of(timeline)
    face = timeline_client(
        timeline, rows, rows_of(former) if former else [], at=timezone.now(),
        number=timeline.client_document.number,
    )  # fmt: skip
    keys = [row.contact_id for row in rows if row.client_visible]
    own = [
        row
        for row, contact in zip(face["rows"], keys, strict=True)
        if row["is_duty"] and contact == link.contact_id
    ]
    context = {
        "link": link,
        "contact": link.contact,
        "face": face,
        "own": own,
        "others": [row for row in face["duties"] if row not in own],
        "plan": drawn(face),
        "today": face["today"],
        "answers": list(link.answers.order_by("at")),
        "form": form,
        "language_url": reverse("accounts:language"),
        "ae": timeline.job.ae,
    }
    return render(request, "jobs/timeline_page.html", context, status=status)
