"""What each address answers to each kind of person: the one table of C8.

`manage.py show_rights` prints it; tests/test_permissions.py asks every address for every person,
with GET and POST, about a thing of the person's own client and about somebody else's. An address
that has no line here fails that test. One line an address:

    "accounts:contact_update": Line(AE_UP, "contact", 200, 422),

marks: one for each of PEOPLE, about a thing of client A: y allowed · * allowed whosever
thing it is · a number is that answer ·
- refused (403) · r refused, and of a thing of client B not there (404) ·
0 not there (404) · L sign in first (302); thing: what stands in the address
(tests/rights_things.py makes it); get, post: the answers to who is allowed, the POST with an
empty form; early: a method that the address does not know is refused (405) before anything else.
About a thing of client B everybody bound to client A gets 404 where the mark is y or r; the AE of B
takes the place of the AE of A.
"""

from dataclasses import dataclass

PEOPLE = (
    "anonymous",
    "link contact",
    "AE",
    "other AE",
    "stand-in",
    "AM",
    "AD",
    "GAD",
    "finance",
    "management",
    "department",
    "admin",
)
BOUND = {"link contact", "AE", "stand-in", "AM", "AD", "GAD", "department"}
REFUSALS = {"-": 403, "r": 403, "0": 404, "L": 302}


@dataclass(frozen=True)
class Line:
    marks: str
    thing: str = ""
    get: int = 200
    post: int = 405
    early: bool = False

    def mark(self, person, is_own=True):
        """The mark of the person about a thing of client A (own), else of client B."""
        marks = dict(zip(PEOPLE, self.marks.split(), strict=True))
        if is_own or not self.thing:
            return marks[person]
        if person == "other AE":
            return marks["AE"]
        return "0" if person in BOUND and marks[person] in ("y", "r") else marks[person]

    def answer(self, method, person, is_own=True):
        """The status that the person gets."""
        mark = self.mark(person, is_own)
        allowed = self.get if method == "GET" else self.post
        if allowed == 405 and mark in self._told_early(method):
            return allowed
        return int(mark) if len(mark) == 3 else REFUSALS.get(mark, allowed)

    def _told_early(self, method):
        """Marks of those who hear of a wrong method (405) before anything is looked for."""
        if method == "GET":
            return "*y0-r"
        return "*y0" if self.early else "*y"


#               ano con AE  oth sta AM  AD  GAD fin man dep adm
ANYBODY = "      *   *   *   *   *   *   *   *   *   *   *   *"
EVERYBODY = "    y   y   y   y   y   y   y   y   y   y   y   y"
STAFF = "        L   L   y   y   y   y   y   y   y   y   y   y"
ADMIN = "        L   L   -   -   -   -   -   -   -   -   -   y"
HIS_OWN = "      L   L   y   0   0   0   0   0   0   0   0   0"
CONTACT = "      0   y   0   0   0   0   0   0   0   0   0   0"
NOBODY = "       0   0   0   0   0   0   0   0   0   0   0   0"
# lists and new things: no client in the address, the rows are one's own
LIST = "         L   L   y   y   y   y   y   y   y   y   y   -"
AE_LIST = "      L   L   y   y   y   y   y   y   -   -   -   -"
STAND_INS = "    L   L   y   y   y   y   y   y   y   -   -   y"
# about a client
READ = "         L   L   y   0   y   y   y   y   y   y   y   -"
AE_UP = "        L   L   y   0   y   y   y   y   -   -   -   -"
AM_UP = "        L   L   -   -   -   y   y   y   -   -   -   -"
CONTRACT = "     L   L   -   -   -   y   y   y   y   -   -   -"
TRAIL = "        L   L   -   -   -   y   y   y   y   y   -   0"
# the same, on pages that look for the thing before they ask for the right
FOUND_READ = "   L   L   y   0   y   y   y   y   y   y   y   0"
FOUND_AE = "     L   L   y   0   y   y   y   y   -   -   r   0"
FOUND_AM = "     L   L   r   0   r   y   y   y   -   -   r   0"
FIGURES = "      L   L   y   y   y   y   y   y   y   y   -   -"
FILE_LIST = "    L   L   y   y   y   y   y   y   y   -   -   -"
CLIENT_EDIT = "  L   L   y   0   y   y   y   y   y   -   r   0"
# the same for jobs; a department is there on jobs it has work on
FOUND_AD = "     L   L   r   0   r   r   y   y   -   -   r   0"
FOUND_CONFIRM = "L   L   y   0   y   y   y   y   -   -   y   0"
FOUND_MONEY = "  L   L   y   0   y   y   y   y   -   -   0   0"
FOUND_TAKE = "   L   L   r   0   r   r   r   r   -   -   y   0"
FOUND_COST = "   L   L   y   0   y   y   y   y   y   -   r   0"
FOUND_FILE = "   L   L   y   0   y   y   y   y   y   -   r   0"
FOUND_STEP = "   L   L   r   0   r   y   y   y   -   -   0   0"
FOUND_EXPORT = " L   L   y   0   y   y   y   y   y   y   0   0"
AE_ALL = "       L   L   *   *   *   *   *   *   -   -   -   -"
AM_ALL = "       L   L   -   -   -   *   *   *   -   -   -   -"
MONEY_LIST = "   L   L   y   y   y   y   y   y   y   y   -   -"

ACCOUNTS = {
    "accounts:login": Line("y   y   302 302 302 302 302 302 302 302 302 302", "", 200, 422),
    "accounts:logout": Line(EVERYBODY, "", 405, 302),
    "accounts:language": Line(EVERYBODY, "", 405, 302),
    "accounts:password_change": Line(STAFF, "", 200, 422),
    "accounts:client_list": Line(LIST),
    "accounts:client_create": Line(CONTRACT, "", 200, 422),
    "accounts:client_detail": Line(READ, "client"),
    "accounts:client_update": Line(CLIENT_EDIT, "pk client", 200, 422),
    "accounts:client_take_up": Line(CONTRACT, "pk client", 200, 422),
    "accounts:client_rest": Line(CONTRACT, "pk client", 200, 422),
    "accounts:client_close": Line(CONTRACT, "pk client", 200, 422),
    "accounts:client_audit": Line(TRAIL, "client"),
    "accounts:brand_create": Line(AE_UP, "client", 200, 422),
    "accounts:brand_update": Line(AE_UP, "brand", 200, 422),
    "accounts:brand_archive": Line(AE_UP, "brand", 200, 422),
    "accounts:brand_take_up": Line(AE_UP, "brand", 200, 422),
    "accounts:product_create": Line(AE_UP, "brand", 200, 422),
    "accounts:product_update": Line(AE_UP, "product", 200, 422),
    "accounts:contact_create": Line(AE_UP, "client", 200, 422),
    "accounts:contact_detail": Line(READ, "contact"),
    "accounts:contact_update": Line(AE_UP, "contact", 200, 422),
    "accounts:contact_deactivate": Line(AE_UP, "contact", 200, 422),
    "accounts:contact_reactivate": Line(AE_UP, "contact", 200, 422),
    "accounts:contract_create": Line(CONTRACT, "client", 200, 422),
    "accounts:contract_update": Line(CONTRACT, "contract", 200, 422),
    "accounts:contract_archive": Line(CONTRACT, "contract", 200, 422),
    "accounts:assignment_create": Line(AM_UP, "client", 200, 422),
    "accounts:assignment_end": Line(AM_UP, "assignment", 200, 422),
    "accounts:assignment_lead": Line(AM_UP, "assignment", 200, 422),
    "accounts:stand_in_list": Line(STAND_INS),
    "accounts:stand_in_create": Line(STAND_INS, "", 200, 422),
    "accounts:stand_in_end": Line(
        "L   L   y   0   0   y   y   y   0   -   -   y", "stand in", 200, 422
    ),
    "accounts:user_list": Line(ADMIN),
    "accounts:user_create": Line(ADMIN, "", 200, 422),
    "accounts:user_detail": Line(ADMIN, "user"),
    "accounts:user_update": Line(ADMIN, "user", 200, 422),
    "accounts:user_password": Line(ADMIN, "user", 200, 422),
    "accounts:user_reactivate": Line(ADMIN, "user", 200, 422),
    "accounts:todo_list": Line(STAFF),
    "accounts:todo_create": Line(STAFF, "", 200, 422),
    "accounts:todo_update": Line(HIS_OWN, "todo", 200, 422),
    "accounts:todo_done": Line(HIS_OWN, "todo", 405, 302),
    "accounts:todo_reopen": Line(HIS_OWN, "todo", 405, 302),
    "accounts:settings": Line(ADMIN, "", 200, 422),
    "accounts:calendar_days": Line(ADMIN),
    "accounts:calendar_day_create": Line(ADMIN, "", 200, 422),
    "accounts:calendar_day_remove": Line(ADMIN, "day", 200, 422),
    "accounts:group_list": Line(ADMIN),
    "accounts:group_create": Line(ADMIN, "", 200, 422),
    "accounts:group_update": Line(ADMIN, "group", 200, 422),
    "accounts:trail": Line(ADMIN),
}
ROOF = {
    "home": Line(STAFF),
    "day": Line("L   L   0   0   0   y   y   y   0   0   0   0", "user", early=True),
    "notices": Line(STAFF),
    "notices_read": Line(STAFF, "", 405, 302),
    "calendar_feed": Line(STAFF, "", 200, 200),
    "feed": Line(NOBODY, "feed", early=True),
    "healthz": Line(EVERYBODY, "", 503),
    "clock": Line(ADMIN, "", 200, 302),
    "mailbox": Line(STAFF, "", 404),
    "mailbox_mail": Line(STAFF, "mail", 404, early=True),
    "mailbox_file": Line(STAFF, "mail file", 404, early=True),
    "link_enter": Line(ANYBODY, "token", 302),
    "link_page": Line(CONTACT, "link", 200, 422),
    "link_papers": Line(CONTACT, "link", 200, 422),
    "link_part": Line(CONTACT, "link part", 200, 405),
    "logo": Line(ADMIN, "", 200, 422),
    "logo_picture": Line(ADMIN, "", 404),
    "logo_remove": Line(ADMIN, "", 200, 422),
    "quality": Line(FIGURES),
    "room_list": Line(ADMIN),
    "room_update": Line(ADMIN, "pk client", 200, 422),
    "user_deactivate": Line(ADMIN, "user", 200, 422),
}
ARCHIVES = {
    "archives:document_list": Line(LIST),
    "archives:document_create": Line(FILE_LIST, "", 200, 422),
    "archives:document_detail": Line(READ, "paper", early=True),
    "archives:document_pdf": Line(FOUND_READ, "paper", early=True),
    "archives:document_void": Line(AM_UP, "paper", 200, 422),
    "archives:held_mail_list": Line(AE_LIST),
    "archives:mail_arrived": Line(FOUND_AE, "held mail", 405, 302),
    "archives:mail_again": Line(FOUND_AE, "held mail", 405, 302),
    "archives:mail_back": Line(FOUND_AE, "held mail", 405, 302),
}
MEETINGS = {
    "meetings:meeting_list": Line(LIST),
    "meetings:meeting_week": Line(LIST),
    "meetings:report_list": Line(LIST),
    "meetings:figures": Line(FIGURES),
    "meetings:figures_list": Line(FIGURES),
    "meetings:call_create": Line(AE_LIST, "", 200, 422),
    "meetings:exchange_create": Line(AE_LIST, "", 200, 422),
    "meetings:meeting_create": Line(AE_LIST, "", 200, 422),
    "meetings:meeting_detail": Line(FOUND_READ, "meeting"),
    "meetings:meeting_update": Line(FOUND_AE, "meeting", 200, 422),
    "meetings:meeting_invite": Line(FOUND_AE, "planned", 200, 422),
    "meetings:meeting_move": Line(FOUND_AE, "meeting", 200, 422),
    "meetings:meeting_cancel": Line(FOUND_AE, "meeting", 200, 422),
    "meetings:meeting_hold": Line(FOUND_AE, "past meeting", 200, 422),
    "meetings:meeting_not_held": Line(FOUND_AE, "past meeting", 200, 422),
    "meetings:meeting_outcomes": Line(FOUND_AE, "held meeting", 200, 422),
    "meetings:meeting_correct_end": Line(FOUND_AE, "held meeting", 200, 422),
    "meetings:meeting_confirm_end": Line(FOUND_AM, "claimed end", 200, 422),
    "meetings:meeting_refuse_end": Line(FOUND_AM, "claimed end", 200, 422),
    "meetings:report_detail": Line(FOUND_READ, "report"),
    "meetings:report_update": Line(FOUND_AE, "draft", 200, 422),
    "meetings:report_bar": Line(FOUND_AE, "draft"),
    "meetings:report_preview": Line(FOUND_AE, "draft"),
    "meetings:report_pdf": Line(FOUND_READ, "report"),
    "meetings:report_issue": Line(FOUND_AE, "draft", 200, 422),
    "meetings:report_call_create": Line(FOUND_AE, "draft", 200, 422),
    "meetings:report_revise": Line(FOUND_AE, "report", 200, 422),
    "meetings:report_discard": Line(FOUND_AE, "revision", 200, 422),
    "meetings:report_return": Line(FOUND_AE, "report", 200, 422),
    "meetings:report_send_again": Line(FOUND_AE, "sent", 200, 422),
    "meetings:opinion_read": Line(FOUND_READ, "opinion", 200, 422),
    "meetings:action_list": Line(LIST),
    "meetings:action_detail": Line(FOUND_READ, "action"),
    "meetings:action_progress": Line(FOUND_AE, "action", 200, 422),
    "meetings:action_move": Line(FOUND_AE, "action", 200, 422),
    "meetings:action_complete": Line(FOUND_AE, "action", 200, 422),
    "meetings:action_reopen": Line(FOUND_AE, "done action", 200, 422),
    "meetings:action_cancel": Line(FOUND_AE, "action", 200, 422),
}
JOBS = {
    # job
    "jobs:job_list": Line(LIST),
    "jobs:job_board": Line(LIST),
    "jobs:job_create": Line(AE_LIST, "", 200, 422),
    "jobs:job_detail": Line(FOUND_READ, "job"),
    "jobs:job_update": Line(FOUND_AE, "job", 200, 422),
    "jobs:job_approve": Line(FOUND_AM, "requested job", 200, 422),
    "jobs:job_reject": Line(FOUND_AM, "requested job", 200, 422),
    "jobs:job_deliver": Line(FOUND_AE, "job", 200, 422),
    "jobs:job_reopen": Line(FOUND_AM, "delivered job", 200, 422),
    "jobs:job_unclose": Line(FOUND_AD, "closed job", 200, 422),
    "jobs:job_cancel": Line(FOUND_AM, "job", 200, 422),
    "jobs:job_archive": Line(FOUND_AM, "job", 200, 422),
    "jobs:job_bring_back": Line(FOUND_AM, "job", 200, 422),
    "jobs:job_sheet": Line(FOUND_AE, "job", 200, 422),
    "jobs:paper_waive": Line(FOUND_AM, "job", 200, 422),
    # brief
    "jobs:brief_create": Line(FOUND_AE, "job", 200, 422),
    "jobs:brief_detail": Line(FOUND_READ, "brief"),
    "jobs:brief_update": Line(FOUND_MONEY, "draft brief", 200, 422),
    "jobs:brief_force": Line(FOUND_MONEY, "draft brief", 200, 422),
    "jobs:brief_compare": Line(FOUND_READ, "brief versions"),
    "jobs:strategy_comment": Line(FOUND_AE, "brief", 200, 422),
    "jobs:brief_confirm": Line(FOUND_CONFIRM, "confirmation", 200, 422),
    "jobs:fact_update": Line(FOUND_AE, "fact", 200, 422),
    "jobs:scope_answer": Line(FOUND_MONEY, "asked estimate", 200, 422),
    "jobs:question_create": Line(FOUND_READ, "job", 200, 422),
    "jobs:question_answer": Line(FOUND_READ, "question", 200, 422),
    # estimate
    "jobs:estimate_list": Line(MONEY_LIST),
    "jobs:figures": Line(FIGURES),
    "jobs:step_list": Line(FIGURES),
    "jobs:estimate_create": Line(FOUND_MONEY, "briefed job", 200, 422),
    "jobs:estimate_update": Line(FOUND_MONEY, "draft estimate"),
    "jobs:estimate_head": Line(FOUND_MONEY, "draft estimate", 200, 422),
    "jobs:estimate_charged": Line(FOUND_MONEY, "draft estimate", 200, 302),
    "jobs:estimate_brief": Line(FOUND_MONEY, "draft estimate", 200, 422),
    "jobs:estimate_delete": Line(FOUND_MONEY, "draft estimate", 200, 422),
    "jobs:estimate_paste": Line(FOUND_MONEY, "draft estimate", 200, 422),
    "jobs:estimate_sheet": Line(FOUND_EXPORT, "draft estimate"),
    "jobs:estimate_compare": Line(FOUND_EXPORT, "draft estimate"),
    "jobs:line_create": Line(FOUND_MONEY, "draft estimate", 200, 422),
    "jobs:line_save": Line(FOUND_MONEY, "draft line", 200, 422),
    "jobs:line_delete": Line(FOUND_MONEY, "draft line", 200, 422),
    "jobs:line_move": Line(FOUND_MONEY, "draft line", 200, 422),
    "jobs:line_quotes": Line(FOUND_MONEY, "draft line", 200, 422),
    "jobs:supplier_list": Line(AE_LIST),
    "jobs:supplier_create": Line(AE_LIST, "", 200, 422),
    "jobs:supplier_update": Line(AE_ALL, "supplier", 200, 422),
    # its way through the chain
    "jobs:estimate_detail": Line(FOUND_EXPORT, "submitted estimate"),
    "jobs:estimate_face": Line(FOUND_EXPORT, "submitted estimate"),
    "jobs:estimate_pdf": Line(FOUND_EXPORT, "submitted estimate"),
    "jobs:estimate_submit": Line(FOUND_MONEY, "draft estimate", 200, 422),
    "jobs:estimate_approve": Line(FOUND_STEP, "submitted estimate", 200, 422),
    "jobs:estimate_refuse": Line(FOUND_STEP, "submitted estimate", 200, 422),
    "jobs:estimate_withdraw": Line(FOUND_MONEY, "submitted estimate", 200, 422),
    "jobs:estimate_send": Line(FOUND_MONEY, "approved estimate", 200, 422),
    "jobs:estimate_renew": Line(FOUND_MONEY, "expired estimate", 200, 422),
    "jobs:estimate_costs": Line(FOUND_STEP, "expired estimate", 200, 422),
    "jobs:signature_record": Line(FOUND_MONEY, "sent estimate", 200, 422),
    "jobs:signature_confirm": Line(FOUND_STEP, "recorded estimate", 200, 422),
    "jobs:estimate_revise": Line(FOUND_MONEY, "refused estimate", 200, 422),
    "jobs:estimate_anew": Line(FOUND_MONEY, "signed estimate", 200, 422),
    "jobs:change_order_create": Line(FOUND_MONEY, "signed estimate", 200, 422),
    # timeline
    "jobs:timeline_create": Line(FOUND_AE, "job", 200, 302),
    "jobs:timeline_detail": Line(FOUND_READ, "timeline"),
    "jobs:timeline_update": Line(FOUND_MONEY, "draft timeline", 200, 422),
    "jobs:timeline_publish": Line(FOUND_MONEY, "draft timeline", 200, 422),
    "jobs:timeline_seen": Line(FOUND_READ, "timeline", 200, 422),
    "jobs:milestone_tick": Line(FOUND_CONFIRM, "milestone", 200, 422),
    "jobs:template_list": Line(AE_LIST),
    "jobs:template_create": Line(AM_UP, "", 200, 422),
    "jobs:template_update": Line(AM_ALL, "timeline template", 200, 422),
    # work
    "jobs:order_list": Line(LIST),
    "jobs:order_create": Line(FOUND_AE, "job", 200, 422),
    "jobs:order_detail": Line(FOUND_READ, "order"),
    "jobs:order_receive": Line(FOUND_TAKE, "order", 200, 422),
    "jobs:order_finish": Line(FOUND_TAKE, "order", 200, 422),
    "jobs:order_withdraw": Line(FOUND_AE, "order", 200, 422),
    "jobs:cost_create": Line(FOUND_COST, "job", 200, 422),
    "jobs:error_list": Line(AE_LIST),
    "jobs:error_create": Line(FOUND_AE, "job", 200, 422),
    # closing
    "jobs:check_list": Line(LIST),
    "jobs:check_create": Line(FOUND_AE, "job", 200, 422),
    "jobs:check_detail": Line(FOUND_READ, "check"),
    "jobs:check_judge": Line(FOUND_AE, "check", 200, 422),
    "jobs:check_send": Line(FOUND_FILE, "passed check", 200, 422),
    "jobs:completion_create": Line(FOUND_AE, "delivered job", 200, 422),
    "jobs:completion_detail": Line(FOUND_READ, "completion"),
    "jobs:completion_update": Line(FOUND_AE, "completion", 200, 422),
    "jobs:completion_ad": Line(FOUND_AE, "completion", 200, 422),
    "jobs:completion_submit": Line(FOUND_AE, "completion", 200, 422),
    "jobs:completion_approve": Line(FOUND_AM, "submitted completion", 200, 422),
    "jobs:completion_return": Line(FOUND_AM, "submitted completion", 200, 422),
    "jobs:rating_create": Line(FOUND_TAKE, "closed job", 200, 422),
    "jobs:review_create": Line(FOUND_AD, "job", 200, 422),
}
LINES = ACCOUNTS | ARCHIVES | JOBS | MEETINGS | ROOF
