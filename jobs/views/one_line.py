"""Writing one line of a draft: a small request that draws it and the sums anew; whole pages
without the script."""

from django.shortcuts import render

from agency.common.errors import Refused, Stale
from agency.common.pages import stale_page


class OneLine:
    """What writing a new line and an old one share, whichever paper they stand on.

    part_name: the template of the small request; act(form) keeps the line, drawn(line) answers
    with it; part_facts(line): what the parts want besides the line.
    """

    template_name = "jobs/line_form.html"
    acts_name = "jobs/_line_acts.html"
    done = ""

    def get_form_class(self):
        return None

    def form_valid(self, form):
        if not self.request.htmx:
            return super().form_valid(form)
        try:
            line = self.act(form)
        except Stale as error:
            return self.stale(form, error)
        except Refused as error:
            form.refuse(error)
            return self.form_invalid(form)
        return self.drawn(line)

    def form_invalid(self, form):
        """The first field that is wrong has the focus."""
        for name in form.errors:
            if name in form.fields:
                form.fields[name].widget.attrs["autofocus"] = True
                break
        return super().form_invalid(form)

    def stale(self, form, error):
        """The page that holds what was typed takes the place of this one (C7)."""
        page = stale_page(self.request, error, form.typed())
        page["HX-Retarget"], page["HX-Reswap"] = "body", "innerHTML"
        return page

    def part(self, name, line, **extra):
        answer = render(self.request, name, {**self.part_facts(line), "line": line, **extra})
        answer["HX-Trigger"] = "lines-changed"
        return answer

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"acts_name": self.acts_name, **kwargs})
