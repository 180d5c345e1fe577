"""The table of 4.3 row by row, and stand-ins by 4.4: who may take a step of the chain."""

from itertools import product

import pytest

from accounts.approvers import DIRECTOR, DIRECTOR2, MANAGER, approvers
from tests.builders import assign, make_client, make_group, make_stand_in, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("Z12", "R56")]
NOW = when("2026-11-19 14:00")
TODAY = NOW.date()
POSTS = ("ae", "am", "ad", "gad")


class House:
    """A client with people by post; `without` leaves chairs empty, `more` adds second people."""

    def __init__(self, without=(), more=()):
        self.people = {post: make_user(role=post) for post in POSTS}
        self.people["management"] = make_user(role="management")
        head = self.people["gad"]
        if "gad" in without:
            head.is_active = False
            head.save()
        if "management" in without:
            self.people["management"].is_active = False
            self.people["management"].save()
        team = [self.people[post] for post in POSTS[:3] if post not in without]
        self.client = make_client(team=team, group=make_group(head=head))
        for post in more:
            self.people[f"{post}2"] = make_user(role=post)
            assign(self.client, self.people[f"{post}2"])

    def who(self, step, author, approved=()):
        """Names of the posts that may take the step."""
        found = approvers(
            client=self.client, step=step, authors=[self.people[name] for name in author.split()],
            approved=[self.people[name] for name in approved], at=NOW,
        )  # fmt: skip
        names = {user: name for name, user in self.people.items()}
        return {names[user] for user in found}


# author, empty chairs, second people, who approved → who may take the step
MANAGER_ROWS = [
    ("ae", (), (), {"am"}),
    ("ae", ("am",), (), {"ad"}),
    ("ae", ("am", "ad"), (), {"gad"}),
    ("ae", (), ("am",), {"am", "am2"}),
    ("ae", ("am", "ad", "gad"), (), set()),
    ("am", (), (), {"ad"}),
    ("am", (), ("am",), {"ad", "am2"}),
    ("am", ("ad",), (), {"gad"}),
    ("am", ("ad", "gad"), (), set()),
    ("ad", (), (), {"am"}),
    ("ad", ("am",), (), {"gad"}),
    ("ad", ("am",), ("ad",), {"ad2"}),
    ("gad", (), (), {"am"}),
    ("gad", ("am",), (), {"ad"}),
    ("gad", ("am", "ad"), (), set()),
    ("ae am", (), (), {"ad"}),
]
DIRECTOR_ROWS = [
    ("ae", (), (), ("am",), {"ad", "gad"}),
    ("ae", ("am",), (), ("ad",), {"gad"}),
    ("ae", ("ad",), (), ("am",), {"gad"}),
    ("ae", ("am",), ("ad",), ("ad",), {"ad2", "gad"}),
    ("ae", ("ad", "gad"), (), ("am",), set()),
    ("am", (), (), ("ad",), {"gad"}),
    ("am", (), ("ad",), ("ad",), {"ad2", "gad"}),
    ("am", ("gad",), (), ("ad",), set()),
    ("ad", (), (), ("am",), {"gad"}),
    ("ad", (), ("ad",), ("am",), {"ad2", "gad"}),
    ("ad", ("gad",), (), ("am",), set()),
    ("gad", (), (), ("am",), {"ad"}),
    ("gad", ("ad",), (), ("am",), set()),
]
SECOND_ROWS = [
    ("ae", (), (), ("am", "ad"), {"gad"}),
    ("ae", (), (), ("am", "gad"), {"management"}),
    ("ae", ("am",), (), ("ad", "gad"), {"management"}),
    ("ae", ("gad",), (), ("am", "ad"), {"management"}),
    ("ae", ("management",), (), ("am", "gad"), set()),
    ("am", (), (), ("ad", "gad"), {"management"}),
    ("am", (), ("ad",), ("ad", "ad2"), {"gad"}),
    ("ad", (), (), ("am", "gad"), {"management"}),
    ("gad", (), (), ("am", "ad"), {"management"}),
    ("gad", ("management",), (), ("am", "ad"), set()),
]


@pytest.mark.parametrize(("author", "without", "more", "expected"), MANAGER_ROWS)
def test_manager_step(author, without, more, expected):
    assert House(without, more).who(MANAGER, author) == expected


@pytest.mark.parametrize(("author", "without", "more", "approved", "expected"), DIRECTOR_ROWS)
def test_director_step(author, without, more, approved, expected):
    assert House(without, more).who(DIRECTOR, author, approved) == expected


@pytest.mark.parametrize(("author", "without", "more", "approved", "expected"), SECOND_ROWS)
def test_second_director(author, without, more, approved, expected):
    assert House(without, more).who(DIRECTOR2, author, approved) == expected


EMPTY = ((), ("am",), ("ad",), ("gad",), ("am", "ad"))


@pytest.mark.parametrize(("author", "empty"), list(product(POSTS, EMPTY)))
def test_nobody_twice_whatever_chairs_are_empty(author, empty):
    """Every author × every empty chair: whoever walks the steps, they are different people."""
    house, walked = House([post for post in empty if post != author]), []
    for step in (MANAGER, DIRECTOR, DIRECTOR2):
        fit = house.who(step, author, walked)
        assert not fit & {author, *walked}
        walked += sorted(fit)[:1]


@pytest.mark.parametrize(("author", "empty"), list(product(POSTS, EMPTY)))
def test_management_is_never_called_on_before_the_second_director(author, empty):
    house = House([post for post in empty if post != author])
    assert "management" not in house.who(MANAGER, author)
    assert "management" not in house.who(DIRECTOR, author)


def test_a_paper_of_the_media_department_is_as_its_submitter():
    house = House()
    house.people["media"] = make_user(role="department", department="media")
    assert house.who(MANAGER, "media ae") == {"am"}
    assert house.who(MANAGER, "media am") == {"ad"}


def test_an_am_who_helps_as_ae_has_the_rights_of_an_ae_there():
    house = House()
    house.people["helper"] = make_user(role="am")
    assign(house.client, house.people["helper"], role="ae", is_lead=False)
    assert house.who(MANAGER, "ae") == {"am"}
    assert house.who(MANAGER, "helper") == {"am"}


def test_who_has_left_approves_nothing():
    house = House()
    house.people["am"].is_active = False
    house.people["am"].save()
    assert house.who(MANAGER, "ae") == {"ad"}


# --- stand-ins (4.4) ----------------------------------------------------------------------------


def deputy(house, absent, role, days=(TODAY, TODAY), client=True):
    user = house.people["deputy"] = make_user(role=role)
    make_stand_in(
        house.people[absent], user, *days, client=house.client if client else None
    )  # fmt: skip
    return user


@pytest.mark.parametrize(
    ("absent", "title", "step", "allowed"),
    [
        ("am", "ae", MANAGER, False),
        ("am", "am", MANAGER, True),
        ("am", "ad", MANAGER, True),
        ("ad", "am", DIRECTOR, False),
        ("ad", "ad", DIRECTOR, True),
        ("gad", "ad", DIRECTOR2, False),
        ("gad", "gad", DIRECTOR2, True),
    ],
)
def test_a_deputy_signs_only_with_a_title_for_the_step(absent, title, step, allowed):
    house = House()
    deputy(house, absent, title)
    assert ("deputy" in house.who(step, "ae")) == allowed


def test_both_are_named():
    house = House()
    user = deputy(house, "am", "am")
    found = approvers(client=house.client, step=MANAGER, authors=[house.people["ae"]], at=NOW)
    assert found == {house.people["am"]: None, user: house.people["am"]}


def test_a_deputy_does_not_sign_for_the_author():
    house = House()
    deputy(house, "am", "am")
    assert house.who(MANAGER, "am") == {"ad"}
    assert house.who(MANAGER, "ae deputy") == {"am", "ad"} - {"deputy"}


def test_a_deputy_counts_as_himself_among_the_four():
    house = House()
    deputy(house, "ad", "ad")
    assert house.who(DIRECTOR, "ae", ["deputy"]) == {"ad", "gad"}
    assert house.who(DIRECTOR, "ae", ["ad"]) == {"gad"}


@pytest.mark.parametrize("away", [1, -1])
def test_only_between_the_days_and_on_the_clients_named(away):
    house = House()
    day = TODAY.replace(day=TODAY.day + away)
    deputy(house, "am", "am", days=(day, day))
    assert house.who(MANAGER, "ae") == {"am"}


def test_a_stand_in_for_all_clients_counts_here_too():
    house = House()
    deputy(house, "am", "am", client=False)
    assert house.who(MANAGER, "ae") == {"am", "deputy"}


def test_stand_ins_are_not_chained():
    house = House()
    first = deputy(house, "am", "am")
    second = house.people["second"] = make_user(role="am")
    make_stand_in(first, second, TODAY, TODAY, client=house.client)
    assert house.who(MANAGER, "ae") == {"am", "deputy"}
