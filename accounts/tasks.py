"""What the clock calls in this app."""

from django.utils.translation import override

from accounts.models import ClientLink
from accounts.services import expire_link, morning_list
from accounts.services.notices import contracts_ending, people_to_write, tell_contract_end
from accounts.services.years import tell_unknown, years_to_tell
from agency.common.clock import Step
from agency.common.services.notify import LANGUAGES


def links_due(at):
    return ClientLink.objects.open().filter(expires_at__lte=at).order_by("expires_at", "pk")


def expire(link, at):
    return str(expire_link(link=link, at=at) or "")


def tell(item, at):
    contract, days = item
    return tell_contract_end(contract=contract, days=days, at=at)


def tell_of_year(year, at):
    return f"holidays of {year} unknown" if tell_unknown(year=year, at=at) else None


STEPS = [
    Step("links", links_due, expire),
    Step("contract ends", contracts_ending, tell),
    Step("unknown holidays", years_to_tell, tell_of_year),
]


def morning_step(provider):
    """The step of the 08:30 list (R70). provider(user, at) -> duties: the roof asks every app.

    It is asked in the person's language: what it finds it puts into words at once.
    """

    def write(user, at):
        with override(LANGUAGES[user.language]):
            duties = provider(user, at)
        return morning_list(user=user, duties=duties, at=at)

    return Step("morning list", people_to_write, write)
