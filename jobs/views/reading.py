"""Rows of a spreadsheet into a draft: read, shown with what is wrong by row, then taken over."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agency.common.errors import Refused
from jobs.incoming import text_of_file


class ReadsText:
    """Mixin, put before the form page: what was pasted, or the first sheet of the file.

    cells_of(file): as `text_of_file` takes its `read`.
    """

    cells_of = None

    def text_of(self, form):
        upload = form.cleaned_data["file"]
        text = text_of_file(upload, self.cells_of) if upload else form.cleaned_data["text"]
        if not text.strip():
            raise Refused(_("Please paste rows, or choose a spreadsheet."), "text")
        return text


class ReadsRows(ReadsText):
    """Mixin, put before the form page: POST reads and shows; with `do` as `go` says and nothing
    wrong it acts.

    rows_read(text): the rows as they would be kept, each with `is_right`; key: the hidden field
    that goes round with them.
    """

    page_title = gettext_lazy("Rows from a spreadsheet")
    button = gettext_lazy("Read the rows")
    go, key = "add", "form_key"
    read = ()

    def form_valid(self, form):
        try:
            text = self.text_of(form)
            self.read = self.rows_read(text)
        except Refused as error:
            form.refuse(error)
            return self.form_invalid(form)
        if self.request.POST.get("do") == self.go and all(row.is_right for row in self.read):
            return super().form_valid(form)
        form.data = {"text": text, self.key: form.data[self.key]}
        return self.render_to_response(self.get_context_data(form=form))

    def get_done(self):
        count = len(self.read)
        words = ngettext("%(count)s line is added.", "%(count)s lines are added.", count)
        return words % {"count": count}

    def get_context_data(self, **kwargs):
        wrong = sum(not row.is_right for row in self.read)
        return super().get_context_data(**{"read": self.read, "wrong": wrong, **kwargs})
