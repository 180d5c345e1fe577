"""Suppliers: the list, a new one, one changed."""

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from agency.common.views import Column, FormPage, ListPage
from jobs.forms.estimate import SupplierCreateForm, SupplierFilter, SupplierForm
from jobs.models import Supplier
from jobs.services.supplier import create_supplier, update_supplier

PERMISSION = "jobs.edit_estimate"


def edit_url(row):
    return reverse("jobs:supplier_update", args=[row.pk])


class SupplierList(ListPage):
    permission = PERMISSION
    page_title = _("Suppliers")
    sheet_name = "suppliers"
    filter_form = SupplierFilter
    sorts = {"name": "name", "kind": ("kind", "name")}
    default_sort = "name"
    empty_title = _("No suppliers yet")
    empty_text = _("Suppliers give quotes for the lines of an estimate, and get orders.")
    columns = (
        Column(_("Name"), "name", url=edit_url, sort="name"),
        Column(_("Kind"), "get_kind_display", sort="kind"),
        Column(_("Contact"), "contact"),
        Column(_("Phone"), "phone"),
        Column(_("Tax number"), "tax_number", "code"),
        Column(_("State"), lambda row: "" if row.is_active else _("not active"), "badge"),
    )

    def rows(self):
        return Supplier.objects.order_by("name")

    def narrow(self, rows, q="", kind=""):
        rows = rows.filter(name__icontains=q) if q else rows
        return rows.filter(kind=kind) if kind else rows

    def get_first_step(self):
        return (_("New supplier"), reverse("jobs:supplier_create"))


class SupplierPage(FormPage):
    permission = PERMISSION
    success_url = cancel_url = reverse_lazy("jobs:supplier_list")

    def get_crumbs(self):
        return [(_("Suppliers"), reverse("jobs:supplier_list"))]


class SupplierCreate(SupplierPage):
    form_class = SupplierCreateForm
    page_title = _("New supplier")
    button = _("Add supplier")
    done = _("The supplier is added.")

    def act(self, form):
        return create_supplier(by=self.request.user, at=self.now, **form.cleaned_data)


class SupplierUpdate(SupplierPage):
    form_class = SupplierForm
    page_title = _("Edit supplier")
    done = _("The supplier is saved.")

    def rows(self):
        return Supplier.objects.order_by("pk")

    def act(self, form):
        return update_supplier(
            supplier=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )
