"""How the house is built, as bars (docs/house.md): what this file counts, nobody has to review."""

import ast
import functools
import itertools
import re
import statistics
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Imports point left only; agency itself, the roof, may know all.
APPS = ["agency.common", "accounts", "archives", "jobs", "budgets", "meetings", "agency"]
FUNCTION_LINES = {"median": 7, "p95": 30, "longest": 59}
FILE_LINES = {"p95": 300, "longest": 400}
TEMPLATE_LINES = {"median": 30, "longest": 150}
TESTS_PER_LINE = (0.9, 1.6)
TEST_LINES = {"median": 10, "p95": 25}

# What may stand nowhere in the application, and where it is allowed after all.
FORBIDDEN = {
    r"\bmark_safe\b": ["agency/common/charts.py"],
    r"\bcsrf_exempt\b": [],
    r"\bfloat\(": [],
    r"\bFloatField\b": [],
    r"fields\s*=\s*[\"']__all__[\"']": [],
    r"\.(delay|apply_async)\(": [],
    r"\b(countdown|eta)=": [],
    r"\bon_commit\b": [],
    r"\bdatetime\.(utc)?now\(|\bdate\.today\(": [],
}
IN_VIEWS = r"\.objects\.(get|all)\(|get_object_or_404\(\s*[A-Z]\w+\s*,"
IN_TEMPLATES = r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\ssrc=)|\|safe\b|hx-on"
SAME_IN_EVERY_LANGUAGE = {"PDF", "SHA", "XLSX"}
IN_PAGES = r"autoescape off"  # a mail in plain text has nothing to escape


def files(*patterns):
    """Paths under version control or about to be, as git sees them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in sorted(set(listed.stdout.splitlines())))
    return [path for path in paths if path.exists()]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


APPLICATION = [
    path
    for path in files("agency/*.py", "accounts/*.py", "archives/*.py", "jobs/*.py", "budgets/*.py")
    + files("meetings/*.py")
    if "/migrations/" not in name_of(path)
]
TESTS = files("tests/*.py")
TEMPLATES = files("templates/*.html", "templates/*.txt")


@functools.cache
def parsed(path):
    """Read when first asked for: every process of a run imports this file."""
    return ast.parse(path.read_text())


def functions(paths):
    """(where, node) of each function or method."""
    for path in paths:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name_of(path)}:{node.lineno} {node.name}", node


def lines_of(node):
    return node.end_lineno - node.lineno + 1


def line_count(paths):
    return sum(len(path.read_text().splitlines()) for path in paths)


def p95(numbers):
    return statistics.quantiles(numbers, n=20)[-1]


# --- functions and files -----------------------------------------------------------------------


def test_functions_are_short():
    lengths = [lines_of(node) for _, node in functions(APPLICATION)]
    assert statistics.median(lengths) <= FUNCTION_LINES["median"]
    assert p95(lengths) <= FUNCTION_LINES["p95"]


def test_no_function_is_long():
    longest = FUNCTION_LINES["longest"]
    assert [
        where for where, node in functions(APPLICATION + TESTS) if lines_of(node) > longest
    ] == []


def test_files_are_short():
    lengths = {name_of(path): line_count([path]) for path in APPLICATION + TESTS}
    assert p95(list(lengths.values())) <= FILE_LINES["p95"]
    assert [name for name, length in lengths.items() if length > FILE_LINES["longest"]] == []


def test_tests_are_short():
    lengths = [lines_of(node) for _, node in functions(TESTS) if node.name.startswith("test_")]
    assert statistics.median(lengths) <= TEST_LINES["median"]
    assert p95(lengths) <= TEST_LINES["p95"]


def test_there_are_as_many_tests_as_code():
    least, most = TESTS_PER_LINE
    # the demo is data to look at, with stories that are played by its own test
    code = [path for path in APPLICATION if "/demo/" not in name_of(path)]
    assert least <= line_count(TESTS) / line_count(code) <= most


# --- imports -----------------------------------------------------------------------------------


def app_of(module):
    """The app that a dotted name belongs to, or None."""
    found = [app for app in APPS if module == app or module.startswith(f"{app}.")]
    return max(found, key=len, default=None)


def imported(tree):
    """(node, dotted name) of each import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def is_to_the_right(path, module):
    here = app_of(name_of(path).removesuffix(".py").replace("/", "."))
    there = app_of(module)
    return there is not None and APPS.index(there) > APPS.index(here)


# Programs and settings of the roof that stand above every app, and that no app imports.
def test_imports_point_left():
    wrong = [
        f"{name_of(path)}:{node.lineno} imports {module}"
        for path in APPLICATION
        for node, module in imported(parsed(path))
        if is_to_the_right(path, module)
    ]
    assert wrong == []


def test_no_import_hides_in_a_function():
    hidden = [
        where
        for where, node in functions(APPLICATION + TESTS)
        if any(isinstance(part, ast.Import | ast.ImportFrom) for part in ast.walk(node))
    ]
    assert hidden == []


# --- words -------------------------------------------------------------------------------------


def places(paths, pattern, allowed=()):
    """file:line of each match outside the allowed files."""
    return [
        f"{name_of(path)}:{number} {line.strip()}"
        for path in paths
        if name_of(path) not in allowed
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_word_is_not_used(pattern):
    assert places(APPLICATION, pattern, FORBIDDEN[pattern]) == []


def test_views_start_from_what_the_person_may_see():
    views = [path for path in APPLICATION if re.search(r"/views(/|\.py)", name_of(path))]
    assert places(views, IN_VIEWS) == []


def test_no_signals_between_our_apps():
    assert (
        places(APPLICATION, r"django\.(db\.models|core|dispatch)\.?signals|import receiver") == []
    )


# --- templates ---------------------------------------------------------------------------------


def test_templates_are_short():
    lengths = {name_of(path): line_count([path]) for path in TEMPLATES}
    assert statistics.median(lengths.values()) <= TEMPLATE_LINES["median"]
    assert [name for name, length in lengths.items() if length > TEMPLATE_LINES["longest"]] == []


def test_templates_have_no_inline_style_handler_or_script():
    assert places(TEMPLATES, IN_TEMPLATES) == []
    assert places([path for path in TEMPLATES if path.suffix == ".html"], IN_PAGES) == []


def words_outside_tags(path):
    """Text of a page that a reader sees and no {% translate %} covers."""
    text = re.sub(
        r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", "", path.read_text(), flags=re.S
    )
    text = re.sub(r"\{% blocktranslate.*?\{% endblocktranslate %\}", "", text, flags=re.S)
    text = re.sub(
        r"\{% block \w*(class|css)\w* %\}.*?\{% endblock", "{% endblock", text, flags=re.S
    )
    text = re.sub(r"\{[%{].*?[%}]\}|<[^>]*>|&\w+;", " ", text, flags=re.S)
    return sorted(set(re.findall(r"[A-Za-z]{3,}", text)) - SAME_IN_EVERY_LANGUAGE)


def test_templates_mark_their_words_for_translation():
    # papers hold both languages side by side
    pages = [path for path in files("templates/*.html") if "/pdf/" not in name_of(path)]
    bare = {name_of(path): words_outside_tags(path) for path in pages}
    assert {name: words for name, words in bare.items() if words} == {}


# --- migrations, headings, tree ----------------------------------------------------------------


def test_migrations_have_telling_names():
    names = [name_of(path) for path in files("*/migrations/0*.py")]
    assert [name for name in names if "_auto_" in name] == []


def test_lock_files_name_no_index():
    locks = "".join(path.read_text() for path in files("requirements*.txt"))
    assert re.findall(r"https?://|file:|--index", locks) == []


def test_pairs_of_apps_are_ordered():
    """The bar above is only worth something when it can fail."""
    for left, right in itertools.combinations(APPS[:-1], 2):
        assert is_to_the_right(ROOT / left.replace(".", "/") / "models.py", f"{right}.models")
        assert not is_to_the_right(ROOT / right.replace(".", "/") / "models.py", f"{left}.models")
