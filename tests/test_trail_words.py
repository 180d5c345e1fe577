"""Every verb of the audit trail, and every fact it notes, has its word (C12)."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from accounts.trail_values import label_text
from accounts.trail_words import ACTS, FACTS, act_text, changed_text
from agency.common.models import AuditEntry

ROOT = Path(__file__).resolve().parent.parent
RECORDERS = {"record", "audit", "_record", "record_on", "record_plan"}
# what `record` and `audit` take besides the facts
KNOWN = {
    *("actor", "verb", "subject", "client_code", "behalf_of", "ip", "contact_name", "label"),
    *("at", "by", "client", "changes"),
}
# verbs put together from a state or a step
MADE = {
    *("passed_check", "failed_check", "return_accepted", "return_objected"),
    *(f"{act}_{step}" for act in ("approve", "refuse") for step in ("manager", "director")),
    *(
        f"{act}_{kind}"
        for act in ("submit", "withdraw", "send", "expire", "renew", "sign", "client_refuse")
        for kind in ("estimate", "plan")
    ),
}


def calls():
    """Every call in the code that notes something in the trail."""
    for app in ("accounts", "archives", "jobs", "budgets", "meetings", "agency"):
        for path in (ROOT / app).rglob("*.py"):
            if "/demo/" in str(path):
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and called(node.func) in RECORDERS:
                    yield node


def called(function):
    return getattr(function, "id", getattr(function, "attr", ""))


def texts(nodes):
    return {node.value for node in nodes if isinstance(node, ast.Constant)} - {None}


def test_every_verb_has_a_word():
    found = set()
    for call in calls():
        named = [word.value for word in call.keywords if word.arg == "verb"]
        found |= {text for text in texts([*call.args, *named]) if isinstance(text, str)}
    assert found
    assert sorted((found | MADE) - ACTS.keys()) == []


def test_every_fact_has_a_word():
    found = set()
    for call in calls():
        found |= {word.arg for word in call.keywords if word.arg} - KNOWN
    assert sorted(found - FACTS.keys()) == []


@pytest.mark.parametrize(("language", "word"), [("en", "Contact report issued"),
                                                ("zh-hans", "会晤报告发出")])  # fmt: skip
def test_verb_is_read_in_ones_own_language(language, word):
    with translation.override(language):
        assert act_text(AuditEntry(verb="issue_report")) == word


def test_unknown_verb_is_shown_by_its_code():
    assert act_text(AuditEntry(verb="something_new")) == "something_new"


def test_changes_are_named_by_the_field_old_and_new():
    changes = {"due_on": ["2026-11-20", "2026-11-24"], "reason": "Rain", "is_late": True}
    entry = AuditEntry(subject_type="jobs.job", changes=changes)
    with translation.override("en"):
        assert changed_text(entry) == "due: 2026-11-20 → 2026-11-24 · reason: Rain · late: Yes"


def test_fact_without_a_word_is_shown_by_its_name():
    entry = AuditEntry(subject_type="", changes={"oddity": str(date(2026, 11, 20))})
    assert changed_text(entry) == "oddity: 2026-11-20"


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("jobs.job", {"kind": "production"}, "类别：制作"),
        ("archives.document", {"face": ["internal", "client"]}, "文件面：对内 → 对客"),
        ("archives.document", {"kind": "contact_report"}, "类别：会晤报告"),
        # the field of another model of the app: a contact's answer, noted on the paper
        ("archives.document", {"answer": "objected"}, "答复：异议"),
        ("budgets.accountcost", {"kind": "staff"}, "类别：人员"),
        ("jobs.job", {"ended_at": "2026-11-20T08:00:00+00:00"}, "结束：11月20日 16:00"),
        ("archives.document", {"channel": "mail"}, "方式：邮件"),
        (
            "archives.document",
            {"to": ["a@x.example", "b@x.example"]},
            "发往：a@x.example、b@x.example",
        ),
        (
            "archives.quarterlyreport",
            {"changes": [{"field": "market", "old": "", "new": "up"}]},
            "变动：市场：up",
        ),
        ("archives.document", {"papers": ["a", "b"]}, "文件：a、b"),
        ("budgets.expenserequest", {"step": "gad"}, "审批级别：客户群总监"),
        ("jobs.job", {"kind": "once_there_was"}, "类别：once_there_was"),
    ],
)
def test_codes_and_moments_are_said_in_words(kind, changes, words):
    with translation.override("zh-hans"):
        assert changed_text(AuditEntry(subject_type=kind, changes=changes)) == words


@pytest.mark.parametrize(
    ("label", "english", "chinese"),
    [
        ("Job brief v2 · Creative department", "Job brief v2 · Creative department",
         "工作简要 v2 · 创意部"),
        ("LM 2026-06 Staff", "LM 2026-06 Staff", "LM 2026-06 人员"),
        ("Contact report", "Contact report", "会晤报告"),
        ("Completion form LM-26-001", "Completion form LM-26-001", "工作完成表 LM-26-001"),
        ("Spring poster: Facts", "Spring poster: Facts", "Spring poster: 品牌事实"),
        ("春季海报", "春季海报", "春季海报"),
    ],
)  # fmt: skip
def test_what_is_ours_in_a_label_is_said_in_ones_own_language(label, english, chinese):
    for language, words in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert label_text(AuditEntry(verb="note", label=label)) == words
