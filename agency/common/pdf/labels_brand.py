"""The standing words of the papers of the brand archive."""

BRAND = {
    "strategy_summary": ("品牌策略摘要", "Brand Strategy Summary"),
    "strategy_from": ("生效日期", "In force from"),
    "strategy_signed": ("签署", "Signed"),
    "brainstorm_record": ("动脑会记录", "Brainstorm Record"),
    "storm_when": ("时间", "When"),
    "storm_people": ("与会", "Present"),
    "storm_reason": ("说明", "Reason"),
    "storm_question": ("议题", "Question"),
    "storm_ideas": ("创意点", "Ideas"),
    "storm_idea": ("内容", "Idea"),
    "storm_whose": ("提出人", "Whose"),
    "storm_chosen": ("选用", "Chosen"),
    "storm_next": ("后续行动", "Next step"),
}
