"""Papers in a bucket of a service that speaks S3 (C13).

Bytes are staged on this machine, looked at, and sent signed with their own hash: the service takes
them whole or not at all. `If-None-Match` lets the first writer in and no second one change
anything. The site needs no right to delete, and never does. Papers go out through the site, read
whole and compared first: nobody gets an address of the bucket.
"""

import logging
import os
import tempfile
from contextlib import contextmanager
from functools import lru_cache

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from archives.storage.base import (
    CHUNK,
    GONE,
    QUARANTINE,
    SENTINEL,
    TEMP,
    Piece,
    Store,
    StoreGone,
    instance_id,
    is_hash,
    key_of,
    make_dir,
    missing,
    said_in_words,
)

logger = logging.getLogger(__name__)
# Seconds: a page that files a paper waits for it, and holds rows meanwhile.
CONNECT_SECONDS, READ_SECONDS = 3, 10
ATTEMPTS = 2
BYTES = "application/octet-stream"
ABSENT, TAKEN, BUSY = "NoSuchKey", "PreconditionFailed", "ConditionalRequestConflict"


@lru_cache(maxsize=8)
def _client(bucket, process):
    """One for each process: connections must not be shared across a fork."""
    return boto3.session.Session().client(
        "s3",
        region_name=bucket.region or None,
        endpoint_url=bucket.endpoint or None,
        config=Config(
            signature_version="s3v4",
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
            # what we sign is the SHA-256 of the bytes; other sums are not known everywhere
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": bucket.style, "payload_signing_enabled": True},
        ),
    )


@contextmanager
def answers():
    """Turn whatever the service or the line says into the one refusal a person can read."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        logger.error("store: %s", error)
        raise StoreGone(GONE, "file") from error


def code_of(error):
    return error.response.get("Error", {}).get("Code", "")


class Bucket(Store):
    """STORAGE_URL=s3://bucket/prefix. `root` is a folder of this machine, to stage in."""

    @property
    def place(self):
        return f"s3://{self.bucket.name}/{self.bucket.prefix}"

    @property
    def client(self):
        return _client(self.bucket, os.getpid())

    def _about(self, key):
        return {"Bucket": self.bucket.name, "Key": self.bucket.prefix + key}

    # --- in ---

    def keep(self, staged):
        """File the bytes; what lies there already is read, and put right if it has changed."""
        key = key_of(staged.sha256)
        is_first = self._put_file(key, staged, IfNoneMatch="*")
        if not is_first and self.check_file(staged.sha256):
            self._put_file(key, staged)
        staged.drop()

    def quarantine(self, staged):
        self._put_file(f"{QUARANTINE}/{staged.sha256}", staged, IfNoneMatch="*")
        staged.drop()

    def _put_file(self, key, staged, **conditions):
        with said_in_words(), staged.path.open("rb") as file:
            about = {"ContentType": BYTES, "Metadata": {"sha256": staged.sha256}}
            return self._put(key, file, **about, **conditions)

    def _put(self, key, body, **about):
        """False when If-None-Match found something there, or somebody putting it there."""
        with answers():
            try:
                self.client.put_object(**self._about(key), Body=body, **about)
            except ClientError as error:
                if code_of(error) in (TAKEN, BUSY):
                    return False
                raise
        return True

    # --- is it our store? ---

    def read_mark(self):
        with answers():
            body = self._get(SENTINEL)
            if body is None:
                return None
            with body:
                return body.read().decode().strip()

    def _get(self, key, **about):
        """What lies there, to be read once; None where there is nothing."""
        try:
            return self.client.get_object(**self._about(key), **about)["Body"]
        except ClientError as error:
            if code_of(error) == ABSENT:
                return None
            raise

    def write_mark(self):
        """Mark the bucket as this site's own, and return the id."""
        mark = instance_id()
        self._put(SENTINEL, mark.encode(), ContentType="text/plain")
        return mark

    def write_first_mark(self):
        """The same where there was none: of two sites at once, one gets the bucket."""
        mark = instance_id()
        is_ours = self._put(SENTINEL, mark.encode(), ContentType="text/plain", IfNoneMatch="*")
        return mark if is_ours else self.read_mark()

    def try_out(self):
        """Ask to write what is there already: the answer shows that we could, and nothing does."""
        self.check_ready()
        self.write_first_mark()
        self.stage(b"").drop()

    # --- out ---

    def open(self, sha256):
        """The bytes in a file that has no name, gone when it is closed."""
        with said_in_words():
            make_dir(self.root / TEMP)
            file = tempfile.TemporaryFile(dir=self.root / TEMP)  # noqa: SIM115 who asks closes it
        try:
            with said_in_words(), answers():
                self._fetch(sha256, file)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    def _fetch(self, sha256, file):
        body = self._get(key_of(sha256))
        if body is None:
            raise missing(sha256)
        with body:
            for chunk in body.iter_chunks(CHUNK):
                file.write(chunk)

    def open_piece(self, sha256, first, length):
        """Asked for as it is: nobody waits for a whole film to see its middle."""
        with answers():
            span = f"bytes={first}-{first + length - 1}"
            body = self._get(key_of(sha256), Range=span)
        if body is None:
            raise missing(sha256)
        return Piece(body, length)

    def hashes(self, shelf="", before=None):
        with answers():
            pages = self.client.get_paginator("list_objects_v2")
            where = {"Bucket": self.bucket.name, "Prefix": self.bucket.prefix + shelf}
            for page in pages.paginate(**where):
                for row in page.get("Contents", []):
                    folder, _slash, name = row["Key"][len(self.bucket.prefix) :].partition("/")
                    is_old = before is None or row["LastModified"] < before
                    if is_hash(name) and folder == name[:2] and is_old:
                        yield name
