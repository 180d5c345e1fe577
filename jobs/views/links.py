"""The page behind a link of purpose `sign`: the paper itself, signed or refused (3.10, C9).

agency/links.py has checked the cookie and that the link may be read. Opening changes nothing: an
answer is a POST with a typed name and, where the client wants it, the mailed code.
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
from jobs.forms.chain import RefuseForm, SignForm
from jobs.models import SignedPaper
from jobs.services import signing
from jobs.services.papers import kind_of

AGENT_LENGTH = 300
State = SignedPaper.State
FORMS = {"sign": SignForm, "refuse": RefuseForm}
GONE = (State.WITHDRAWN, State.SUPERSEDED)


def sign_page(request, link):
    """The paper in the contact's language, with "Sign" and "Refuse"; POST keeps the answer."""
    paper = signing.paper_of(link)
    if is_gone(link, paper):
        return gone_page(request, link, paper)
    with timezone.override(ZoneInfo(link.contact.client.timezone)):
        page = SignPage(request, link, paper)
        return page.post() if request.method == "POST" else page.show()


def sign_pdf(request, link):
    """The paper itself, exactly the bytes the link is bound to."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    paper = signing.paper_of(link)
    if is_gone(link, paper):
        return gone_page(request, link, paper)
    return link_paper(link) or gone_page(request, link, paper)


def is_gone(link, paper):
    """Withdrawn or replaced, and not signed by this link before that."""
    if paper is None:
        return True
    return paper.state in GONE and not link.answers.exists()


def gone_page(request, link, paper):
    """A dead link says that its paper counts no more, and shows nothing of it."""
    title = kind_of(paper).gone if paper else _("This paper counts no more")
    return render(request, "jobs/sign_gone.html", {"link": link, "title": title})


class SignPage:
    """One request for the page of a link."""

    def __init__(self, request, link, paper):
        self.request, self.link, self.paper = request, link, paper
        self.now = timezone.now()

    def forms(self):
        """Both acts, blank; their names differ, so that one form's errors stay its own."""
        shown = {"initial": {"sha256": self.link.sha256}, "needs_code": self.link.needs_code}
        return {name: form(**shown) for name, form in FORMS.items()}

    def post(self):
        act = self.request.POST.get("act", "")
        if act not in FORMS:
            return self.show(status=422)
        form = FORMS[act](self.request.POST, needs_code=self.link.needs_code)
        if not form.is_valid():
            return self.show(status=422, **{act: form})
        try:
            if self.link.needs_code and not form.cleaned_data["code"]:
                return self.mail_code(act, form)
            self.answer(act, form.cleaned_data)
        except Stale as error:
            messages.error(self.request, str(error))
        except Refused as error:
            form.refuse(error)
            return self.show(status=422, **{act: form})
        return HttpResponseRedirect(self.request.path)

    def mail_code(self, act, form):
        """To the contact's own address; what was typed stays in the form (C10)."""
        send_code(link=self.link, at=self.now)
        form["code"].help_text = _("A code is on its way to %(address)s. Enter it here.") % {
            "address": masked(self.link.contact.email)
        }
        return self.show(**{act: form})

    def answer(self, act, typed):
        """The code is used up in its own transaction first: a wrong try stays counted (C10)."""
        if self.link.needs_code and not check_code(link=self.link, code=typed["code"], at=self.now):
            raise Refused(_("This code is not right, or older than 10 minutes."), "code")
        given = {
            "link": self.link,
            "typed_name": typed["typed_name"],
            "sha256": typed["sha256"],
            "ip": request_ip.get(),
            "agent": self.request.headers.get("User-Agent", "")[:AGENT_LENGTH],
            "at": self.now,
        }
        if act == "sign":
            signing.sign_by_link(**given)
        else:
            signing.refuse_by_link(reason=typed["reason"], **given)

    def show(self, status=200, **forms):
        answer = self.link.answers.order_by("at").first()
        paper = self.paper
        kind = kind_of(paper)
        _template, face = kind.face("client")
        context = {
            "link": self.link,
            "contact": self.link.contact,
            "paper": paper,
            "author": paper.job.ae,
            "face": face(paper, paper.number, paper.sent_at),
            "forms": {**self.forms(), **forms},
            "answer": answer,
            "is_open": answer is None
            and paper.state == State.SENT
            and paper.answer_id is None
            and self.now < paper.expires_at,
            "language_url": reverse("accounts:language"),
        }
        return render(self.request, kind.sign_page, context, status=status)
