import pytest

from archives.kinds import FILED_BY_HAND, Compartment, Kind


def test_every_kind_lies_in_one_compartment():
    lying = [kind for part in Compartment for kind in part.kinds]
    assert sorted(lying) == sorted(Kind.values)


@pytest.mark.rule("R38")
@pytest.mark.parametrize(
    ("kind", "compartment"),
    [
        ("contact_report", "client"),
        ("return_proof", "client"),
        ("contract", "client"),
        ("estimate", "production"),
        ("media_plan", "media"),
        ("budget_report", "money"),
        ("clipping", "reference"),
        ("ad_file", "ads"),
        ("strategy", "brand"),
    ],
)
def test_kind_lies_where_the_handbook_says(kind, compartment):
    assert Compartment.of(kind) == compartment


def test_unknown_kind_lies_with_the_reference_file():
    assert Compartment.of("unheard_of") == Compartment.REFERENCE


@pytest.mark.rule("R38")
def test_papers_of_the_house_are_not_filed_by_hand():
    assert Kind.CONTACT_REPORT not in FILED_BY_HAND
    assert Kind.RETURN_PROOF in FILED_BY_HAND
