"""The standing words of the papers about money, as labels.py has those of all others."""

MONEY = {
    # media plan
    "plan_name": ("计划名称", "Title"),
    "plan_period": ("投放期", "Period"),
    "plan_calendar": ("投放日历", "Calendar"),
    "plan_runs_bonus": ("次数 + 赠播", "runs + bonus runs"),
    "plan_lines": ("投放明细", "Lines"),
    "plan_inside": ("价格、佣金与应付", "Prices, commission, payable"),
    "plan_vehicle": ("媒体名称", "Vehicle"),
    "plan_vehicle_owner": ("媒体名称与媒体主", "Vehicle, media owner"),
    "plan_month": ("月份", "Month"),
    "plan_runs": ("次数", "Runs"),
    "unit_gross": ("刊例价", "Rate card price"),
    "gross": ("刊例总价", "Gross"),
    "discount": ("折扣", "Discount"),
    "media_price": ("折后价", "Media price"),
    "commission": ("佣金", "Commission"),
    "service_fee": ("代理服务费", "Service fee"),
    "payable": ("应付媒体主", "Payable"),
    "agency_income": ("代理收入", "Agency income"),
    "media_owner": ("媒体主", "Media owner"),
    "media_owners": ("应付各媒体主", "Payable to media owners"),
    "billing": ("开票", "Billing"),
    "billing_agency": ("由代理公司开票", "by the agency"),
    "billing_direct": ("由媒体主直接开票", "by the media owner"),
    "mode_included": ("含于折后价", "inside the media price"),
    "mode_on_top": ("另计", "on top"),
    "sum": ("合计", "Sum"),
    "term_book_first": (
        "客户签字后方可订版。签字前产生的改动以新版计划为准。",
        "Nothing is booked before the client's signature; changes before it need a new version.",
    ),
    "term_new_version": (
        "签字后的增减另出新版计划，由客户签字；未签字前原计划有效。",
        "Later additions and cuts are a new version, signed by the client; until then this holds.",
    ),
    "term_invoice_monthly": (
        "按月开票，付款期以合约为准。",
        "Invoiced by the month; payable as the contract says.",
    ),
    "term_plan_lapses": (
        "有效期满未签字，本计划失效。",
        "Unsigned at the end of its validity, this media plan lapses.",
    ),
}
