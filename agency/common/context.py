"""Facts of the current request that the audit trail needs, set by the middleware."""

from contextvars import ContextVar

request_ip = ContextVar("request_ip", default=None)
