"""Pages of long lists: the last costs what the first costs, and so does the tenth look at one."""

from hashlib import sha256

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

MANY = 10_000
KEPT_SECONDS = 300


class LongPaginator(Paginator):
    """Counts many rows once in a while, and reads pages of the second half from the end.

    The number of some ten thousand rows may be five minutes old; up to MANY it is always true.
    """

    @cached_property
    def count(self):
        if not isinstance(self.object_list, QuerySet):
            return len(self.object_list)
        try:
            return self._counted()
        except EmptyResultSet:
            return 0

    def _counted(self):
        key = self._key()
        if known := cache.get(key):
            return known
        found = self.object_list.count()
        if found > MANY:
            cache.set(key, found, KEPT_SECONDS)
        return found

    def _key(self):
        sql, values = self.object_list.order_by().query.sql_with_params()
        asked = sha256(f"{sql}{values}".encode()).hexdigest()
        return f"count:{asked}"

    def _turns(self):
        """Rows without an order of their own have no end to read from."""
        return getattr(self.object_list, "ordered", False)

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        if first * 2 < self.count or self.count <= MANY or not self._turns():
            return self._get_page(self.object_list[first : first + self.per_page], number, self)
        backwards = self.object_list.reverse()[self.count - last : self.count - first]
        return self._get_page(list(backwards)[::-1], number, self)
