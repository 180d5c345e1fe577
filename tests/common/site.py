"""A small site of our own for tests of the frame: one page of each kind, no app."""

from dataclasses import dataclass
from types import SimpleNamespace

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.template import RequestContext, Template
from django.urls import include, path
from django.utils import translation

from agency.common.context import request_ip
from agency.common.errors import Refused, Stale
from agency.common.forms import KeyedForm, ReasonForm, StyledForm
from agency.common.views import Column, FormPage, ListPage, PlainPage, VerbView

REASON_SHORT = "Please give a reason of at least 10 characters."


def echo(request):
    """What the middleware made of the request."""
    body = {"language": translation.get_language(), "ip": request_ip.get()}
    return JsonResponse({**body, "typed": request.POST.get("words", "")})


def refuse(request):
    raise Refused("This report has been issued already.", "report")


def go_stale(request):
    raise Stale("Changed by Zhong Wantang at 14:19.")


def forbid(request):
    raise PermissionDenied


def fail(request):
    raise RuntimeError("the canary sings")


def come_back(request):
    """Where verbs lead to: a page of the frame with the notes of what was done."""
    page = '{% extends "base.html" %}{% block heading %}Back{% endblock %}'
    return HttpResponse(Template(page).render(RequestContext(request, {"page_title": "Back"})))


class PersonFilter(StyledForm, forms.Form):
    name = forms.CharField(label="Name", required=False, max_length=20)
    year = forms.IntegerField(label="Year", required=False, min_value=2000, max_value=2100)


DRAFT = """{% extends "base.html" %}{% block content %}<p data-saved></p>
<form method="post" action="/draft/" data-autosave="/draft/save/" data-key-store="draft-1">
{% csrf_token %}<input type="hidden" name="row_version" value="1">
<label>Title <input name="title"></label>
<input type="hidden" name="points-TOTAL_FORMS" value="0">
<div data-rows="points"></div>
<template data-row="points"><div data-item><b data-number>1</b>
<label>Kind <select name="points-__prefix__-kind"><option value="note">Note</option>
<option value="problem">Problem</option></select></label>
<label data-when="kind" data-is="problem">Cure <input name="points-__prefix__-cure"></label>
<label>Text <input name="points-__prefix__-text"></label>
<input type="checkbox" name="points-__prefix__-DELETE" hidden>
<button type="button" data-remove-row>Remove</button></div></template>
<button type="button" data-add-row="points">Add a point</button>
<button data-busy="Issuing">Issue</button></form>{% endblock %}"""


def draft(request):
    """A form that is saved as typed, with rows that the script adds."""
    page = Template(DRAFT).render(RequestContext(request, {"page_title": "Draft"}))
    return HttpResponse(page)


def save_draft(request):
    version = int(request.POST["row_version"])
    if request.POST["title"] == "stale":
        raise Stale("Changed by Zhong Wantang at 14:19.")
    return JsonResponse({"row_version": version + 1, "saved_at": "14:19"})


class FileForm(KeyedForm, forms.Form):
    title = forms.CharField(label="Title")
    paper = forms.FileField(label="Paper")


class Upload(FormPage):
    form_class = FileForm
    page_title = "File a paper"
    button = "File it"
    success_url = "/back/"
    done = "The paper is filed."

    def act(self, form):
        return form.cleaned_data["paper"]


class People(ListPage):
    page_title = "People"
    columns = (
        Column("Name", "name", sort="name", url=lambda row: f"/people/{row.pk}/"),
        Column("Role", "get_role_display", "badge", tone=lambda row: "green"),
        Column("Since", "date_joined", "moment", sort="since"),
    )
    sorts = {"name": "name", "since": ("-date_joined", "name")}
    default_sort = "name"
    filter_form = PersonFilter
    sheet_name = "people"
    empty_text = "People appear here."

    def rows(self):
        return get_user_model().objects.all()

    def narrow(self, rows, name="", year=None):
        return rows.filter(name__contains=name) if name else rows

    def get_first_step(self):
        return ("New person", "/new/")


class Guarded(PlainPage):
    template_name = "base.html"
    page_title = "Guarded"
    permission = "meetings.log_call"


class NewForm(KeyedForm, forms.Form):
    title = forms.CharField(label="Title", max_length=60)


@dataclass
class Made:
    title: str

    def get_absolute_url(self):
        return f"/back/?made={self.title}"


class New(FormPage):
    form_class = NewForm
    page_title = "Plan a meeting"
    button = "Plan the meeting"
    done = "The meeting is planned."

    def act(self, form):
        title = form.cleaned_data["title"]
        if title == "taken":
            raise Refused("There is one of this name.", "title")
        if title == "stale":
            raise Stale("Changed by Zhong Wantang at 14:19.")
        return Made(title)


class Withdraw(VerbView):
    form_class = ReasonForm
    page_title = "Withdraw the paper"
    consequence = "The link stops at once."
    button = "Withdraw it"
    grave = True
    success_url = "/back/"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "row_version": 3}

    def act(self, form):
        if len(form.cleaned_data["reason"]) < 10:
            raise Refused(REASON_SHORT, "reason")
        return SimpleNamespace()


accounts_urls = (
    [
        path("login/", come_back, name="login"),
        path("logout/", come_back, name="logout"),
        path("language/", come_back, name="language"),
        path("clients/", come_back, name="client_list"),
    ],
    "accounts",
)
meetings_urls = ([path("call/new/", come_back, name="call_create")], "meetings")

urlpatterns = [
    path("", Guarded.as_view(permission=""), name="home"),
    path("accounts/", include(accounts_urls)),
    path("meetings/", include(meetings_urls)),
    path("echo/", echo),
    path("refuse/", refuse),
    path("stale/", go_stale),
    path("forbid/", forbid),
    path("fail/", fail),
    path("back/", come_back),
    path("people/", People.as_view()),
    path("draft/", draft),
    path("draft/save/", save_draft),
    path("upload/", Upload.as_view()),
    path("guarded/", Guarded.as_view()),
    path("new/", New.as_view()),
    path("withdraw/", Withdraw.as_view()),
]
handler400 = "agency.views.bad_request"
handler403 = "agency.views.forbidden"
handler404 = "agency.views.not_found"
handler500 = "agency.views.server_error"
