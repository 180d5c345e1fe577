"""A form with a list of rows under it: deliverables, facts, milestones."""

from django import forms

MOST_ROWS = 100
PREFIX = "rows"


def formset_of(row_form, extra):
    """Rows that can be added, dropped and left empty."""
    return forms.formset_factory(
        row_form, extra=extra, can_delete=True, max_num=MOST_ROWS, validate_max=True,
        absolute_max=MOST_ROWS + 50,
    )  # fmt: skip


class WithRows:
    """Mixin of a form, put first. `row_form` is one row; `typed_rows()` what they say, in order.

    Give it `rows`: the initial dicts of the rows there are, and `row_kwargs` for each row's form.
    """

    row_form = None
    extra_rows = 1

    def __init__(self, *args, rows=(), row_kwargs=None, **kwargs):
        super().__init__(*args, **kwargs)
        data = args[0] if args else kwargs.get("data")
        made = formset_of(self.row_form, self.extra_rows)
        self.rows = made(data, initial=list(rows), prefix=PREFIX, form_kwargs=row_kwargs or {})

    def is_valid(self):
        return super().is_valid() & self.rows.is_valid()

    @property
    def summary(self):
        """What is wrong in the head and in each row, for the list at the head of the page."""
        found = super().summary
        if not self.rows.is_bound:
            return found
        found += [("", "", message) for message in self.rows.non_form_errors()]
        for row in self.rows:
            found += row.summary
        return found

    def typed_rows(self):
        """[dict] of the rows that say something and were not dropped."""
        return [
            {name: value for name, value in row.cleaned_data.items() if name != "DELETE"}
            for row in self.rows
            if row.cleaned_data and not row.cleaned_data.get("DELETE") and row.says_something()
        ]

    def typed(self):
        """Nothing that was typed is lost on a stale page (C7)."""
        found = super().typed()
        for row in self.rows:
            found += row.typed()
        return found


class RowForm:
    """Mixin of one row; `names` tells which fields make it a row at all."""

    names = ("name",)

    def says_something(self):
        return any(self.cleaned_data.get(name) for name in self.names)
