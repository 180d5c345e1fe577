"""A look at a paper without leaving the hits (9.3)."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from agency.common.views import PlainPage
from archives.models import Document

BEGINNING = 1200


class Look(PlainPage):
    """The picture of the paper, or the beginning of its text; opening it stays one click away.

    It does not stop the stopwatch: that is done by opening or downloading.
    """

    permission = "accounts.view_client"
    template_name = "archives/look.html"
    part_name = "archives/_look.html"

    @cached_property
    def paper(self):
        papers = Document.objects.visible_to(self.request.user, self.now).filed()
        papers = papers.select_related("client", "contact", "brand", "preview")
        return get_object_or_404(papers, pk=self.kwargs["pk"])

    def get_page_title(self):
        return self.paper.label

    def get_context_data(self, **kwargs):
        paper, asked = self.paper, self.request.GET.get("find", "")
        extra = {
            "paper": paper,
            "beginning": " ".join(paper.text[:BEGINNING].split()),
            "jobs": [row.job_number for row in paper.job_numbers.all()],
            "find": asked if asked.isdecimal() and len(asked) < 19 else "",
        }
        return super().get_context_data(**{**extra, **kwargs})
