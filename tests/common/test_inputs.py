"""Fields that forms share: days within reason, people by key, long words (C7, Z3)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils import timezone

from agency.common.inputs import (
    LINE,
    TEXT,
    DayField,
    MomentField,
    PeopleField,
    PersonField,
    check_year,
    long_text,
)

FAR = "Please enter a date between 2000 and 2099."
PEOPLE = {"u7": "何嘉宁", "c12": "叶知秋"}


def complaint(field, value):
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(value)
    return caught.value


def one():
    field = PersonField(required=False)
    field.offer(PEOPLE, [("", "Choose"), ("Ours", [("u7", "何嘉宁")]), ("LM", [("c12", "叶知秋")])])
    return field


def several():
    field = PeopleField(required=False)
    field.offer(PEOPLE)
    return field


# --- days and instants --------------------------------------------------------------------------


@pytest.mark.parametrize("day", [None, date(2000, 1, 1), date(2026, 11, 19), date(2099, 12, 31)])
def test_years_of_the_calendar_we_keep_pass(day):
    assert check_year(day) is None


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31), date(2100, 1, 1), date.max])
def test_other_years_are_named_as_such(day):
    with pytest.raises(forms.ValidationError) as caught:
        check_year(day)
    assert (caught.value.code, caught.value.messages) == ("year", [FAR])


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2000-01-01", date(2000, 1, 1)),
        ("2026-11-19", date(2026, 11, 19)),
        (" 2026-11-19 ", date(2026, 11, 19)),
        ("2028-02-29", date(2028, 2, 29)),
        ("2099-12-31", date(2099, 12, 31)),
        (date(2026, 11, 19), date(2026, 11, 19)),
    ],
)
def test_a_day_is_read(typed, day):
    assert DayField().clean(typed) == day


@pytest.mark.parametrize("typed", ["1999-12-31", "2100-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_too_far_is_refused_at_its_field(typed):
    assert complaint(DayField(), typed).messages == [FAR]


@pytest.mark.parametrize("typed", ["soon", "2026-02-30", "2027-02-29", "2026-13-01", "20261119x"])
def test_what_is_no_day_is_refused(typed):
    assert complaint(DayField(), typed).code == "invalid"


@pytest.mark.parametrize("field", [DayField, MomentField])
def test_an_empty_one_is_none_where_it_may_be(field):
    assert field(required=False).clean("") is None
    assert complaint(field(), "").code == "required"


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Shanghai", 6), ("Europe/Berlin", 13), ("UTC", 14)]
)
def test_an_instant_is_read_in_the_zone_of_the_client(zone, hour):
    with timezone.override(ZoneInfo(zone)):
        found = MomentField().clean("2026-11-19T14:00")
    assert found == datetime(2026, 11, 19, hour, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["1999-12-31T23:59", "2100-01-01T00:00", "0002-01-01T00:00"])
def test_an_instant_too_far_is_refused_at_its_field(typed):
    assert complaint(MomentField(), typed).messages == [FAR]


@pytest.mark.parametrize("typed", ["2026-11-19T25:00", "14:00", "2026-11-31T10:00", "<b>"])
def test_what_is_no_instant_is_refused(typed):
    assert complaint(MomentField(), typed).code == "invalid"


# --- people -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "person"), PEOPLE.items())
def test_a_key_is_cleaned_to_its_person(key, person):
    assert one().clean(key) == person


@pytest.mark.parametrize("key", ["", None])
def test_nobody_chosen_is_none(key):
    assert one().clean(key) is None


@pytest.mark.parametrize("key", ["u8", "12", "U7", "u7 ", "u7,c12", "Ours", "何嘉宁"])
def test_who_was_not_offered_is_refused(key):
    assert complaint(one(), key).code == "invalid_choice"
    assert complaint(several(), [key]).code == "invalid_choice"


def test_nobody_is_refused_where_somebody_must_be():
    field = PersonField()
    field.offer(PEOPLE, [("", "Choose"), *PEOPLE.items()])
    assert complaint(field, "").code == "required"
    people = PeopleField()
    people.offer(PEOPLE)
    assert complaint(people, []).code == "required"


@pytest.mark.parametrize(
    ("keys", "people"),
    [
        ([], []),
        (["c12"], ["叶知秋"]),
        (["u7", "c12"], ["何嘉宁", "叶知秋"]),
        (["c12", "u7"], ["叶知秋", "何嘉宁"]),
    ],
)
def test_several_people_come_in_the_order_chosen(keys, people):
    assert several().clean(keys) == people


def test_one_stranger_among_several_spoils_the_choice():
    assert complaint(several(), ["u7", "u8"]).code == "invalid_choice"


def test_several_people_are_boxes_to_tick():
    field = several()
    assert field.choices == [("u7", "何嘉宁"), ("c12", "叶知秋")]
    assert isinstance(field.widget, forms.CheckboxSelectMultiple)


@pytest.mark.parametrize("kind", [PersonField, PeopleField])
def test_nobody_is_offered_before_the_cast_is_given(kind):
    assert (kind().people, list(kind().choices)) == ({}, [])
    assert complaint(kind(), "u7" if kind is PersonField else ["u7"]).code == "invalid_choice"


def test_two_forms_do_not_share_their_people():
    class Sample(forms.Form):
        who = PersonField()

    first, second = Sample(), Sample()
    first.fields["who"].offer(PEOPLE, list(PEOPLE.items()))
    assert list(second.fields["who"].choices) == []
    second.fields["who"].offer({"u9": "x"}, [("u9", "x")])
    assert first.fields["who"].clean("u7") == "何嘉宁"


# --- words --------------------------------------------------------------------------------------


def test_a_long_text_may_stay_empty():
    field = long_text("Why")
    assert (field.label, field.clean("")) == ("Why", "")
    assert field.widget.attrs["rows"] == 2


@pytest.mark.parametrize(("limit", "made"), [(TEXT, {}), (8000, {"max_length": 8000})])
def test_a_long_text_ends_at_its_limit(limit, made):
    field = long_text("Why", **made)
    assert field.clean("x" * limit) == "x" * limit
    assert complaint(field, "x" * (limit + 1)).error_list[0].code == "max_length"


def test_a_long_text_takes_rows_and_attributes():
    field = long_text("Why", rows=6, placeholder="In one sentence")
    assert field.widget.attrs["rows"] == 6
    assert field.widget.attrs["placeholder"] == "In one sentence"


def test_the_limits_keep_a_paper_printable():
    assert (LINE, TEXT) == (120, 4000)
