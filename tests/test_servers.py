"""The fixtures themselves: what other tests stand on."""

import smtplib

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection


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
