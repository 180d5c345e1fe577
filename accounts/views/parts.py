"""Brands, products, contacts and contracts: what belongs to one client."""

from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.forms.client import (
    BrandCreateForm,
    BrandForm,
    ContactCreateForm,
    ContactForm,
    ContractCreateForm,
    ContractForm,
    ProductCreateForm,
    ProductForm,
)
from accounts.models import Brand, Contact, Contract, Product
from accounts.views.base import OnClient
from agency.common.forms import ReasonForm
from agency.common.views import FormPage, VerbView


class OnBrand(OnClient):
    permission = "accounts.change_client"

    def rows(self):
        return Brand.objects.visible_to(self.request.user).select_related("client")


class BrandCreate(OnClient, FormPage):
    permission = "accounts.change_client"
    form_class = BrandCreateForm
    page_title = _("New brand")
    button = _("Add brand")
    done = _("The brand is added.")

    def act(self, form):
        return services.create_brand(client=self.client, **self.by(form))


class BrandUpdate(OnBrand, FormPage):
    form_class = BrandForm
    page_title = _("Edit brand")
    button = _("Save brand")
    done = _("The brand is saved.")

    def act(self, form):
        return services.update_brand(brand=self.object, **self.by(form))


class BrandArchive(OnBrand, VerbView):
    page_title = _("Archive this brand")
    consequence = _("It is no longer offered for new work. Its papers stay where they are.")
    button = _("Archive brand")
    is_active = False

    def act(self, form):
        return services.set_brand_active(
            brand=self.object, is_active=self.is_active, **self.by(form)
        )


class BrandRestore(BrandArchive):
    page_title = _("Take up this brand again")
    consequence = _("It is offered for new work again.")
    button = _("Take up brand")
    is_active = True


class ProductCreate(OnBrand, FormPage):
    """The URL's pk is the brand's."""

    form_class = ProductCreateForm
    page_title = _("New product")
    button = _("Add product")
    done = _("The product is added.")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("instance", None)
        return kwargs

    def act(self, form):
        return services.create_product(brand=self.object, **self.by(form))


class ProductUpdate(OnClient, FormPage):
    permission = "accounts.change_client"
    form_class = ProductForm
    page_title = _("Edit product")
    button = _("Save product")
    done = _("The product is saved.")

    def rows(self):
        return Product.objects.visible_to(self.request.user).select_related("brand__client")

    def client_of(self, row):
        return row.brand.client

    def act(self, form):
        return services.update_product(product=self.object, **self.by(form))


class OnPeopleTab(OnClient):
    """Contacts and team stand on the client's people tab: there one comes back to."""

    def get_success_url(self):
        return f"{self.client.get_absolute_url()}?tab=people"

    get_cancel_url = get_success_url


class OnContact(OnPeopleTab):
    permission = "accounts.change_client"

    def rows(self):
        return Contact.objects.visible_to(self.request.user).select_related("client")


class ContactCreate(OnPeopleTab, FormPage):
    permission = "accounts.change_client"
    form_class = ContactCreateForm
    page_title = _("New contact")
    button = _("Add contact")
    done = _("The contact is added.")

    def act(self, form):
        return services.create_contact(client=self.client, **self.by(form))


class ContactUpdate(OnContact, FormPage):
    form_class = ContactForm
    page_title = _("Edit contact")
    button = _("Save contact")
    done = _("The contact is saved.")

    def act(self, form):
        return services.update_contact(contact=self.object, **self.by(form))


class ContactDeactivate(OnContact, VerbView):
    page_title = _("This contact has left")
    consequence = _("Links sent to this contact die at once, and no more mail goes out.")
    button = _("Deactivate contact")
    grave = True

    def act(self, form):
        return services.deactivate_contact(contact=self.object, **self.by(form))


class ContactReactivate(OnContact, VerbView):
    page_title = _("This contact is back")
    consequence = _("Mail goes out again. Links that have died stay dead.")
    button = _("Reactivate contact")

    def act(self, form):
        return services.reactivate_contact(contact=self.object, **self.by(form))


class ContractCreate(OnClient, FormPage):
    permission = "accounts.manage_contract"
    form_class = ContractCreateForm
    page_title = _("New contract")
    button = _("Add contract")
    done = _("The contract is added.")

    def get_initial(self):
        """What the house's terms say, to be changed where this contract differs."""
        house = services.terms(client=self.client, on=self.now.date())
        names = [field for field in ContractForm.Meta.fields if hasattr(house, field)]
        return {name: getattr(house, name) for name in names if name not in NOT_TAKEN}

    def act(self, form):
        return services.create_contract(client=self.client, **self.by(form))


NOT_TAKEN = {"number", "title", "starts_on", "ends_on", "ip_note"}


class OnContract(OnClient):
    permission = "accounts.manage_contract"

    def rows(self):
        rows = Contract.objects.visible_to(self.request.user).in_force()
        return rows.select_related("client")


class ContractUpdate(OnContract, FormPage):
    form_class = ContractForm
    page_title = _("Edit contract")
    button = _("Save contract")
    done = _("The contract is saved.")

    def act(self, form):
        return services.update_contract(contract=self.object, **self.by(form))


class ContractArchive(OnContract, VerbView):
    form_class = ReasonForm
    page_title = _("Take this contract out of force")
    consequence = _("Its terms count no longer, and it reminds of no end. It stays readable.")
    button = _("Take it out of force")
    grave = True

    def act(self, form):
        return services.archive_contract(contract=self.object, **self.by(form))
