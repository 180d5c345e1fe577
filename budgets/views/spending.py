"""What is done with an expense request: handed in, decided, spent, booked, taken back (3.14)."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.money import NOTHING
from agency.common.views import FormPage, VerbView
from agency.common.wording import money_text, names_text
from budgets.forms.business import DecideForm, SpendForm
from budgets.models import ExpenseRequest
from budgets.services import expense as service
from budgets.services.expense_room import allowed_in, over_by
from budgets.services.expense_who import deciders, level_of
from budgets.services.spending import book_expense, spend_expense
from budgets.views.expense import BOOKS, CANCELLABLE, ExpenseRows, Own

State = ExpenseRequest.State


class ExpenseVerb(ExpenseRows, VerbView):
    """A verb with its confirm page."""

    verb = None

    def act(self, form):
        return type(self).verb(expense=self.object, **self.who(), **form.cleaned_data)


class ExpenseAsk(Own, ExpenseVerb):
    """Hand the draft in."""

    states = (State.DRAFT,)
    verb = service.request_expense
    page_title = gettext_lazy("Hand the request in")
    button = gettext_lazy("Hand it in")
    keep = gettext_lazy("Not yet")
    done = gettext_lazy("The request is handed in.")

    def get_consequence(self):
        row, over = self.object, over_by(self.object)
        people = deciders(row, level_of(row, over > NOTHING, self.now), self.now)
        names = names_text(people)
        if over:
            words = _(
                "It goes %(over)s over the month's budget, so the next rank decides: %(names)s."
            )
            return words % {"over": money_text(over), "names": names}
        return _("To be decided by: %(names)s.") % {"names": names}


class ExpenseCancel(Own, ExpenseVerb):
    states = CANCELLABLE
    verb = service.cancel_expense
    page_title = gettext_lazy("Take the request back")
    consequence = gettext_lazy("It ends here; nothing may be spent on it.")
    button = gettext_lazy("Take it back")
    keep = gettext_lazy("Keep it")
    done = gettext_lazy("The request is taken back.")
    grave = True


class ExpenseDecide(ExpenseRows, FormPage):
    """Yes or no, on one page with what the month has left."""

    states = (State.REQUESTED,)
    permission = service.DECIDES
    template_name = "budgets/expense_decide.html"
    form_class = DecideForm
    page_title = gettext_lazy("Decide the expense")
    button = gettext_lazy("Approve")

    @cached_property
    def over(self):
        return over_by(self.object)

    def may_enter(self):
        row, people = self.object, {}
        for is_over in {bool(self.over), False}:
            people |= deciders(row, level_of(row, is_over, self.now), self.now)
        return self.request.user in people

    def get_context_data(self, **kwargs):
        allowed = allowed_in(self.object.kind, self.object.on)
        return super().get_context_data(**{"over": self.over, "allowed": allowed, **kwargs})

    def act(self, form):
        refused = "refused" in self.request.POST
        verb = service.refuse_expense if refused else service.approve_expense
        return verb(expense=self.object, **self.who(), **form.cleaned_data)

    def get_done(self):
        refused = self.result.state == State.REFUSED
        return _("The request is refused.") if refused else _("The request is approved.")


class ExpenseSpend(Own, ExpenseRows, FormPage):
    """The receipt and what was spent."""

    states = (State.APPROVED,)
    form_class = SpendForm
    page_title = gettext_lazy("Enter the receipt")
    page_lead = gettext_lazy("More than a tenth above what was approved is decided once more.")
    button = gettext_lazy("Enter it")

    def get_initial(self):
        return {"on": self.object.on, "spent": self.object.amount}

    def act(self, form):
        typed = dict(form.cleaned_data)
        return spend_expense(expense=self.object, upload=typed.pop("file"), **self.who(), **typed)

    def get_done(self):
        if self.result.state == State.REQUESTED:
            return _("That is more than a tenth above the approved amount: it is decided again.")
        return _("The receipt is filed; finance books it.")


class ExpenseBook(ExpenseVerb):
    """Finance alone books (4.2)."""

    states = (State.SPENT,)
    permission = BOOKS
    verb = book_expense
    page_title = gettext_lazy("Book the expense")
    consequence = gettext_lazy("It stands in the books as spent; nothing changes any more.")
    button = gettext_lazy("Book it")
    keep = gettext_lazy("Not yet")
    done = gettext_lazy("The expense is booked.")
