"""Of several processes on a machine one has the seat, until it ends, however."""

import os
import signal
from pathlib import Path

from noaber.jobs.seat import Seat


def test_the_seat_is_one_persons_until_it_is_left(tmp_path: Path) -> None:
    first, second = Seat(tmp_path / "seat"), Seat(tmp_path / "seat")
    assert (first.take(), first.take(), second.take()) == (True, True, False)
    second.leave()
    assert not second.take()
    first.leave()
    assert second.take()
    second.leave()


def test_a_process_that_is_killed_leaves_its_seat(tmp_path: Path) -> None:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        Seat(tmp_path / "seat").take()
        os.write(write, b"!")
        signal.pause()
    assert os.read(read, 1) == b"!"
    seat = Seat(tmp_path / "seat")
    assert not seat.take()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert seat.take()
    seat.leave()
