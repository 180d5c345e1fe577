"""Verbs between us and the client: send, renew, a signature on paper, and what comes after."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact
from agency.common.forms import ReasonForm
from archives.kinds import Kind
from archives.services import file_upload
from jobs.forms.chain import RenewForm, SignatureForm, SignerForm
from jobs.models import Estimate
from jobs.services import revising, sending, signing
from jobs.services.sending import may_sign_amount
from jobs.views.base import JobFormPage
from jobs.views.chain import ChainRows, EstimateVerb
from jobs.views.estimate import edit_url

State = Estimate.State


class WithSigner(ChainRows):
    """Mixin: offers the contacts who may sign, the one chosen before or the first in front."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "signers": self.signers}

    @property
    def signers(self):
        return Contact.objects.filter(client=self.client, can_sign=True).reachable()

    def get_initial(self):
        fit = [one for one in self.signers if may_sign_amount(self.estimate, one)]
        return {"contact": self.estimate.sent_to or (fit[0] if len(fit) == 1 else None)}


class EstimateSend(WithSigner, JobFormPage):
    states = (State.APPROVED,)
    permission = "jobs.send_estimate"
    form_class = SignerForm
    template_name = "jobs/estimate_send.html"
    page_title = _("Send it for signature")
    button = _("Send")
    done = _("On its way: the client gets the paper and a link to sign by.")

    def act(self, form):
        return sending.send_estimate(**self.of(form))


class EstimateRenew(WithSigner, JobFormPage):
    states = (State.EXPIRED,)
    permission = "jobs.send_estimate"
    form_class = RenewForm
    page_title = _("Renew the estimate")
    page_lead = _("The same figures and the same paper, with a new link and a new last day.")
    button = _("Renew and send")
    done = _("Renewed and sent.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "asks_costs": self.may("jobs.approve_manager")}

    def act(self, form):
        return sending.renew_estimate(**self.of(form))


class EstimateCosts(EstimateVerb):
    """The account manager's word that lets an AE renew."""

    states = (State.EXPIRED,)
    permission = "jobs.approve_manager"
    page_title = _("Confirm the costs")
    consequence = _("The suppliers' prices still hold: the estimate may be renewed as it is.")
    button = _("They still hold")
    keep = _("Not yet")
    done = _("Confirmed.")

    def act(self, form):
        return sending.confirm_costs(**self.of(form))


class SignatureRecord(WithSigner, JobFormPage):
    states = (State.SENT,)
    permission = "jobs.record_signature"
    form_class = SignatureForm
    page_title = _("Record a signature on paper")
    page_lead = _("It counts once another person has looked at the scan. The link is closed now.")
    button = _("Record it")
    done = _("Recorded; it waits for a second person.")

    def act(self, form):
        """The scan and its record, both or neither."""
        typed = dict(form.cleaned_data)
        return file_upload(
            client=self.client,
            kind=Kind.SIGNATURE_PROOF,
            upload=typed.pop("proof"),
            title=str(self.estimate)[:200],
            dated_on=timezone.localdate(self.now),
            job_numbers=[self.job.number],
            then=lambda proof: self.recorded(proof, typed),
            **self.who(),
        )

    def recorded(self, proof, typed):
        signing.record_signature(estimate=self.estimate, proof=proof, **self.who(), **typed)
        return self.estimate


class SignatureConfirm(EstimateVerb):
    states = (State.SENT,)
    permission = "jobs.confirm_signature"
    template_name = "jobs/signature_confirm.html"
    page_title = _("Confirm the signature")
    consequence = _("You have looked at the scan: it is the client's signature under this paper.")
    button = _("It is signed")
    keep = _("Not yet")
    done = _("Signed: production may start.")

    def rows(self):
        return super().rows().filter(answer__isnull=False).select_related("answer__proof")

    def act(self, form):
        return signing.confirm_signature(**self.of(form))


class NextDraft(EstimateVerb):
    """A verb that begins a draft, and leads to it."""

    permission = "jobs.edit_estimate"
    done = _("The draft is begun.")

    def draft(self, **typed):
        raise NotImplementedError

    def act(self, form):
        typed = dict(form.cleaned_data)
        typed.pop("row_version")
        return self.draft(estimate=self.estimate, **self.who(), **typed)

    def get_success_url(self):
        return edit_url(self.result)


class EstimateRevise(NextDraft):
    states = (State.REFUSED, State.WITHDRAWN, State.EXPIRED)
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
