"""A client with its people, and how a thing is made for it: what the rights tests stand on."""

from django.utils import timezone

from tests.builders import make_client, make_contact, make_group

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
THINGS = {}


def thing(function):
    THINGS[function.__name__.replace("_", " ")] = function
    return function


class Side:
    """One client and what is made for it, each thing once."""

    def __init__(self, code, ae, team=(), head=None):
        self.code, self.ae = code, ae
        group = make_group(head=head) if head else make_group()
        self.customer = make_client(code, team=[ae, *team], group=group)
        self.person = make_contact(self.customer)
        self._made = {}

    def kwargs(self, name):
        if name not in self._made:
            self._made[name] = THINGS[name](self) if name else {}
        return self._made[name]


def pk(row):
    return {"pk": row.pk}
