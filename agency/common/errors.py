"""What a verb may raise. Rights raise Django's PermissionDenied (403)."""


class Refused(Exception):
    """A rule says no: nothing has changed. `field` names the form field it belongs to, if any."""

    def __init__(self, message, field="", reasons=()):
        super().__init__(message)
        self.message = message
        self.field = field
        self.reasons = list(reasons) or [(field, message)]

    def __str__(self):
        return " ".join(str(message) for _field, message in self.reasons)


class Stale(Refused):
    """The row has changed since the page was shown (C7): a 409, and nothing typed is lost."""
