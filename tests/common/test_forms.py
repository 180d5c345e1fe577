"""What every form shares."""

import uuid
from datetime import date

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field, as_crispy_form
from django import forms
from django.contrib.auth.models import Group
from django.db.models.fields import BLANK_CHOICE_DASH

from agency.common.errors import Refused
from agency.common.forms import KeyedForm, ReasonForm, StyledForm, VerbForm, VersionedForm


class Sample(StyledForm, forms.Form):
    title = forms.CharField(label="Title", max_length=60, help_text="One line")
    words = forms.CharField(label="Words", widget=forms.Textarea, required=False)
    on = forms.DateField(label="On", required=False)
    ends = forms.DateTimeField(label="Ends", required=False)
    at = forms.TimeField(label="At", required=False)
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Choose"), ("Group", [("a", "Call")])]
    )
    who = forms.MultipleChoiceField(
        label="Who",
        required=False,
        choices=[(1, "何嘉宁"), (2, "叶知秋")],
        widget=forms.CheckboxSelectMultiple,
    )
    tick = forms.BooleanField(label="Tell management", required=False)
    password = forms.CharField(required=False, widget=forms.PasswordInput)


class Versioned(VersionedForm, forms.Form):
    title = forms.CharField()


class Keyed(KeyedForm, forms.Form):
    title = forms.CharField()


def test_widgets_have_the_classes_of_the_design():
    form = Sample()
    classes = {name: field.widget.attrs.get("class") for name, field in form.fields.items()}
    assert classes["title"] == classes["words"] == classes["on"] == "form-control"
    assert classes["kind"] == "form-select"
    assert classes["tick"] == classes["who"] == "form-check-input"


@pytest.mark.parametrize(("is_required", "nothing"), [(True, "Choose"), (False, "–")])
def test_a_list_says_that_nothing_is_chosen_yet(is_required, nothing):
    class Chooser(StyledForm, forms.Form):
        group = forms.ModelChoiceField(Group.objects.none(), required=is_required)
        kind = forms.TypedChoiceField(
            choices=[*BLANK_CHOICE_DASH, ("a", "Call")], required=is_required
        )

    fields = Chooser().fields
    assert list(fields["group"].choices) == [("", nothing)]
    assert fields["kind"].choices == [("", nothing), ("a", "Call")]


def test_dates_and_times_have_native_pickers_with_iso_values():
    form = Sample(initial={"on": date(2026, 11, 20)})
    assert 'type="date"' in str(form["on"])
    assert 'value="2026-11-20"' in str(form["on"])
    assert 'type="datetime-local"' in str(form["ends"])
    assert 'type="time"' in str(form["at"])
    assert Sample({"title": "x", "ends": "2026-11-20T17:32"}).is_valid()


@pytest.mark.parametrize("text", ["a\nb", "a\rBcc: x@y.z", "a\x00b", "a\x1bb", "a\u2028b"])
def test_one_line_refuses_control_characters_at_the_field(text):
    form = Sample({"title": text})
    assert list(form.errors) == ["title"]


def test_long_text_keeps_line_breaks_and_refuses_the_rest():
    assert Sample({"title": "x", "words": "one\r\ntwo\tthree"}).is_valid()
    assert list(Sample({"title": "x", "words": "a\x07b"}).errors) == ["words"]


def test_field_has_label_hint_error_and_their_names_for_screen_readers():
    html = as_crispy_field(Sample({"title": ""})["title"])
    assert '<label for="id_title">Title' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'class="field-error" id="id_title_error"' in html
    assert 'class="field-hint" id="id_title_helptext">One line' in html


def test_choices_are_a_group_with_a_legend():
    html = as_crispy_field(Sample()["who"])
    assert html.count("<fieldset") == 1
    assert '<legend class="label">Who' in html
    assert html.count('type="checkbox"') == 2


def test_what_may_be_left_out_says_so_but_not_in_filters():
    form = Sample()
    assert "optional" in as_crispy_field(form["words"])
    assert "optional" not in as_crispy_field(form["title"])
    form.hide_optional = True
    assert "optional" not in as_crispy_field(form["words"])


def test_summary_links_to_fields_and_says_what_belongs_to_none():
    form = Sample({"title": ""})
    form.add_error(None, "Two things do not fit.")
    html = as_crispy_form(form)
    assert '<a href="#id_title">Title</a>' in html
    assert "2 things to mend" in html
    assert form.summary[1] == ("", "", "Two things do not fit.")


def test_page_opened_first_shows_no_summary():
    assert "data-errors" not in as_crispy_form(Sample())


def test_refused_goes_to_its_field_or_to_the_head():
    form = Sample({"title": "x"})
    form.refuse(Refused("Too late.", "on"))
    form.refuse(Refused("Not with this client.", "client"))
    assert form.errors["on"] == ["Too late."]
    assert form.non_field_errors() == ["Not with this client."]


def test_refused_with_several_reasons_marks_each_field():
    form = Sample({"title": "x"})
    form.refuse(Refused("Two things", reasons=[("title", "Too short."), ("on", "In the past.")]))
    assert form.errors == {"title": ["Too short."], "on": ["In the past."]}


def test_refused_on_a_field_of_errors_keeps_what_was_typed():
    form = Sample({"title": "Winter box"})
    form.refuse(Refused("Taken.", "title"))
    assert 'value="Winter box"' in as_crispy_field(form["title"])


def test_typed_shows_choices_in_words_and_no_password():
    data = {
        "title": "Winter",
        "kind": "a",
        "who": ["1", "2"],
        "password": "secret",
        "words": "a\nb",
    }
    assert Sample(data).typed() == [
        ("Title", "Winter"),
        ("Words", "a\nb"),
        ("Kind", "Call"),
        ("Who", "何嘉宁, 叶知秋"),
    ]


def test_version_is_carried_and_must_come_back():
    assert 'value="7"' in str(Versioned(row_version=7)["row_version"])
    form = Versioned({"title": "x", "row_version": "7"}, row_version=8)
    assert form.is_valid()
    assert form.cleaned_data["row_version"] == 7
    missing = Versioned({"title": "x"}, row_version=8)
    assert missing.summary == [("", "", "This page was incomplete. Please open it again.")]


def test_key_is_new_for_each_page_and_must_come_back():
    one, two = Keyed(), Keyed()
    assert one["form_key"].value() != two["form_key"].value()
    key = uuid.uuid4()
    form = Keyed({"title": "x", "form_key": str(key)})
    assert form.is_valid()
    assert form.cleaned_data["form_key"] == key
    assert not Keyed({"title": "x"}).is_valid()
    assert not Keyed({"title": "x", "form_key": "1"}).is_valid()


def test_key_stays_the_same_when_the_form_comes_back_with_errors():
    key = str(uuid.uuid4())
    assert f'value="{key}"' in str(Keyed({"title": "", "form_key": key})["form_key"])


def test_forms_of_verbs_ask_for_what_they_need():
    assert list(VerbForm().fields) == ["row_version"]
    assert list(ReasonForm().fields) == ["reason", "row_version"]
