"""The standing words of the papers of the brand archive."""

BRAND = {
    "brainstorm_record": ("动脑会记录", "Brainstorm Record"),
    "storm_when": ("时间", "When"),
    "storm_people": ("与会", "Present"),
    "storm_reason": ("主持人说明", "Reason for this chair"),
    "storm_question": ("议题", "Question"),
    "storm_ideas": ("创意点", "Ideas"),
    "storm_idea": ("内容", "Idea"),
    "storm_whose": ("提出人", "Whose"),
    "storm_chosen": ("选用", "Chosen"),
    "storm_next": ("下一步", "Next step"),
}
