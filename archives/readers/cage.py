"""The limits under which a stranger's file is opened (B4)."""

import ctypes
import resource

CPU_SECONDS = 30
MEMORY = 1024**3
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000


def cage():
    """Little time, little memory, no file to write, no network where the system allows that."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None)
    if libc.unshare(NEW_NETWORK):
        libc.unshare(NEW_USER | NEW_NETWORK)
