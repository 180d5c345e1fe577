"""The logo of the house: a page of the roof, because settings and papers are two apps' things."""

from django import forms
from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

import accounts.services
import archives.services
from accounts.models import AgencySettings
from accounts.views.house import OfHouse
from agency.common.forms import VersionedForm
from agency.common.views import FormPage, Page, VerbView
from archives.cage import caged
from archives.downloads import picture


class LogoForm(VersionedForm, forms.Form):
    file = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG or JPEG, 2 MB at most; it is printed 11 mm high."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )


class OfLogo(OfHouse):
    success_url = cancel_url = "/settings/"

    @cached_property
    def object(self):
        return AgencySettings.load()


class LogoPage(OfLogo, FormPage):
    """The logo as papers print it, and a better one."""

    form_class = LogoForm
    template_name = "logo.html"
    page_title = _("Logo")
    page_lead = _("It stands in the letterhead of every paper issued from now on.")
    button = _("Take this logo")
    done = _("The logo is changed. Papers that are issued keep the one they have.")

    def act(self, form):
        return archives.services.put_logo(
            upload=form.cleaned_data["file"],
            row_version=form.cleaned_data["row_version"],
            by=self.request.user,
            at=self.now,
        )


class LogoRemove(OfLogo, VerbView):
    page_title = _("Remove the logo")
    consequence = _("Papers issued from now on have the plain mark. Those issued keep theirs.")
    button = _("Remove logo")
    done = _("The logo is taken out of the letterhead.")
    cancel_url = "/settings/logo/"

    def act(self, form):
        return accounts.services.set_logo(
            sha256="", by=self.request.user, at=self.now, **form.cleaned_data
        )


class LogoPicture(OfLogo, Page, View):
    """The picture that we made of the upload, for the preview."""

    def get(self, request):
        found = picture(self.object.logo_sha256)
        if found is None:
            raise Http404
        mime, body = found
        return caged(HttpResponse(body, content_type=mime))
