"""A bucket on loopback: a real server that speaks S3, and a line to it that can break."""

import socket
import threading
from socketserver import BaseRequestHandler, ThreadingTCPServer

from moto.server import ThreadedMotoServer

REGION = "cn-north-1"
KEYS = {"AWS_ACCESS_KEY_ID": "agency", "AWS_SECRET_ACCESS_KEY": "word"}


class Service:
    """The server; `stop` and `start` again on the same port, with what was in it."""

    def __init__(self):
        self.server, self.port = None, 0
        self.start()

    def start(self):
        self.server = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        self.server.start()
        self.port = self.server.get_host_and_port()[1]

    def stop(self):
        self.server.stop()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"


class Relay(ThreadingTCPServer):
    """A line to `port` that notes what is asked and breaks after `up` or `down` bytes."""

    daemon_threads = True

    def __init__(self, port, up=10**9, down=10**9):
        super().__init__(("127.0.0.1", 0), Line)
        self.port, self.up, self.down, self.asked = port, up, down, b""
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class Line(BaseRequestHandler):
    def handle(self):
        with socket.create_connection(("127.0.0.1", self.server.port)) as far:
            up = threading.Thread(target=self.pass_on, args=[self.request, far, "up"])
            up.start()
            self.pass_on(far, self.request, "down")
            up.join()

    def pass_on(self, source, sink, way):
        left = getattr(self.server, way)
        try:
            while left > 0 and (data := source.recv(65536)[:left]):
                sink.sendall(data)
                left -= len(data)
                if way == "up":
                    self.server.asked += data
        except OSError:
            left = 0
        for end in (source, sink):
            hang_up(end)


def hang_up(end):
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
