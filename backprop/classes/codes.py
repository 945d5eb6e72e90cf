"""The code that a class is joined by, and the key that only its teacher has."""

from __future__ import annotations

import hashlib
import hmac
import secrets

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like another: no 0 and O, no 1, I and L
CODE_LENGTH = 6
KEY_BYTES = 32


def new_code() -> str:
    """Return a code that is easy to read out and to type."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def as_code(text: str) -> str:
    """Return a code as it is kept, however it was typed."""
    return text.strip().upper()


def is_code(text: str) -> bool:
    """Say whether this can be a code."""
    return len(text) == CODE_LENGTH and set(text) <= set(ALPHABET)


def new_key() -> str:
    """Return a key that nobody can guess: 43 url-safe characters."""
    return secrets.token_urlsafe(KEY_BYTES)


def lock_of(key: str) -> str:
    """Return what is kept of a key: enough to know it again, not enough to have it."""
    return hashlib.sha256(key.encode()).hexdigest()


def opens(key: str, lock: str) -> bool:
    """Say whether this is the key, in a time that tells nothing of how near it was."""
    return hmac.compare_digest(lock_of(key), lock)
