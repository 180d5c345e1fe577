from django.contrib.auth.backends import ModelBackend

from accounts.permissions import TABLE, can
from agency.common.nav import OWN


class RightsBackend(ModelBackend):
    """Login by username or mail address; rights from the one table, so `perms` just works."""

    def has_perm(self, user_obj, perm, obj=None):
        if perm not in TABLE:
            return bool(user_obj.is_active and user_obj.is_admin)
        if obj == OWN:
            return can(user_obj, perm, own=True)
        return can(user_obj, perm, obj)

    def get_all_permissions(self, user_obj, obj=None):
        return {perm for perm in TABLE if can(user_obj, perm, obj)}

    def has_module_perms(self, user_obj, app_label):
        return user_obj.has_module_perms(app_label)
