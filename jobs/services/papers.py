"""In what the kinds of signed papers differ: estimates here, media plans in an app above (3.8).

The chain, its clock, its pages and the client's page ask the kind of the paper in hand and name
none of them.
"""

from decimal import Decimal

from django.utils.module_loading import import_string

from jobs.frozen import hash_of
from jobs.models import SignedPaper

ZERO = Decimal("0.00")


class PaperKind:
    """One kind of signed paper; its model names the one instance (`SignedPaper.paper_kind`)."""

    # In verbs of the trail and in keys of mails: submit_<name>, <name>:<id>.
    name = ""
    # In the house number: LM/<letters>/2026/014.
    letters = ""
    # The kind of its filed papers, and of the outgoing check that the manager's yes is.
    filed = check = None
    # Who may hand it in, revise it.
    edit_right = ""
    # Fetched with the row when it is locked; the mail to the signer; the page behind his link.
    beside = ("job__client__group__head", "job__ae", "brief", "author", "submitted_by")
    letter = sign_page = ""
    # Sentences that name the thing itself.
    ended = not_due = own_paper = wrong_total = not_open = was_valid = gone = ""

    def face(self, name):
        """(template, function of paper, number and instant) of one printed face."""
        raise NotImplementedError

    def title(self, paper):
        """What is printed over it, untranslated (gettext_noop)."""
        raise NotImplementedError

    def versions(self, paper):
        """All revisions of the same paper."""
        raise NotImplementedError

    def gaps(self, paper):
        """(field, words) of all that it lacks to be handed in."""
        raise NotImplementedError

    def recalculate(self, paper):
        """Set its sums from its lines; the caller saves."""
        raise NotImplementedError

    def number(self, paper, at):
        """Its house number, drawn where no earlier revision has one."""
        raise NotImplementedError

    def lines(self, paper):
        """Its lines as they stand in the database."""
        raise NotImplementedError

    def data(self, paper, lines):
        """What it says, as plain data: what every step approves."""
        raise NotImplementedError

    def adds_up(self, paper, lines):
        """Each line and every sum, added again."""
        raise NotImplementedError

    def net(self, paper):
        """What it adds to the job, without VAT."""
        raise NotImplementedError

    def cost(self, paper):
        """What of it goes to third parties."""
        raise NotImplementedError

    def gives_way(self, paper):
        """The signed papers that are in force no more once this one is signed."""
        raise NotImplementedError

    def in_force(self, paper, former):
        """What else happens when it is signed and those of `gives_way` have given way."""

    def sha256(self, paper, lines=None):
        return hash_of(self.data(paper, self.lines(paper) if lines is None else lines))

    def newer(self, paper):
        return self.versions(paper).filter(revision__gt=paper.revision)


def kind_of(paper):
    return import_string(paper.paper_kind)


def models():
    """The kinds' models, whichever app they stand in."""
    return SignedPaper.__subclasses__()


def signed_sums(job):
    """(net, third-party cost) of all that the client has signed for the job and is in force."""
    papers = [row for model in models() for row in model.objects.signed().filter(job=job)]
    sums = [(kind_of(row).net(row), kind_of(row).cost(row)) for row in papers]
    return sum((net for net, _cost in sums), ZERO), sum((cost for _net, cost in sums), ZERO)
