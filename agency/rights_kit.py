"""What each address of the stationery kit answers to each person (see agency/rights.py)."""

from agency.rights_marks import FILE_LIST, FOUND_BILL, FOUND_EXPORT, LIST, Line

KIT = {
    # a form of the kit is nobody's; of a paper that is no department's it fills none
    "kit": Line(LIST),
    "kit_blank": Line("L   L   *   *   *   *   *   *   *   *   *   -", "kit paper"),
    "kit_fill": Line("L   L   *   *   *   *   *   *   *   *   0   -", "kit paper"),
    "archives:letter_list": Line(LIST),
    "archives:fax_create": Line(FILE_LIST, "", 200, 422),
    "archives:memo_create": Line(FILE_LIST, "", 200, 422),
    "archives:letter_detail": Line(FOUND_EXPORT, "letter"),
    "archives:letter_pdf": Line(FOUND_EXPORT, "letter"),
    "archives:letter_update": Line(FOUND_BILL, "letter", 200, 422),
    "archives:letter_issue": Line(FOUND_BILL, "letter", 200, 422),
    "archives:letter_sent": Line(FOUND_BILL, "letter", 200, 422),
    "archives:letter_discard": Line(FOUND_BILL, "letter", 200, 422),
}
