"""What each address of the stationery kit answers to each person (see agency/rights.py)."""

from agency.rights_marks import FILE_LIST, FOUND_BILL, FOUND_EXPORT, HIS_OWN, LIST, READ, Line

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
    # a look at a paper, and the searches that one keeps
    "archives:look": Line(READ, "paper", early=True),
    "archives:saved_list": Line(LIST),
    "archives:saved_create": Line(LIST, "", 405, 302),
    "archives:saved_open": Line(HIS_OWN, "saved search", 302, early=True),
    "archives:saved_tell": Line(HIS_OWN, "saved search", 405, 302),
    "archives:saved_forget": Line(HIS_OWN, "saved search", 405, 302),
}
