"""What the clock does for searches that people keep (9.3)."""

from accounts.models import User
from agency.common.clock import Step
from archives.models import SavedSearch
from archives.services import saved


def to_tell(at):
    return User.objects.filter(pk__in=SavedSearch.objects.to_look(at).values("user"))


def tell_news(user, at):
    told = saved.tell_news(user=user, at=at)
    return f"told {user} of new papers" if told else None


STEPS = [Step("kept searches", to_tell, tell_news)]
