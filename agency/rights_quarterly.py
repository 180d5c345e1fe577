"""What each address of observations and quarterly reports answers (see agency/rights.py)."""

from agency.rights_marks import (
    AE_LIST,
    FOUND_AE,
    FOUND_EXPORT,
    FOUND_MONEY,
    FOUND_READ,
    FOUND_STEP,
    LIST,
    Line,
)

QUARTERLY = {
    "archives:observation_list": Line(LIST),
    "archives:observation_create": Line(AE_LIST, "", 200, 422),
    "archives:observation_detail": Line(FOUND_READ, "observation"),
    "archives:observation_update": Line(FOUND_AE, "observation", 200, 422),
    "archives:observation_remove": Line(FOUND_AE, "observation", 200, 422),
    "archives:quarterly_list": Line(LIST),
    "archives:quarterly_create": Line(FOUND_AE, "pk client", 200, 422),
    "archives:quarterly_detail": Line(FOUND_EXPORT, "quarterly report"),
    "archives:quarterly_pdf": Line(FOUND_EXPORT, "quarterly report"),
    "archives:quarterly_update": Line(FOUND_MONEY, "quarterly report", 200, 422),
    "archives:quarterly_take_up": Line(FOUND_MONEY, "quarterly report", 200, 422),
    "archives:quarterly_submit": Line(FOUND_MONEY, "quarterly report", 200, 422),
    "archives:quarterly_return": Line(FOUND_STEP, "submitted quarterly report", 200, 422),
    "archives:quarterly_sign": Line(FOUND_STEP, "submitted quarterly report", 200, 422),
    "archives:quarterly_issue": Line(FOUND_MONEY, "signed quarterly report", 200, 422),
    "archives:quarterly_reissue": Line(FOUND_STEP, "issued quarterly report", 200, 422),
}
