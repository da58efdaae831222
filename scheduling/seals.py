"""Seals: what is encrypted at rest, found by keyed hash, and signed; all from one deployment secret."""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LEAST = 32  # bytes of secret


class Keyring:
    """Keys derived from the deployment secret by HKDF (RFC 5869), one per purpose, so that none serves two."""

    def __init__(self, secret: bytes) -> None:
        """Take the secret. Raises ValueError when it is shorter than 32 bytes."""
        if len(secret) < LEAST:
            raise ValueError("the deployment secret must have at least 32 bytes")
        self._secret = secret
        self._keys: dict[str, bytes] = {}

    def key(self, purpose: str) -> bytes:
        """Give the 32-byte key for `purpose`."""
        if purpose not in self._keys:
            derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"songgang {purpose}".encode())
            self._keys[purpose] = derive.derive(self._secret)
        return self._keys[purpose]

    def seal(self, text: str, purpose: str) -> bytes:
        """Encrypt `text` with AES-256-GCM: 12 bytes of nonce, then cipher text and tag."""
        nonce = os.urandom(12)
        return nonce + AESGCM(self.key(f"seal {purpose}")).encrypt(nonce, text.encode(), purpose.encode())

    def unseal(self, sealed: bytes, purpose: str) -> str:
        """Decrypt. Raises cryptography's InvalidTag when key, purpose or bytes are not the ones sealed."""
        return AESGCM(self.key(f"seal {purpose}")).decrypt(sealed[:12], sealed[12:], purpose.encode()).decode()

    def blind(self, text: str, purpose: str) -> str:
        """Give the keyed hash (HMAC-SHA-256, 64 hex characters) by which sealed `text` is found again."""
        return hmac.new(self.key(f"blind {purpose}"), text.encode(), hashlib.sha256).hexdigest()

    def tag(self, message: bytes, purpose: str) -> bytes:
        """Sign `message`: the first 8 bytes of HMAC-SHA-256 under the key for `purpose`."""
        return hmac.new(self.key(f"tag {purpose}"), message, hashlib.sha256).digest()[:8]
