"""What each address of the folders answers to each person (see agency/rights.py)."""

from agency.rights_marks import AM_UP, MONEY_READ, READ, Line

FOLDERS = {
    "archives:folder": Line(READ, "client"),
    "archives:folder_zip": Line(MONEY_READ, "client", 200, 302),
    "archives:pack_file": Line("L   L   y   0   0   0   0   0   0   0   -   -", "pack", early=True),
    "archives:folder_waive": Line(AM_UP, "client", 200, 422),
    "archives:document_keep": Line(AM_UP, "paper", 200, 302),
    "archives:waiver_end": Line(AM_UP, "waiver", 200, 302),
}
