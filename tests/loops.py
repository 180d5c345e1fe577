"""`python -m tests.loops` starts `manage.py clock --loop` again and again, loaded only once.

Each line read is answered by a number: `run FAULT` by the process started, `end NUMBER` by how
that one ended (a signal is less than 0). All are children of this process and die with it.
"""

import os
import signal
import sys

import django
from django.conf import settings
from django.core.management import call_command, load_command_class

from agency.children import follow_parent


def run(fault=""):
    child = os.fork()
    if not child:
        become_clock(fault)
    os.setpgid(child, child)
    return child


def become_clock(fault):
    """A process of its own, as if it had been started with FAULT in its environment."""
    follow_parent(signal.SIGKILL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    settings.FAULT = fault
    call_command("clock", loop=True)
    os._exit(0)


def end(child):
    return os.waitstatus_to_exitcode(os.waitpid(int(child), 0)[1])


if __name__ == "__main__":
    django.setup()
    load_command_class("agency", "clock")
    for line in sys.stdin:
        name, *words = line.split()
        print({"run": run, "end": end}[name](*words), flush=True)
