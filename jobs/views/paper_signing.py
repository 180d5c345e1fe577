"""Verbs on a signed paper between us and the client: send, renew, a signature on paper."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact
from archives.kinds import Kind
from archives.services import file_upload
from jobs.forms.chain import RenewForm, SignatureForm, SignerForm
from jobs.services import sending, signing
from jobs.services.sending import may_sign_amount
from jobs.views.base import JobFormPage
from jobs.views.papers import PaperRows, PaperVerb, State


class WithSigner(PaperRows):
    """Mixin: offers the contacts who may sign, the one chosen before or the first in front."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "signers": self.signers}

    @property
    def signers(self):
        return Contact.objects.filter(client=self.client, can_sign=True).reachable()

    def get_initial(self):
        fit = [one for one in self.signers if may_sign_amount(self.paper, one)]
        return {"contact": self.paper.sent_to or (fit[0] if len(fit) == 1 else None)}


class PaperSend(WithSigner, JobFormPage):
    states = (State.APPROVED,)
    permission = "jobs.send_estimate"
    form_class = SignerForm
    page_title = _("Send it for signature")
    button = _("Send")
    done = _("On its way: the client gets the paper and a link to sign by.")

    def act(self, form):
        return sending.send(**self.of(form))


class PaperRenew(WithSigner, JobFormPage):
    states = (State.EXPIRED,)
    permission = "jobs.send_estimate"
    form_class = RenewForm
    page_lead = _("The same figures and the same paper, with a new link and a new last day.")
    button = _("Renew and send")
    done = _("Renewed and sent.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "asks_costs": self.may("jobs.approve_manager")}

    def act(self, form):
        return sending.renew(**self.of(form))


class PaperCosts(PaperVerb):
    """The account manager's word that lets an AE renew."""

    states = (State.EXPIRED,)
    permission = "jobs.approve_manager"
    page_title = _("Confirm the costs")
    button = _("They still hold")
    keep = _("Not yet")
    done = _("Confirmed.")

    def act(self, form):
        return sending.confirm_prices(**self.of(form))


class ScanRecord(WithSigner, JobFormPage):
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
            title=str(self.paper)[:200],
            dated_on=timezone.localdate(self.now),
            job_numbers=[self.job.number],
            then=lambda proof: self.recorded(proof, typed),
            **self.who(),
        )

    def recorded(self, proof, typed):
        signing.record_scan(paper=self.paper, proof=proof, **self.who(), **typed)
        return self.paper


class ScanConfirm(PaperVerb):
    states = (State.SENT,)
    permission = "jobs.confirm_signature"
    template_name = "jobs/signature_confirm.html"
    page_title = _("Confirm the signature")
    consequence = _("You have looked at the scan: it is the client's signature under this paper.")
    button = _("It is signed")
    keep = _("Not yet")

    def rows(self):
        return super().rows().filter(answer__isnull=False).select_related("answer__proof")

    def act(self, form):
        return signing.confirm_scan(**self.of(form))
