"""A phone's file made without a phone: anything, sealed to the house of the tests."""

from __future__ import annotations

import base64
import json
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from scheduling.gate import files
from tests.factories import COUNTY, KEYS


def forged(plain: bytes) -> bytes:
    """Seal anything, as anybody can who knows the house's point: there is one piece."""
    point = base64.urlsafe_b64decode(files.address(COUNTY, KEYS) + "=")
    house = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    ours = ec.generate_private_key(ec.SECP256R1())
    shown = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    derive = HKDF(algorithm=SHA256(), length=32, salt=shown + point, info=b"songgang gate file")
    nonce = os.urandom(12)
    sealed = nonce + AESGCM(derive.derive(ours.exchange(ec.ECDH(), house))).encrypt(nonce, plain, None)
    return json.dumps({"key": _spelt(shown), "sealed": [_spelt(sealed)]}).encode()


def _spelt(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
