"""The inside of a helper process: its caps, and the loop that answers (safety.md C16)."""

import contextlib
import os
import resource
import sys
import threading
import time

from agency.common.pdf.wire import pack, unpack

LOOK_SECONDS = 0.5


class Pipe:
    """Standard input and output, kept to messages: what a library prints goes to the error log."""

    def __init__(self):
        self.source = os.fdopen(os.dup(0), "rb")
        self.sink = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)

    def read(self, count):
        data = self.source.read(count)
        if len(data) < count:
            raise EOFError
        return data

    def receive(self):
        return unpack(self.read)

    def send(self, header, blob=b""):
        self.sink.write(pack(header, blob))
        self.sink.flush()

    def ask(self, header):
        """A question back to the caller while it waits for us: its answer and bytes."""
        self.send({**header, "asks": True})
        return self.receive()


def follow(parent):
    """End when the parent has ended, also in the middle of a paper.

    The death signal of Linux would come when the thread that started us ends, and any thread of
    a web worker may have been the one.
    """
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(1)


def cap_memory(size):
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(handle):
    """Answer with `handle(pipe, request, blob) -> (header, bytes)` until the pipe closes.

    Arguments: the parent's process id, and the memory in bytes that this process may take. A
    request that wants more is answered with an error, and the process ends, so that nothing half
    done is left in it.
    """
    pipe = Pipe()
    parent, memory = map(int, sys.argv[1:])
    threading.Thread(target=follow, args=[parent], daemon=True).start()
    cap_memory(memory)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            if not answer(pipe, handle):
                return


def answer(pipe, handle):
    """One request; False when this process should not take another."""
    request, blob = pipe.receive()
    try:
        pipe.send(*handle(pipe, request, blob))
    except MemoryError:
        pipe.send({"error": "memory"})
        return False
    except Exception as error:  # whatever a library raises is the caller's to judge
        pipe.send({"error": f"{type(error).__name__}: {error}"[:2000]})
    return True
