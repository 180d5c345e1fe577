"""A helper process that does as it is told. Run by process.py, never imported."""

import time

from agency.common.pdf.child import serve

SECONDS = 30


def handle(pipe, request, blob):
    act = request["act"]
    if act == "sleep":
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            pass
    elif act == "take":
        bytearray(request["megabytes"] << 20)
    elif act == "picture":
        return pipe.ask({"picture": request["name"]})
    elif act == "fail":
        raise ValueError("no such thing")
    return {"done": act}, blob


if __name__ == "__main__":
    serve(handle)
