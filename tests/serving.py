"""The site as it is served: gunicorn on the test's database, and people who all ask at once."""

import os
import ssl
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path

import httpx
from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone

from accounts.models import LinkToken
from accounts.services.links import hash_of
from agency.children import free_port, start, stop, wait_until

ROOT = Path(__file__).resolve().parent.parent
CSRF = "c" * 32
TIMEOUT = 150
# Everything here is plain http: a context that holds no certificates is made once, not a visitor.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Web:
    """One gunicorn process with threads. Use it as a context: it leaves none behind."""

    def __init__(self, environment, log, threads=4, **variables):
        self.url, self.log, self.child = f"http://127.0.0.1:{free_port()}", log, None
        self.environment = environment | {"DATABASE_POOL": str(threads + 1)} | variables
        self.environment.pop("PROCESS", None)
        self.visitors = []
        self.command = [
            *(sys.executable, "-W", "ignore", "-m", "gunicorn", "agency.wsgi"),
            *("--bind", self.url.removeprefix("http://"), "--worker-class", "gthread"),
            *("--threads", threads, "--no-control-socket", "--graceful-timeout", "2"),
            *("--keep-alive", "60"),  # a slow round is no reason to hang up
        ]

    def __enter__(self):
        with self.log.open("wb") as log:
            self.child = start(self.command, env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        wait_until(self.is_up, self.child, "gunicorn", self.log)
        return self

    def __exit__(self, *_):
        self.part()
        stop(self.child)

    def part(self):
        """Everybody leaves."""
        while self.visitors:
            self.visitors.pop().close()

    def is_up(self):
        try:
            return bool(
                httpx.get(f"{self.url}/healthz/", timeout=TIMEOUT, verify=NO_TLS).status_code
            )
        except httpx.TransportError:
            return False

    def visitor(self, **cookies):
        """A browser of its own: `get`, `post(path, data=…)`, no redirect followed."""
        cookies |= {settings.CSRF_COOKIE_NAME: CSRF}
        headers = {"X-CSRFToken": CSRF, "Accept-Language": "en"}
        visitor = httpx.Client(
            base_url=self.url,
            cookies=cookies,
            headers=headers,
            timeout=TIMEOUT,
            verify=NO_TLS,
            limits=httpx.Limits(max_connections=None),
        )
        self.visitors.append(visitor)
        return visitor

    def person(self, user):
        """One of us who has signed in."""
        browser = Browser()
        browser.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        return self.visitor(**{name: browser.cookies[name].value})

    def guest(self, link, number=1):
        """A contact who came through an address of the link; `path` is the clean one."""
        token = f"{link.pk}-{number}".rjust(43, "x")
        LinkToken.objects.create(link=link, token_hash=hash_of(token), minted_at=timezone.now())
        guest = self.visitor()
        guest.path = guest.get(f"/c/{token}/").headers["location"]
        return guest


class Sites:
    """The site with each fault, started once for many tests. Use it as a context."""

    def __init__(self, folder):
        self.store, self.folder, self.running = folder / "files", folder, {}
        self.stack = ExitStack()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stack.close()

    @contextmanager
    def serve(self, fault, threads=4):
        """The site with the fault; whoever came is gone afterwards."""
        key = f"{fault} {threads}"
        if key not in self.running:
            log = self.folder / f"web{len(self.running)}.log"
            web = Web(environment(self.store), log, threads, FAULT=fault)
            self.running[key] = self.stack.enter_context(web)
        try:
            yield self.running[key]
        finally:
            self.running[key].part()


def environment(store):
    """The environment for our own processes (manage.py, gunicorn, celery) on the test database."""
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(connection.settings_dict)
    return os.environ | {"DATABASE_URL": url, "STORAGE_URL": store.as_uri()}


def together(calls):
    """What each call gave; all of them begin at the same instant."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def is_fault(answer):
    return answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
