"""Files (存成文件): what a phone could not upload, on its way through other people's hands (docs/gate.md, "Files").

A phone seals it to the house: walk-ins' names and numbers go through WeChat and are read by nobody on the way.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from scheduling.refusals import FileUnreadable
from scheduling.seals import Keyring

LARGEST = 4 * 1024 * 1024  # bytes of one piece once it is unpacked: 200 items fill a tenth
_MOST = 200  # pieces in a file: 40,000 items
_NONCE = 12
_WIDTH = 31  # of zlib's window, with gzip's head
# The number of points of P-256 (FIPS 186-5; SP 800-186 §3.2.1.3).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_POINT = (Encoding.X962, PublicFormat.UncompressedPoint)


def address(county: str, keys: Keyring) -> str:
    """Give the point (P-256, 65 bytes uncompressed, base64url) that phones seal their files to. No secret."""
    return _spelt(_key(county, keys).public_key().public_bytes(*_POINT))


def opened(raw: bytes, county: str, keys: Keyring) -> dict[str, Any]:
    """Give the batch `{"device": {…}, "items": […]}` of a phone's file, of any length; sealed, or in clear as of old.

    Items are as they came: unread, not judged. Raises FileUnreadable for what is no file of ours, was damaged, or
    was sealed to another house.
    """
    told = _object(raw)
    if "sealed" not in told:
        return _batch(told)
    pieces = told["sealed"]
    if not isinstance(pieces, list) or not 0 < len(pieces) <= _MOST:
        raise FileUnreadable
    cipher = _cipher(_bytes(told.get("key")), county, keys)
    batches = [_batch(_object(_unpacked(_open(cipher, _bytes(piece))))) for piece in pieces]
    return {"device": batches[-1]["device"], "items": [item for batch in batches for item in batch["items"]]}


def _key(county: str, keys: Keyring) -> ec.EllipticCurvePrivateKey:
    # twice as many bits as the number needs, so that none of its values is likelier (FIPS 186-5 A.2.1)
    wide = keys.key(f"gate file {county} 1") + keys.key(f"gate file {county} 2")
    return ec.derive_private_key(int.from_bytes(wide) % (_ORDER - 1) + 1, ec.SECP256R1())


def _cipher(point: bytes, county: str, keys: Keyring) -> AESGCM:
    ours = _key(county, keys)
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise FileUnreadable from error
    salt = point + ours.public_key().public_bytes(*_POINT)
    derive = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"songgang gate file")
    return AESGCM(derive.derive(ours.exchange(ec.ECDH(), theirs)))


def _open(cipher: AESGCM, sealed: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except (InvalidTag, ValueError) as error:
        raise FileUnreadable from error


def _unpacked(raw: bytes) -> bytes:
    """Undo gzip, where the phone could; never more than LARGEST bytes."""
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    unpacking = zlib.decompressobj(_WIDTH)
    try:
        plain = unpacking.decompress(raw, LARGEST)
    except zlib.error as error:
        raise FileUnreadable from error
    if not unpacking.eof:
        raise FileUnreadable
    return plain


def _object(raw: bytes) -> dict[str, Any]:
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise FileUnreadable from error
    if not isinstance(told, dict):
        raise FileUnreadable
    return told


def _batch(told: dict[str, Any]) -> dict[str, Any]:
    device, items = told.get("device"), told.get("items")
    if not isinstance(device, dict) or not isinstance(items, list):
        raise FileUnreadable
    return {"device": device, "items": items}


def _bytes(told: Any) -> bytes:  # noqa: ANN401  whatever JSON holds
    if not isinstance(told, str):
        raise FileUnreadable
    try:
        return base64.b64decode(told + "=" * (-len(told) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise FileUnreadable from error


def _spelt(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
