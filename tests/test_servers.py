"""The servers and fixtures that other tests stand on."""

import os
import shutil
import smtplib
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection

from agency.children import Trouble, claim_port, free_port, is_free, last_line
from agency.servers import Postgres, can_reach, home_for


@pytest.mark.django_db
def test_database_sorts_alike_everywhere():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datlocale, datlocprovider FROM pg_database WHERE datname = %s",
            [connection.settings_dict["NAME"]],
        )
        assert cursor.fetchone() == ("C.UTF-8", "b")


def test_valkey_asks_for_its_password(valkey):
    assert redis.Redis.from_url(valkey.url).ping()
    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis(port=valkey.port).ping()


def test_postgres_asks_for_its_password():
    database = settings.DATABASES["default"]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(
            host=database["HOST"],
            port=database["PORT"],
            user="agency",
            password="wrong",
            dbname="postgres",
        )


def send(smtp, to):
    with smtplib.SMTP(smtp.host, smtp.port, timeout=5) as client:
        client.sendmail("a@agency.example", [to], b"Message-ID: <1@x>\r\n\r\nhello\r\n")


def test_sink_writes_down_before_it_refuses(smtp):
    smtp.refuse_data = "451 later"
    with pytest.raises(smtplib.SMTPDataError):
        send(smtp, "b@client.example")
    assert [mail.message_id for mail in smtp.to("b@client.example")] == ["<1@x>"]


def test_sink_refuses_one_address(smtp):
    smtp.refuse_rcpt["b@client.example"] = "550 no such person"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(smtp, "b@client.example")
    send(smtp, "c@client.example")
    assert [mail.recipients for mail in smtp.arrived] == [["c@client.example"]]


@pytest.mark.browser
def test_browser_shows_a_page(browser):
    page = browser.new_page()
    page.set_content("<h1>会晤报告</h1>")
    assert page.inner_text("h1") == "会晤报告"
    page.close()


# --- agency/servers.py and agency/children.py --------------------------------------------------


@pytest.fixture
def cluster_folder():
    """Where the servers' user gets to (pytest's own tmp_path is closed to it)."""
    path = Path(os.environ["VAR_DIR"]) / "cluster"
    yield path
    shutil.rmtree(path)


def test_half_made_cluster_heals(cluster_folder):
    left = cluster_folder / "postgres" / "new"
    left.mkdir(parents=True)
    (left / "PG_VERSION").write_text("18\n")
    server = Postgres(cluster_folder, "word", settings={"fsync": "off"}).start()
    try:
        assert server.tool("psql", "-d", "agency", "-tAc", "SELECT 1").stdout.strip() == "1"
        assert not left.exists()
    finally:
        server.stop()
    assert is_free(server.port)


def test_dropped_database_is_there_again_and_empty(cluster_folder):
    server = Postgres(cluster_folder, "word", settings={"fsync": "off"}).start()
    try:
        server.tool("psql", "-d", "agency", "-c", "CREATE TABLE left_over ()", check=True)
        server.drop_database()
        tables = server.tool("psql", "-d", "agency", "-tAc", "SELECT to_regclass('left_over')")
        assert tables.stdout.strip() == ""
        assert tables.returncode == 0
    finally:
        server.stop()


def test_last_words_of_a_log_hold_letters(tmp_path):
    log = tmp_path / "log"
    log.write_text("Traceback\nValueError: no luck\n      ^^^^\n\n")
    assert last_line(log) == "ValueError: no luck"
    assert last_line(tmp_path / "none") == "it left no message"


def test_server_that_cannot_start_says_why(cluster_folder):
    server = Postgres(cluster_folder, "word", settings={"shared_buffers": "nonsense"})
    with pytest.raises(Trouble, match="PostgreSQL did not start: "):
        server.start()


def test_folder_out_of_reach_gets_a_shelter():
    closed = Path(os.environ["VAR_DIR"]) / "closed"
    closed.mkdir(mode=0o700)
    home = home_for(closed / "data")
    try:
        assert can_reach(home)
        assert (home != closed / "data") is (os.geteuid() == 0)
    finally:
        shutil.rmtree(home)
        shutil.rmtree(closed)


def test_claiming_a_free_port_is_silent():
    assert claim_port(free_port()) is None


def test_child_ends_with_its_parent():
    """Killed hard, the parent cannot tell its child; the kernel does."""
    program = (
        "import sys, time; from agency.children import start\n"
        "child = start([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    end = time.monotonic() + 3
    while Path(f"/proc/{child}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()
