"""A worker: makes the renditions that it is sent, one after the other, and answers each.

It is a process begun from nothing, so that it has no connection, no lock and no event loop of the
server's; it ends when the server does, since nobody sends it anything any more.
"""

import os
import pickle
import signal
import sys
import traceback
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO

from ...formats.format import NotRenderable
from ..job import Job
from ..made import pack
from .limits import Limits
from .messages import Answer, Outcome, receive, send


def main(limits: Limits) -> None:
    """Make renditions until no more are asked for; the limits have been entered."""
    # The terminal's interrupt is meant for the server, which ends its workers by itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = _own_output()
    with suppress(BrokenPipeError):
        _work(sys.stdin.buffer, answers, limits)


def _own_output() -> BinaryIO:
    """Take the standard output for the answers; what a library prints goes with the errors."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own


def _work(jobs: BinaryIO, answers: BinaryIO, limits: Limits) -> None:
    answer, done = Answer(Outcome.READY), 0
    send(answers, answer.pack())
    while not answer.is_last and (message := receive(jobs)) is not None:
        done += 1
        limits.begin()
        answer = _answer(message)
        answer = replace(answer, is_last=limits.is_worn(done))
        send(answers, answer.pack())
        if done == 1:
            # Not before: what the first one loads takes long, and is to come to an end.
            limits.step_back()


def _answer(message: bytes) -> Answer:
    try:
        # It comes from the server that began this process, through a pipe that nobody else has.
        job: Job = pickle.loads(message)  # noqa: S301 - as just said
        return Answer(Outcome.MADE, pack(job.run()))
    except NotRenderable as refusal:
        return Answer(Outcome.REFUSED, str(refusal).encode())
    except MemoryError:
        return Answer(Outcome.EXHAUSTED)
    except Exception:
        return Answer(Outcome.BROKEN, traceback.format_exc().encode())
