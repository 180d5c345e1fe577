"""What the frame shows on every page. Nothing is asked of the database until a template asks."""

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agency.common import nav
from agency.common.models import Heartbeat
from agency.common.pages import count_key, house_key

COUNT_SECONDS = HOUSE_SECONDS = 60
PULSE_SECONDS = 15
OTHER = {
    "en": {"code": "zh", "lang": "zh-Hans", "label": "中文"},
    "zh-hans": {"code": "en", "lang": "en", "label": "English"},
}


def frame(request):
    return {"frame": Frame(request)}


class Frame:
    """House, places, menus, the count of what needs me, and whether the clock stands still."""

    def __init__(self, request):
        self.request = request
        self.user = request.user

    @cached_property
    def house(self):
        """The agency's name; a new one stands on every page within a minute."""
        key = house_key(get_language())
        name = cache.get_or_set(key, lambda: call("FRAME_HOUSE") or "", HOUSE_SECONDS)
        return name or _("Account service")

    @cached_property
    def places(self):
        """The place whose address goes deepest into that of the page is the one one is in."""
        rows = nav.shown(nav.PLACES, self.user)
        depths = [depth(self.request.path, nav.addresses(entry, url)) for entry, url in rows]
        deepest = max(depths, default=0)
        return [
            link(entry, url, is_here=0 < reached == deepest)
            for (entry, url), reached in zip(rows, depths, strict=True)
        ]

    @cached_property
    def new(self):
        return [link(entry, url) for entry, url in nav.shown(nav.NEW, self.user)]

    @cached_property
    def mine(self):
        return [link(entry, url) for entry, url in nav.shown(nav.MINE, self.user)]

    @cached_property
    def search_url(self):
        return next((url for _entry, url in nav.shown([nav.SEARCH], self.user)), "")

    @property
    def searched(self):
        """What was asked, on the page that answers it."""
        return self.request.GET.get("q", "") if self.request.path == self.search_url else ""

    @cached_property
    def count(self):
        """How many things need me: what the view counted, else what was counted a minute ago.

        None: not known; no page waits for it, it is asked for at `count_url` once it is there.
        """
        key, known = count_key(self.user), getattr(self.request, "duty_count", None)
        if known is None:
            return cache.get(key)
        cache.set(key, known, COUNT_SECONDS)
        return known

    @cached_property
    def count_url(self):
        return nav.address(settings.FRAME_COUNT) if settings.FRAME_COUNT else ""

    @cached_property
    def stopped_since(self):
        """When the clock stopped, once it has stood still for three minutes (C4).

        It is looked at four times a minute, however many pages are read.
        """
        if not self.user.is_authenticated:
            return None
        return cache.get_or_set("stopped", stopped_since, PULSE_SECONDS)

    @property
    def language_url(self):
        return nav.address("accounts:language")

    @property
    def logout_url(self):
        return nav.address("accounts:logout")

    @property
    def other_language(self):
        return OTHER.get(get_language(), OTHER["en"])


def stopped_since():
    """As the newest beat says now."""
    return Heartbeat.objects.stopped_since(timezone.now())


def link(entry, url, **more):
    return {"label": entry.label, "icon": entry.icon, "key": entry.key, "url": url, **more}


def depth(path, urls):
    """How far into the path the longest of these addresses reaches; 0 where none does."""
    return max((len(url) for url in urls if is_here(path, url)), default=0)


def is_here(path, url):
    return path == url if url == "/" else path.startswith(url)


def call(name, *args):
    """What a function named in the settings gives: the frame is lower than the apps it asks."""
    path = getattr(settings, name, "")
    return import_string(path)(*args) if path else None
