"""What the intake tests share."""

import signal
from collections.abc import Iterator

import pytest

LONGEST_SECONDS = 30  # for any one attack, on a busy machine; each takes well under one


@pytest.fixture
def no_hang() -> Iterator[None]:
    """Fail a test that hangs instead of waiting for it."""

    def give_up(*_: object) -> None:
        raise AssertionError(f"took more than {LONGEST_SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
