"""Helper processes: capped, replaced when they fail, gone with whoever started them (C16)."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from agency.common.errors import Refused
from agency.common.pdf.process import FAILED, Helper, PdfFailed

ECHO = "tests.common.echo"
ROOT = Path(__file__).resolve().parent.parent.parent
ECHOED = ({"done": "echo"}, b"paper")
STARTER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "agency.settings"
from agency.common.pdf.process import Helper
helper = Helper("tests.common.echo")
helper.ask({"act": "echo"})
print(helper.process.pid, flush=True)
helper.ask({"act": sys.argv[1]}) if len(sys.argv) > 1 else sys.stdin.read()
"""


@pytest.fixture
def helper():
    made = []

    def make(module=ECHO, **limits):
        made.append(Helper(module, **limits))
        return made[-1]

    yield make
    for each in made:
        each.stop()


def echo(helper, blob=b"paper"):
    return helper.ask({"act": "echo"}, blob)


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def wait_until(done, seconds=5):
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_process_is_kept(helper):
    kept = helper()
    echo(kept)
    first = kept.process.pid
    assert echo(kept) == ECHOED
    assert kept.process.pid == first


def test_warm_starts_it_without_waiting(helper):
    kept = helper()
    started = time.monotonic()
    kept.warm()
    assert time.monotonic() - started < 0.5
    pid = kept.process.pid
    assert echo(kept) == ECHOED
    assert kept.process.pid == pid


def test_large_messages_pass_whole(helper):
    blob = bytes(range(256)) * 20_000
    assert echo(helper(), blob) == ({"done": "echo"}, blob)


def test_too_long_is_killed_and_the_next_is_answered(helper):
    kept = helper(seconds=20)
    echo(kept)
    pid, kept.seconds = kept.process.pid, 0.5
    with pytest.raises(PdfFailed) as failed:
        kept.ask({"act": "sleep"})
    assert failed.value.why == "TimeoutError took too long"
    assert not is_running(pid)
    kept.seconds = 20
    assert echo(kept) == ECHOED


def test_too_much_memory_is_told_and_the_next_is_answered(helper):
    kept = helper(megabytes=600)
    echo(kept)
    pid = kept.process.pid
    with pytest.raises(PdfFailed) as failed:
        kept.ask({"act": "take", "megabytes": 700})
    assert failed.value.why == "memory"
    assert not is_running(pid)
    assert echo(kept) == ECHOED


def test_an_error_is_told_and_the_process_goes_on(helper):
    kept = helper()
    with pytest.raises(PdfFailed) as failed:
        kept.ask({"act": "fail"})
    assert failed.value.why == "ValueError: no such thing"
    pid = kept.process.pid
    echo(kept)
    assert kept.process.pid == pid


def test_the_page_shows_plain_words(helper):
    with pytest.raises(Refused) as refused:
        helper().ask({"act": "fail"})
    assert refused.value.message == FAILED


def test_it_is_replaced_after_its_lifetime(helper):
    kept, pids = helper(lifetime=2), []
    for _paper in range(4):
        pids.append((echo(kept), kept.process.pid)[1])
    assert len(set(pids)) == 3  # the second and the fourth answer have already brought the next


def test_killed_while_idle_is_not_noticed(helper):
    kept = helper()
    echo(kept)
    os.kill(kept.process.pid, signal.SIGKILL)
    kept.process.wait()  # a leader in /proc's state Z may still have threads that hold the pipes
    assert echo(kept) == ECHOED


def test_killed_at_work_fails_this_paper_only(helper):
    kept = helper()
    echo(kept)
    killer = threading.Timer(0.2, os.kill, [kept.process.pid, signal.SIGKILL])
    killer.start()
    with pytest.raises(PdfFailed) as failed:
        kept.ask({"act": "sleep"})
    killer.join()
    assert failed.value.why == "EOFError ended without an answer"
    assert echo(kept) == ECHOED


def test_it_may_ask_back(helper):
    kept = helper(needs=lambda header: ({"name": header["picture"]}, b"png"))
    assert kept.ask({"act": "picture", "name": "mark"}) == ({"name": "mark"}, b"png")


def test_interrupted_never_hands_the_answer_to_the_next(helper):
    def interrupt(header):
        raise KeyboardInterrupt

    kept = helper(needs=interrupt)
    with pytest.raises(KeyboardInterrupt):
        kept.ask({"act": "picture", "name": "mark"})
    assert kept.process is None
    assert echo(kept) == ECHOED


def test_threads_get_their_own_answers(helper):
    kept, answers = helper(), {}

    def ask(number):
        answers[number] = echo(kept, b"%d" % number)[1]

    threads = [threading.Thread(target=ask, args=[number]) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: b"%d" % number for number in range(20)}


def test_a_busy_helper_is_not_waited_for_without_end(helper):
    kept = helper(seconds=0.2)
    with kept.lock, pytest.raises(PdfFailed) as failed:
        echo(kept)
    assert failed.value.why == "busy"


def test_after_a_fork_each_side_has_its_own(helper):
    kept = helper()
    echo(kept)
    pid = kept.process.pid
    child = os.fork()
    if not child:
        is_right = echo(kept) == ECHOED and kept.process.pid != pid
        kept.stop()
        os._exit(0 if is_right else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert echo(kept) == ECHOED
    assert kept.process.pid == pid


@pytest.mark.parametrize("act", [[], ["sleep"]], ids=["idle", "at work"])
def test_it_dies_with_its_parent(act):
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTER, *act],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    wait_until(lambda: not is_running(pid))


def test_it_knows_no_key_and_no_database(helper, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "planted")
    kept = helper()
    echo(kept)
    environment = Path(f"/proc/{kept.process.pid}/environ").read_bytes()
    assert b"planted" not in environment
    assert b"DATABASE_URL" not in environment
