"""What each address of the weekly status report answers to each person (see agency/rights.py)."""

from agency.rights_marks import FIGURES, FOUND_AE, FOUND_EXPORT, FOUND_MONEY, FOUND_STEP, LIST, Line

STATUS = {
    "meetings:status_list": Line(LIST),
    "meetings:status_figures": Line(FIGURES),
    "meetings:status_create": Line(FOUND_AE, "pk client", 200, 422),
    "meetings:status_detail": Line(FOUND_EXPORT, "status report"),
    "meetings:status_pdf": Line(FOUND_EXPORT, "status report"),
    "meetings:status_preview": Line(FOUND_EXPORT, "status report"),
    "meetings:status_update": Line(FOUND_MONEY, "status report", 200, 422),
    "meetings:status_day": Line(FOUND_MONEY, "status report", 200, 422),
    "meetings:status_line_create": Line(FOUND_MONEY, "status report", 200, 422),
    "meetings:status_line_remove": Line(FOUND_MONEY, "status line", 200, 422),
    "meetings:status_empty": Line(FOUND_MONEY, "status section", 200, 422),
    "meetings:status_submit": Line(FOUND_MONEY, "status report", 200, 422),
    "meetings:status_return": Line(FOUND_STEP, "submitted status report", 200, 422),
    "meetings:status_sign": Line(FOUND_STEP, "submitted status report", 200, 422),
    "meetings:status_send": Line(FOUND_STEP, "signed status report", 200, 422),
    "meetings:status_reissue": Line(FOUND_STEP, "issued status report", 200, 422),
}
