"""What a worker is sent and answers: messages with their lengths before them."""

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import BinaryIO

LENGTH = struct.Struct(">Q")
_HEAD = struct.Struct(">B?")


class Outcome(IntEnum):
    """What became of a job."""

    READY = 0  # the worker stands by, nothing was asked yet
    MADE = 1  # the body is the rendition, packed
    REFUSED = 2  # the format cannot write it; the body says why
    EXHAUSTED = 3  # there was not enough memory
    BROKEN = 4  # a fault of ours; the body is the traceback


@dataclass(frozen=True, slots=True)
class Answer:
    """A worker's answer; it takes no further job after its last."""

    outcome: Outcome
    body: bytes = b""
    is_last: bool = False

    def pack(self) -> bytes:
        """Write it as a message."""
        return _HEAD.pack(self.outcome, self.is_last) + self.body

    @classmethod
    def unpack(cls, message: bytes) -> "Answer":
        """Read a message."""
        outcome, is_last = _HEAD.unpack_from(message)
        return cls(Outcome(outcome), message[_HEAD.size :], is_last)


def send(pipe: BinaryIO, message: bytes) -> None:
    """Send a message."""
    pipe.write(LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes | None:
    """Wait for a message; None where no more will come."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    message = pipe.read(length)
    return message if len(message) == length else None
