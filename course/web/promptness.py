"""Small messages go out at once.

Streamlit binds its listening socket without naming TCP as the protocol, so asyncio does not recognise the connections as TCP
and leaves Nagle's algorithm on: the second message of a click then waits until the browser has acknowledged the first, which
systems put off for 40 ms. Connections inherit the option from the socket that accepted them.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import Final

_OPEN_FILES: Final = "/dev/fd"


def send_at_once() -> int:
    """Switch the waiting off for whatever connects from now on; how many listening sockets this process has.

    Does nothing on systems that do not list a process's open files.
    """
    try:
        numbers = [int(name) for name in os.listdir(_OPEN_FILES)]
    except OSError:
        return 0
    return sum(_is_listening_and_told(number) for number in numbers)


def _is_listening_and_told(number: int) -> bool:
    with suppress(OSError), socket.socket(fileno=os.dup(number)) as found:
        if found.family in (socket.AF_INET, socket.AF_INET6) and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return True
    return False
