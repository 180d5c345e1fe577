"""A mailbox on loopback: as much of IMAP as a reader of one folder speaks (RFC 3501)."""

import re
import socketserver
import threading
from contextlib import contextmanager

FETCH = re.compile(r"UID FETCH (\d+) (.*)", re.IGNORECASE)
STORE = re.compile(r"UID STORE (\d+) \+FLAGS \((.*)\)", re.IGNORECASE)


class Mailbox:
    """letters: {uid: bytes}; flags: {uid: {names}}."""

    def __init__(self, *letters, word="word", folder="INBOX"):
        self.letters = dict(enumerate(letters, start=1))
        self.flags = {uid: set() for uid in self.letters}
        self.word, self.folder = word, folder

    def unseen(self):
        return [uid for uid in self.letters if r"\Seen" not in self.flags[uid]]


class Speaker(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("* OK ready")
        for line in self.rfile:
            tag, _blank, words = line.decode().strip().partition(" ")
            self.say(f"{tag} {self.answer(words)}")
            if words.upper() == "LOGOUT":
                return

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def answer(self, words):
        box, verb = self.server.box, words.upper()
        if verb.startswith("CAPABILITY"):
            self.say("* CAPABILITY IMAP4rev1")
        elif verb.startswith("LOGIN") and box.word not in words:
            return "NO no such login"
        elif verb.startswith("SELECT"):
            self.say(f"* {len(box.letters)} EXISTS")
            return "OK selected" if box.folder in words else "NO no such folder"
        elif verb.startswith("UID SEARCH"):
            self.say(f"* SEARCH {' '.join(map(str, box.unseen()))}")
        elif found := FETCH.match(words):
            self.fetch(int(found[1]), found[2])
        elif found := STORE.match(words):
            box.flags[int(found[1])] |= set(found[2].split())
        elif verb == "LOGOUT":
            self.say("* BYE")
        return "OK done"

    def fetch(self, uid, what):
        body = self.server.box.letters[uid]
        if "SIZE" in what:
            self.say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(body)})")
            return
        self.wfile.write(f"* {uid} FETCH (UID {uid} BODY[] {{{len(body)}}}\r\n".encode())
        self.wfile.write(body + b")\r\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True


@contextmanager
def serving(box):
    """The address of a server that holds the Mailbox."""
    with Server(("127.0.0.1", 0), Speaker) as server:
        server.box = box
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"imap://papers:word@127.0.0.1:{server.server_address[1]}/{box.folder}"
        server.shutdown()
