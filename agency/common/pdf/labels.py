"""The standing words of papers in both languages, whatever language the screens are in (Z18).

One row a label: key, Chinese, English. Words of the trade as in domain.md §10.
"""

LABELS = {
    # the head of every paper
    "client": ("客户", "Client"),
    "brand": ("品牌", "Brand"),
    "job_numbers": ("工作号", "Job number"),
    "author": ("撰写", "Author"),
    "issued": ("发出", "Issued"),
    "revision": ("修订", "Revision"),
    "distribution": ("分发", "Distribution"),
    "draft": ("草稿", "Draft"),
    "internal_face": ("对内", "Internal"),
    "mark_of": ("标志", "Mark of"),
    # kinds of paper
    "contact_report": ("会晤报告", "Contact Report"),
    "return_record": ("回传记录", "Record of Return"),
    "signature_record": ("签署记录", "Record of Signature"),
    # meetings
    "meeting": ("会晤", "Meeting"),
    "subject": ("主题", "Subject"),
    "place": ("地点", "Place"),
    "reply_by": ("请回传", "Reply by"),
    "client_present": ("客户出席", "Client present"),
    "agency_present": ("我方出席", "Agency present"),
    "absent": ("缺席", "Absent"),
    "chair": ("主持", "chair"),
    "face": ("面谈", "Sit-down meeting"),
    "video": ("视频会", "Video meeting"),
    "call": ("电话", "Call"),
    "written": ("书面往来", "Written exchange"),
    "next_meeting": ("下次会晤", "Next meeting"),
    # points
    "points": ("讨论要点与决定", "Discussion points and decisions"),
    "discussion": ("讨论要点", "Discussion"),
    "decision": ("决定", "Decision"),
    "problem": ("问题", "Problem"),
    "solution": ("解决方法", "Solution"),
    "opinion": ("客户意见", "Client opinion"),
    "info": ("通报", "Information"),
    "topic_client": ("客户议题", "Client topic"),
    "topic_carried": ("延续议题", "Carried item"),
    "topic_disputed": ("争议", "Disputed"),
    # what a revision changed
    "changed": ("改动", "Changed"),
    "added": ("新增", "Added"),
    "dropped": ("删去", "Dropped"),
    # action points
    "actions": ("行动要点", "Action points"),
    "no": ("号", "No."),
    "what": ("行动", "What"),
    "who": ("负责人", "Who"),
    "by_when": ("期限", "By when"),
    "client_duty": ("请客户配合", "Client duty"),
    "was_due": ("原定", "was"),
    "no_action": ("无后续行动。", "No further action."),
    # the client's return
    "return": ("客户回传", "Client return"),
    "accepted": ("认可", "Accepted"),
    "objected": ("异议", "Objection"),
    "deemed_accepted": ("未收到回复，视为认可", "No reply received, deemed accepted"),
    "signed": ("签字", "Signed"),
    "refused": ("拒签", "Refused"),
    "seen": ("已阅", "Seen"),
    "point_and_reason": ("要点号及理由", "Point and reason"),
    "name": ("姓名", "Name"),
    "signature": ("签字", "Signature"),
    "date": ("日期", "Date"),
    "empty_box": ("空选框", "empty box"),
    "issued_electronically": ("电子发出", "Issued electronically"),
    # the internal face
    "for_management": ("供管理层：客户意见", "For management: client opinions"),
    "internal_notes": ("对内记录", "Internal notes"),
    "late_reason": ("迟交原因", "Late reason"),
    "revise_reason": ("修订原因", "Revised because"),
    "remark": ("备注", "Remark"),
    "report_due": ("应发出", "Due"),
    # the trail of a return or a signature
    "paper": ("文件", "Paper"),
    "pages": ("页数", "Pages"),
    "fingerprint": ("SHA-256 指纹", "SHA-256 fingerprint"),
    "sent": ("发送", "Sent"),
    "to": ("收件人", "To"),
    "way": ("方式", "Way"),
    "address": ("地址", "Address"),
    "queued": ("提交", "Queued"),
    "handed": ("交付", "Handed over"),
    "answers": ("答复", "Answers"),
    "answer": ("答复", "Answer"),
    "at": ("时间", "Time"),
    "typed_name": ("键入姓名", "Name typed"),
    "about": ("涉及要点", "About"),
    "words": ("意见原文", "Words"),
    "seen_paper": ("所见文件指纹", "SHA-256 shown"),
    "ip": ("IP 地址", "IP address"),
    "agent": ("浏览器", "Browser"),
    "code": ("验证码", "Code"),
    "no_code": ("未要求", "Not asked for"),
    "proof": ("凭证", "Proof"),
    "recorded_by": ("录入", "Recorded by"),
    "confirmed_by": ("复核", "Confirmed by"),
    "mail": ("邮件", "Mail"),
    "fax": ("传真", "Fax"),
    "hand": ("当面", "By hand"),
    "messenger": ("即时通讯", "Messenger"),
    "link": ("专用链接", "Personal link"),
    "on_paper": ("书面凭证", "On paper"),
    # people of our side, by role or department
    "ae": ("客户执行", "Account Executive"),
    "am": ("客户部经理", "Account Manager"),
    "ad": ("客户总监", "Account Director"),
    "gad": ("客户群总监", "Group Account Director"),
    "management": ("管理层", "Management"),
    "admin": ("系统管理", "Administrator"),
    "account": ("客户服务部", "Account Service"),
    "creative": ("创意部", "Creative"),
    "media": ("媒介部", "Media"),
    "production": ("制作部", "Production"),
    "finance": ("财务部", "Finance"),
    "office": ("行政", "Office"),
}


def words(key):
    """The pair (Chinese, English) of a label."""
    return LABELS[key]


def in_language(key, lang):
    """A label as plain text: zh, en, or Chinese and English with a blank between."""
    zh, en = LABELS[key]
    return {"zh": zh, "en": en}.get(lang, f"{zh} {en}")
