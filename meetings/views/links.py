"""The page behind a client contact's link: the paper, and an answer that needs a typed name.

`return_page` serves GET and POST of /c/link/<id>/ for links of purpose "return"; agency/links.py
has checked the cookie and that the link may be read. Opening changes nothing (C9).
"""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import check_code, send_code
from agency.common.context import request_ip
from agency.common.errors import Refused, Stale
from agency.common.texts import masked
from archives.downloads import link_paper
from meetings import services
from meetings.forms.returns import AgreeForm, ObjectForm
from meetings.models import ActionPoint, ContactReport
from meetings.papers import client_face
from meetings.reports.recipients import points_of_face

AGENT_LENGTH = 300
FORMS = {"agree": AgreeForm, "object": ObjectForm}


def return_page(request, link):
    """The report in the contact's language, with "Agree" and "Object"; POST keeps the answer."""
    report = services.report_of(link)
    if report is None or report.state == ContactReport.State.SUPERSEDED:
        return replaced_page(request, link, report)
    with timezone.override(ZoneInfo(link.contact.client.timezone)):
        page = ReturnPage(request, link, report)
        return page.post() if request.method == "POST" else page.show()


def replaced_page(request, link, report):
    """An old link says which revision stands in its place, and shows nothing else."""
    newer = report and ContactReport.objects.issued().filter(supersedes=report).first()
    return render(request, "meetings/return_replaced.html", {"link": link, "newer": newer})


def return_pdf(request, link):
    """The paper itself, exactly the bytes the link is bound to."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    report = services.report_of(link)
    if report is None or report.state == ContactReport.State.SUPERSEDED:
        return replaced_page(request, link, report)
    return link_paper(link) or replaced_page(request, link, report)


class ReturnPage:
    """One request for the page of a link."""

    def __init__(self, request, link, report):
        self.request, self.link, self.report = request, link, report
        self.now = timezone.now()
        self.face = client_face(report, self.now)
        self.points = points_of_face(self.face)

    def forms(self):
        """Both acts, blank; their names differ, so that one form's errors stay its own."""
        shown = {"initial": {"sha256": self.link.sha256}, "needs_code": self.link.needs_code}
        return {
            "agree": AgreeForm(**shown),
            "object": ObjectForm(**shown, points=self.points),
        }

    def bound(self, act):
        extra = {"points": self.points} if act == "object" else {}
        return FORMS[act](self.request.POST, needs_code=self.link.needs_code, **extra)

    def post(self):
        act = self.request.POST.get("act", "")
        if act not in FORMS:
            return self.show(status=422)
        form = self.bound(act)
        if not form.is_valid():
            return self.show(status=422, **{act: form})
        try:
            if self.wants_code(form):
                return self.mail_code(form)
            self.answer(form)
        except Stale as error:
            messages.error(self.request, str(error))
        except Refused as error:
            form.refuse(error)
            return self.show(status=422, **{act: form})
        return HttpResponseRedirect(self.request.path)

    def wants_code(self, form):
        """The first step where the client wants a code: the name is typed, the code is not yet."""
        return self.link.needs_code and not form.cleaned_data["code"]

    def mail_code(self, form):
        """To the contact's own address; what was typed stays in the form (C10)."""
        send_code(link=self.link, at=self.now)
        form["code"].help_text = _("A code is on its way to %(address)s. Enter it here.") % {
            "address": masked(self.link.contact.email)
        }
        return self.show(**{form.prefix: form})

    def answer(self, form):
        """The code is used up in its own transaction first: a wrong try stays counted (C10)."""
        typed = form.cleaned_data
        if self.link.needs_code and not check_code(link=self.link, code=typed["code"], at=self.now):
            raise Refused(_("This code is not right, or older than 10 minutes."), "code")
        objects = form.answer == "objected"
        services.answer_return(
            link=self.link,
            answer=form.answer,
            typed_name=typed["typed_name"],
            about=form.about_text() if objects else "",
            reason=typed["reason"] if objects else "",
            sha256=typed["sha256"],
            ip=request_ip.get(),
            agent=self.request.headers.get("User-Agent", "")[:AGENT_LENGTH],
            at=self.now,
        )

    def show(self, status=200, **forms):
        answers = list(self.link.answers.order_by("at"))
        context = {
            "link": self.link,
            "contact": self.link.contact,
            "report": self.report,
            "face": self.face,
            "forms": {**self.forms(), **forms},
            "opened": next(iter(forms), ""),
            "answers": answers,
            "may_agree": not answers,
            "may_object": not any(row.answer == "objected" for row in answers),
            "owed": self.owed(),
            "reply_by": self.report.return_due_at or self.face["reply_by"],
            "today": timezone.localdate(self.now),
            "language_url": reverse("accounts:language"),
        }
        return render(self.request, "meetings/return_page.html", context, status=status)

    def owed(self):
        """What this client still owes us, whatever report it comes from."""
        open_rows = ActionPoint.objects.open().filter(report__client=self.report.client_id)
        rows = open_rows.filter(contact__isnull=False).select_related("contact", "report")
        return list(rows.order_by("due_on", "pk"))
