"""Standing words of the market and competitor report in both languages (see labels.py)."""

QUARTERLY = {
    "quarterly_report": ("市场及竞争季报", "Market and Competitor Report"),
    "report_quarter": ("季度", "Quarter"),
    "the_market": ("市场", "Market"),
    "competitors": ("竞争对手", "Competitors"),
    "of_brand": ("对应品牌", "Beside our brand"),
    "campaign": ("宣传活动", "Campaign"),
    "used_media": ("媒介", "Media"),
    "rival_message": ("诉求", "Message"),
    "spend_estimate": ("投放估计", "Spend (estimate)"),
    "nothing_seen": ("本季未见其动作。", "Nothing was seen of it this quarter."),
    "meaning_for_client": ("对客户的意义", "What it means for you"),
    "seen_of_market": ("市场观察记录", "Observations of the market"),
    "seen_market": ("市场", "Market"),
    "seen_price": ("价格", "Price"),
    "seen_launch": ("新品", "Launch"),
    "seen_campaign": ("宣传活动", "Campaign"),
    "seen_media": ("媒介", "Media"),
    "seen_press": ("报道", "Press"),
}
