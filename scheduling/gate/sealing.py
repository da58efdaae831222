"""What a phone carries of people: found and opened only with the ticket in front of the camera (docs/gate.md)."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12  # bytes, as AES-GCM wants them (NIST SP 800-38D §8.2)


def lookup(token: str) -> str:
    """Give the sixteen characters under which the holder of a ticket's `token` (26 base32 characters) is listed."""
    return _spelt(hashlib.sha256(f"songgang lookup {token}".encode()).digest()[:12])


def sealed(token: str, told: Mapping[str, str], nonce: bytes | None = None) -> str:
    """Seal what is told of the holder, base64url; only `token` opens it. A `nonce` is given by examples alone."""
    nonce = nonce or os.urandom(_NONCE)
    text = json.dumps(dict(told), ensure_ascii=False, separators=(",", ":"))
    return _spelt(nonce + AESGCM(_key(token)).encrypt(nonce, text.encode(), None))


def opened(token: str, text: str) -> dict[str, str]:
    """Open what `sealed` gave. Raises cryptography's InvalidTag for another token."""
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    told: dict[str, str] = json.loads(AESGCM(_key(token)).decrypt(raw[:_NONCE], raw[_NONCE:], None))
    return told


def _key(token: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"songgang snapshot").derive(token.encode())


def _spelt(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
