"""Pages that apps build on: a list, a form, a verb with its confirm page (house.md, screens.md)."""

from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, ListView, TemplateView

from agency.common.errors import Refused, Stale
from agency.common.forms import VerbForm, VersionedForm
from agency.common.pages import stale_page
from agency.common.paging import LongPaginator
from agency.common.sheets import Leaves, sheet_response
from agency.common.tables import Column, headings

__all__ = ["Column", "Filtered", "FormPage", "ListPage", "Page", "PlainPage", "VerbView"]
PAGE_ROWS = 100
EXPORT_ROWS = 50_000


class Page(AccessMixin):
    """A page of the frame: sign-in, the permission, title, lead and breadcrumbs.

    permission: a name of the table of rights that the person must hold at all, such as
    "accounts.view_client"; the service asks again, with the client. permission_on: OWN where the
    right on what is one's own is enough to come in. part_name: the template of what the script
    asks for; whoever comes, or goes back, to the address gets the whole page.
    """

    permission = ""
    permission_on = None
    part_name = ""
    page_title = ""
    page_lead = ""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if self.permission and not request.user.has_perm(self.permission, self.permission_on):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def now(self):
        """The instant of this request: views take the time, rules are given it."""
        return timezone.now()

    def get_template_names(self):
        htmx = self.part_name and self.request.htmx
        is_part = htmx and not htmx.history_restore_request
        return [self.part_name] if is_part else super().get_template_names()

    def get_page_title(self):
        return self.page_title

    def get_page_lead(self):
        return self.page_lead

    def get_crumbs(self):
        """[(label, address)] from the client downwards."""
        return []

    def get_context_data(self, **kwargs):
        words = {
            "page_title": self.get_page_title(),
            "page_lead": self.get_page_lead(),
            "crumbs": self.get_crumbs(),
            "now": self.now,
        }
        return super().get_context_data(**{**words, **kwargs})


class PlainPage(Page, TemplateView):
    """A page with a template of its own."""


class Filtered:
    """Mixin: what the person asks of a page in its address, and whether it may leave as a sheet.

    filter_form: a Form (StyledForm) whose fields are all optional.
    """

    filter_form = None

    @cached_property
    def filters(self):
        if self.filter_form is None:
            return None
        form = self.filter_form(self.request.GET or None, **self.get_filter_kwargs())
        form.hide_optional = True
        form.is_valid()
        return form

    def get_filter_kwargs(self):
        return {}

    @property
    def wanted(self):
        """{name: value} of the filters that were filled in and understood."""
        values = getattr(self.filters, "cleaned_data", {})
        return {name: value for name, value in values.items() if not is_empty(value)}

    @property
    def may_export(self):
        return self.request.user.has_perm("accounts.export")


class ListPage(Leaves, Filtered, Page, ListView):
    """A list: filters through a form, whitelisted order, 100 a page, XLSX of the same rows.

    rows(): a QuerySet that already holds only what the person may see (`visible_to`), with
        select_related for every cell, so that the number of queries does not grow with the rows.
    columns: list of Column; also the columns of the sheet.
    narrow(rows, **wanted): applies the filters that are valid and not empty.
    sorts: {"date": "starts_at", "client": ("client__name", "-pk")}: the only orders a page obeys.
    empty_title, empty_text, first_step: (label, address) or None, said when there is nothing yet.
    """

    template_name = "list.html"
    context_object_name = "rows"
    paginate_by = PAGE_ROWS
    paginator_class = LongPaginator
    columns = ()
    sorts = {}
    default_sort = ""
    sheet_name = "list"
    empty_title = _("Nothing here yet")
    empty_text = ""

    def rows(self):
        raise NotImplementedError

    def narrow(self, rows, **wanted):
        return rows

    def get_first_step(self):
        return None

    def get_acts(self):
        """[(label, address)] of the page head; the first is the primary button."""
        step = self.get_first_step()
        return [step] if step else []

    def get_queryset(self):
        rows = self.rows()
        if self.filters is not None:
            rows = self.narrow(rows, **self.wanted)
        order = self.sorts.get(self.sort.lstrip("-"))
        return rows.order_by(*ordering(order, self.sort.startswith("-"))) if order else rows

    @cached_property
    def sort(self):
        asked = self.request.GET.get("sort", "")
        return asked if asked.lstrip("-") in self.sorts else self.default_sort

    def paginate_queryset(self, queryset, page_size):
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def sheet(self):
        rows = self.get_queryset()[:EXPORT_ROWS]
        return sheet_response(self.sheet_name, self.get_page_title(), self.get_columns(), rows)

    def get_columns(self):
        return self.columns

    def get_context_data(self, **kwargs):
        extra = {
            "columns": self.get_columns(),
            "headings": headings(self.get_columns(), self.sort, self.request.GET),
            "filters": self.filters,
            "is_filtered": bool(self.wanted),
            "empty_title": self.empty_title,
            "empty_text": self.empty_text,
            "first_step": self.get_first_step(),
            "acts": self.get_acts(),
            "may_export": self.may_export,
        }
        return super().get_context_data(**{**extra, **kwargs})


class FormPage(Page, FormView):
    """A form that calls one service.

    rows(): where the object of the URL's pk comes from, already `visible_to`; none for a new one.
    act(form): calls the service and returns what it made; Refused goes to the field with nothing
        typed lost, Stale to the 409 page that shows what was typed.
    success_url or get_success_url(): where to go; `done` is the green note ("" for none).
    """

    template_name = "form.html"
    button = _("Save")
    cancel_url = ""
    done = ""

    def rows(self):
        return None

    @cached_property
    def object(self):
        rows = self.rows()
        if rows is None or "pk" not in self.kwargs:
            return None
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def act(self, form):
        raise NotImplementedError

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        form_class = self.get_form_class()
        if self.object is not None and issubclass(form_class, ModelForm):
            kwargs["instance"] = self.object
        if self.object is not None and issubclass(form_class, VersionedForm):
            kwargs["row_version"] = self.object.row_version
        return kwargs

    def form_valid(self, form):
        try:
            self.result = self.act(form)
        except Stale as error:
            return stale_page(self.request, error, form.typed())
        except Refused as error:
            form.refuse(error)
            return self.form_invalid(form)
        if done := self.get_done():
            messages.success(self.request, done)
        return HttpResponseRedirect(self.get_success_url())

    def form_invalid(self, form):
        """The form again with its errors; 422, so that what was refused is no success."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_done(self):
        return self.done

    def get_success_url(self):
        """By default the page of what the service returned."""
        if self.success_url:
            return str(self.success_url)
        return self.result.get_absolute_url()

    def get_cancel_url(self):
        return self.cancel_url or (self.object.get_absolute_url() if self.object else "/")

    def get_context_data(self, **kwargs):
        extra = {
            "object": self.object,
            "button": self.button,
            "cancel_url": self.get_cancel_url(),
        }
        return super().get_context_data(**{**extra, **kwargs})


class VerbView(FormPage):
    """A verb with a confirm page of its own: GET asks and says what follows, POST does it.

    consequence: one or two sentences on what follows; grave: red edge and button.
    """

    template_name = "confirm.html"
    form_class = VerbForm
    consequence = ""
    grave = False
    keep = _("Do not")

    def get_consequence(self):
        return self.consequence

    def get_context_data(self, **kwargs):
        extra = {"consequence": self.get_consequence(), "grave": self.grave, "keep": self.keep}
        return super().get_context_data(**{**extra, **kwargs})


def ordering(order, backwards):
    """The order_by of a whitelisted sort, turned round when asked, always ending in the key."""
    names = [order] if isinstance(order, str) else list(order)
    if backwards:
        names = [name[1:] if name.startswith("-") else f"-{name}" for name in names]
    return [*names, "-pk" if names[0].startswith("-") else "pk"]


def is_empty(value):
    """True for a filter left alone; False is a value ("no")."""
    if value is None or value == "":
        return True
    return hasattr(value, "__len__") and len(value) == 0
