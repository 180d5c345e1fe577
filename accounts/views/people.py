"""People of the agency, for the admin (4.1). Deactivating is the roof's page."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from accounts import services
from accounts.forms.house import PasswordForm, UserCreateForm, UserFilter, UserForm
from accounts.models import User
from accounts.views.base import Found
from agency.common.views import Column, FormPage, ListPage, PlainPage, VerbView


class Manages:
    permission = "accounts.manage_users"
    may_export = True  # no client stands in the admin's own lists

    def rows(self):
        return User.objects.visible_to(self.request.user)

    def get_crumbs(self):
        return [(_("People"), reverse("accounts:user_list"))]


class UserList(Manages, ListPage):
    page_title = _("People")
    columns = [
        Column(pgettext_lazy("person", "Name"), "name", sort="name", url=True),
        Column(_("User name"), "username", "code", sort="username"),
        Column(_("Role"), "get_role_display", sort="role"),
        Column(_("Department"), "get_department_display"),
        Column(_("E-mail"), "email"),
        Column(_("Last sign-in"), "last_login", "moment"),
        Column(
            _("State"),
            lambda row: pgettext("person", "Active") if row.is_active else _("Left"),
            "badge",
            tone=lambda row: "green" if row.is_active else "",
        ),
    ]
    sorts = {"name": "name", "username": "username", "role": ("role", "name")}
    default_sort = "name"
    filter_form = UserFilter
    sheet_name = "people"

    def rows(self):
        rows = super().rows()
        return rows if self.wanted.get("left") else rows.active()

    def narrow(self, rows, q="", role="", left=False):
        if q:
            rows = rows.filter(
                Q(name__icontains=q) | Q(name_en__icontains=q) | Q(username__icontains=q)
            )
        return rows.filter(role=role) if role else rows

    def get_crumbs(self):
        return []

    def get_first_step(self):
        return (_("New person"), reverse("accounts:user_create"))


class UserPage(Manages, Found, PlainPage):
    template_name = "accounts/user_detail.html"

    def get_page_title(self):
        return self.object.name

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"person": self.object, **kwargs})


class UserCreate(Manages, FormPage):
    form_class = UserCreateForm
    page_title = _("New person")
    button = _("Create person")
    done = _("The person is created.")
    cancel_url = "/people/"

    def rows(self):
        return None

    def act(self, form):
        return services.create_user(by=self.request.user, at=self.now, **form.cleaned_data)


class UserUpdate(Manages, FormPage):
    form_class = UserForm
    page_title = _("Edit person")
    button = _("Save person")
    done = _("The person is saved.")

    def act(self, form):
        return services.update_user(
            user=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )


class UserPassword(Manages, FormPage):
    form_class = PasswordForm
    page_title = _("Set a new password")
    page_lead = _("Every session of this person ends.")
    button = _("Set password")
    done = _("The password is set.")

    def act(self, form):
        return services.set_password(
            user=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )


class UserReactivate(Manages, VerbView):
    page_title = _("This person is back")
    consequence = _("Without clients and without a password: both are given anew.")
    button = _("Reactivate person")

    def act(self, form):
        return services.reactivate_user(
            user=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )
