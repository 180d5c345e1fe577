"""Headers in which whatever is given out can run nothing (C15, B4)."""

CAGE = "sandbox; default-src 'none'; frame-ancestors 'none'"


def caged(response):
    """In headers that let nothing run, whatever the bytes are."""
    response["Content-Security-Policy"] = CAGE
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "DENY"
    return response
