"""What each address of the brand's memory answers to each person (see agency/rights.py)."""

from agency.rights_marks import (
    AD_LIST,
    AE_LIST,
    FILE_LIST,
    FOUND_AD,
    FOUND_AD_EDIT,
    FOUND_AE,
    FOUND_READ,
    LIST,
    Line,
)

MEMORY = {
    "archives:reference_list": Line(LIST),
    "archives:reference_create": Line(FILE_LIST, "", 200, 422),
    "archives:tape_list": Line(LIST),
    "archives:tape_create": Line(AE_LIST, "", 200, 422),
    "archives:tape_detail": Line(FOUND_READ, "tape"),
    "archives:tape_update": Line(FOUND_AE, "tape", 200, 422),
    "archives:tape_lend": Line(FOUND_AE, "tape", 200, 422),
    "archives:tape_back": Line(FOUND_AE, "lent tape", 200, 422),
    "archives:tape_lost": Line(FOUND_AE, "tape", 200, 422),
    "archives:tape_discard": Line(FOUND_AE, "tape", 200, 422),
    "archives:tape_sheet": Line(FOUND_AE, "tape", 200, 422),
    "archives:document_picture": Line(FOUND_READ, "drawn paper", early=True),
    "archives:ad_wall": Line(LIST),
    "archives:ad_create": Line(AD_LIST, "", 200, 422),
    "archives:ad_detail": Line(FOUND_READ, "ad"),
    "archives:ad_update": Line(FOUND_AD_EDIT, "ad", 200, 422),
    "archives:brand_detail": Line(FOUND_READ, "brand"),
    "archives:competitor_create": Line(FOUND_AE, "brand", 200, 422),
    "archives:competitor_update": Line(FOUND_AE, "competitor", 200, 422),
    "archives:strategy_create": Line(FOUND_AE, "brand", 200, 422),
    "archives:strategy_detail": Line(FOUND_READ, "strategy"),
    "archives:strategy_sign": Line(FOUND_AD, "strategy", 200, 422),
}
