"""An estimate between us and the client, and the drafts that come after it."""

from django.utils.translation import gettext_lazy as _

from agency.common.forms import ReasonForm
from jobs.services import revising
from jobs.views import paper_signing
from jobs.views.chain import ChainRows, EstimateVerb
from jobs.views.estimate import edit_url
from jobs.views.papers import ENDED, State


class EstimateSend(ChainRows, paper_signing.PaperSend):
    template_name = "jobs/estimate_send.html"


class EstimateRenew(ChainRows, paper_signing.PaperRenew):
    page_title = _("Renew the estimate")


class EstimateCosts(ChainRows, paper_signing.PaperCosts):
    consequence = _("The suppliers' prices still hold: the estimate may be renewed as it is.")


class SignatureRecord(ChainRows, paper_signing.ScanRecord):
    pass


class SignatureConfirm(ChainRows, paper_signing.ScanConfirm):
    done = _("Signed: production may start.")


class NextDraft(EstimateVerb):
    """A verb that begins a draft, and leads to it."""

    permission = "jobs.edit_estimate"
    done = _("The draft is begun.")

    def draft(self, **typed):
        raise NotImplementedError

    def act(self, form):
        typed = dict(form.cleaned_data)
        typed.pop("row_version")
        return self.draft(estimate=self.paper, **self.who(), **typed)

    def get_success_url(self):
        return edit_url(self.result)


class EstimateRevise(NextDraft):
    states = ENDED
    page_title = _("Revise the estimate")
    consequence = _("A new revision with the same lines. Its approvals begin from zero.")
    button = _("Begin the revision")
    keep = _("Not yet")

    def draft(self, **typed):
        return revising.revise_estimate(**typed)


class EstimateAnew(NextDraft):
    states = (State.SIGNED,)
    form_class = ReasonForm
    page_title = _("Estimate the whole anew")
    consequence = _("The signed one stays in force until the new one is signed.")
    button = _("Begin the new estimate")
    keep = _("Not yet")

    def draft(self, **typed):
        return revising.re_estimate(**typed)


class ChangeOrderCreate(NextDraft):
    states = (State.SIGNED,)
    form_class = ReasonForm
    page_title = _("Draft a change order")
    consequence = _("The difference only, with a chain and a signature of its own.")
    button = _("Begin the change order")
    keep = _("Not yet")

    def draft(self, **typed):
        return revising.draft_change_order(**typed)
