"""The demo played once for all files here, with blank papers; one process runs them all."""

from datetime import timedelta

import pytest

from agency.demo import ads, brands, budgets, finds, ideas, jobs, money, people, quarters, shelves
from agency.demo.stage import Stage
from tests.builders import kept, settle
from tests.demo.world import NOW, TALKS


@pytest.fixture(scope="package", autouse=True)
def _played(django_db_setup, django_db_blocker, tmp_path_factory):
    store = tmp_path_factory.mktemp("demo") / "files"
    with kept(django_db_blocker, store), pytest.MonkeyPatch.context() as patch:
        for name in ("TICK", "GAP"):
            patch.setattr(f"agency.demo.stage.{name}", timedelta(days=4))
        play()
        settle()
        yield


def play():
    begin, opens = NOW - money.BEFORE, NOW - timedelta(weeks=10)
    stage = Stage(*people.fill(begin), NOW, begin, lambda _line: None, opens=opens)
    talks = [story(stage) for story in TALKS]
    memory = [*ads.all_ads(stage), *shelves.all_shelves(stage), *ideas.all_ideas(stage)]
    memory += [*brands.all_brands(stage), *quarters.all_quarters(stage)]
    memory += finds.all_finds(stage)
    for story in [*budgets.all_budgets(stage), *talks, *jobs.all_jobs(stage),
                  *money.all_money(stage), *memory]:  # fmt: skip
        stage.play(story)
    stage.run()
