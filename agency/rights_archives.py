"""What each address of the brand's memory answers to each person (see agency/rights.py)."""

from agency.rights_marks import AE_LIST, FOUND_AE, FOUND_READ, LIST, Line

MEMORY = {
    "archives:tape_list": Line(LIST),
    "archives:tape_create": Line(AE_LIST, "", 200, 422),
    "archives:tape_detail": Line(FOUND_READ, "tape"),
    "archives:tape_update": Line(FOUND_AE, "tape", 200, 422),
    "archives:tape_lend": Line(FOUND_AE, "tape", 200, 422),
    "archives:tape_back": Line(FOUND_AE, "lent tape", 200, 422),
    "archives:tape_lost": Line(FOUND_AE, "tape", 200, 422),
    "archives:tape_discard": Line(FOUND_AE, "tape", 200, 422),
    "archives:tape_sheet": Line(FOUND_AE, "tape", 200, 422),
}
