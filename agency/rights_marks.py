"""Who is asked and what a line of the table of rights says: the words of agency/rights.py."""

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
IN_LIST = "      L   L   y   y   y   y   y   y   y   -   y   -"
RENEW = "        L   L   y   0   y   y   y   y   y   -   y   -"
IN_FOUND = "     L   L   y   0   y   y   y   y   y   -   0   -"
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
FOUND_BILL = "   L   L   y   0   y   y   y   y   y   -   0   0"
FOUND_FINANCE = "L   L   r   0   r   r   r   r   y   -   0   0"
FINANCE_LIST = " L   L   -   -   -   -   -   -   y   -   -   -"
AE_ALL = "       L   L   *   *   *   *   *   *   -   -   -   -"
AM_ALL = "       L   L   -   -   -   *   *   *   -   -   -   -"
MONEY_READ = "   L   L   y   0   y   y   y   y   y   y   -   -"
MONEY_LIST = "   L   L   y   y   y   y   y   y   y   y   -   -"
# opportunities: the management reads them; an expense is its author's, and of those above him
OPPORTUNITIES = "L   L   y   y   y   y   y   y   -   y   -   -"
OPPORTUNITY = "  L   L   y   0   y   y   y   y   -   y   0   0"
AD_UP = "        L   L   -   -   -   -   y   y   -   -   -   -"
EXPENSE = "      L   L   y   0   0   y   y   y   y   y   -   -"
HIS_EXPENSE = "  L   L   y   0   0   0   0   0   -   -   -   -"
HIS_APPROVED = " L   L   y   0   0   r   r   r   -   -   -   -"
EXPENSE_STEP = " L   L   -   -   -   y   r   r   -   r   -   -"
EXPENSE_BOOK = " L   L   -   -   -   -   -   -   y   -   -   -"
FOUND_DUN = "    L   L   r   0   r   y   y   y   y   -   0   0"
FOUND_OWING = "  L   L   r   0   r   y   y   y   y   -   r   0"
FOUND_MARGIN = " L   L   r   0   r   y   y   y   y   y   r   0"
MARGIN_LIST = "  L   L   -   -   -   y   y   y   y   y   -   -"
FINANCE = "      L   L   -   -   -   -   -   -   *   -   -   -"
FOUND_COSTS = "  L   L   r   0   r   r   r   r   y   -   0   0"
# ads: whoever serves the client records them, a department too
AD_LIST = "      L   L   y   y   y   y   y   y   -   -   y   -"
FOUND_AD_EDIT = "L   L   y   0   y   y   y   y   -   -   y   0"
COACHING = "     L   L   y   y   y   y   y   y   -   y   -   -"
