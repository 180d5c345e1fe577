import pytest

from archives import storage
from tests.archives.papers import PDF, make_document
from tests.builders import make_client


@pytest.mark.rule("R38")
def test_paper_is_filed_under_its_hash(db):
    paper = make_document(make_client(), number="XA/CR/2026/001", job_numbers=["XA-26-001"])

    assert storage.read_file(paper.sha256) == PDF
