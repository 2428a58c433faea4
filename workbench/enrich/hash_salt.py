"""The unit's salt for hash lists: kept in the settings, never in the store."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

from workbench.errors import UserError

_SHORTEST: Final = 16  # letters; a shorter salt could be guessed from a list's digests
_BLOCK_BYTES: Final = 64  # of SHA-256, as HMAC (RFC 2104) says
_MARK: Final = b"referral workbench: which salt"


@dataclass(frozen=True, slots=True)
class HashSalt:
    """A salt made ready: the two keys of HMAC-SHA256, and a mark that tells it from another salt.

    The statement that compares takes the keys as parameters (`referral.salted_digest`); the store
    keeps the mark, from which the salt cannot be had.
    """

    inner_key: bytes
    outer_key: bytes
    mark: str


def make_salt(secret: str | None) -> HashSalt | None:
    """Return the salt made of a unit's secret; None when it has none.

    Raises:
        UserError: It is too short to protect anything.
    """
    if not secret:
        return None
    if len(secret) < _SHORTEST:
        raise UserError(
            "The salt of the hash lists is too short.",
            remedy=f"Set WORKBENCH_HASH_SALT to {_SHORTEST} letters or more.",
        )
    key = secret.encode()
    padded = (hashlib.sha256(key).digest() if len(key) > _BLOCK_BYTES else key).ljust(
        _BLOCK_BYTES, b"\0"
    )
    return HashSalt(
        inner_key=bytes(byte ^ 0x36 for byte in padded),
        outer_key=bytes(byte ^ 0x5C for byte in padded),
        mark=hmac.new(key, _MARK, hashlib.sha256).hexdigest(),
    )
