"""How the two sides of a pipe speak: a header as JSON, and a blob of bytes after it."""

import json
import struct

LENGTHS = struct.Struct(">II")


def pack(header, blob=b""):
    """The bytes of one message."""
    head = json.dumps(header, ensure_ascii=False).encode("utf-8", "replace")
    return b"".join([LENGTHS.pack(len(head), len(blob)), head, blob])


def unpack(read):
    """One message from `read(count) -> bytes`; raises EOFError where the pipe ends."""
    head_length, blob_length = LENGTHS.unpack(read(LENGTHS.size))
    header = json.loads(read(head_length))
    return header, read(blob_length)
