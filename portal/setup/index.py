"""Where packages come from: pip's own settings, read as pip reads them, so that one pip can be fetched without pip."""

import configparser
import hashlib
import html
import os
import re
import ssl
import sys
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

PIP = "pip-26.2.1-py3-none-any.whl"
PIP_SHA256 = "71138adf1f4ca900cdb7d289c21b7494329f2332b6d85f0e1c42108c0384ed3e"
DEFAULT_INDEX = "https://pypi.org/simple"  # pip's own default; the environment and pip.conf come first

# Where systems keep their certificates, for a Python that was built without knowing.
BUNDLES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")


class NoPipError(Exception):
    """No index we were told of gave us the pip we know. Its text says what each of them answered."""


def fetch_pip(folder: Path) -> Path:
    """Put the pinned pip in `folder`, from the first index that has it; one that is already there serves again."""
    wheel = folder / PIP
    if wheel.is_file() and _known(wheel.read_bytes()):
        return wheel
    answers = []
    for place in _places():
        try:
            content = _read(_wheel_address(place))
        except (OSError, ValueError) as error:  # URLError and SSLError are OSErrors
            answers.append(f"{shown(place)}: {error}")
            continue
        if _known(content):
            half = wheel.with_suffix(".part")
            half.write_bytes(content)
            half.replace(wheel)
            return wheel
        answers.append(f"{shown(place)}: error: not the pip we know")
    raise NoPipError("\n".join(answers) or "error: pip is not there")


def index() -> str:
    """Say which package index is used, fit to be shown."""
    return shown(_option("index-url") or DEFAULT_INDEX)


def shown(address: str) -> str:
    """Leave out of an address the password somebody may have put in it."""
    return re.sub(r"//[^/@]*@", "//", address)


def _known(content: bytes) -> bool:
    return hashlib.sha256(content).hexdigest() == PIP_SHA256


def _places() -> Iterator[str]:
    """Every folder and page that may list pip, nearest first."""
    for place in _option("find-links").split():
        path = Path(place).expanduser()
        yield path.resolve().as_uri() if path.exists() else place
    if _option("no-index").lower() in {"", "0", "false", "no", "off"}:
        for place in [_option("index-url") or DEFAULT_INDEX, *_option("extra-index-url").split()]:
            yield place.rstrip("/") + "/pip/"


def _wheel_address(place: str) -> str:
    """Where a folder or a page keeps the pinned wheel."""
    folder = Path(unquote(urlsplit(place).path))
    if place.startswith("file:") and folder.is_dir():
        if (folder / PIP).is_file():
            return (folder / PIP).as_uri()
        place = (folder / "index.html").as_uri()
    page = _read(place).decode("utf-8", "replace")
    for link in re.findall(r"""href\s*=\s*["']([^"']+)""", page):
        address = urljoin(place, html.unescape(link))
        if unquote(urlsplit(address).path).endswith("/" + PIP):
            return address
    message = f"error: {PIP} is not there"
    raise ValueError(message)


def _read(address: str) -> bytes:
    """Fetch the bytes at an address, asking twice if need be."""
    parts = urlsplit(address)
    request = urllib.request.Request(shown(address), headers={"Accept": "text/html, */*;q=0.1"})  # noqa: S310 - the user's own index
    if "@" in parts.netloc:
        login = unquote(parts.netloc.rpartition("@")[0]).encode()
        request.add_header("Authorization", "Basic " + b64encode(login).decode())
    proxy = _option("proxy")
    proxies = urllib.request.ProxyHandler({"http": proxy, "https": proxy} if proxy else None)
    secure = urllib.request.HTTPSHandler(context=_certificates(parts.netloc.rpartition("@")[2]))
    opener = urllib.request.build_opener(proxies, secure)
    seconds = float(_option("timeout") or _option("default-timeout") or 15)
    try:
        with opener.open(request, timeout=seconds) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError:
        raise  # the server has spoken
    except OSError:
        with opener.open(request, timeout=seconds) as answer:
            return bytes(answer.read())


def _certificates(host: str) -> ssl.SSLContext:
    """Whom to trust: what pip was told, what the environment says, else the system."""
    told = next(filter(None, [_option("cert"), *map(os.environ.get, ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"))]), None)
    system = ssl.get_default_verify_paths()
    if told is None and not (system.cafile or system.capath):
        told = next(filter(os.path.exists, BUNDLES), None)
    folder = told if told and Path(told).is_dir() else None
    context = ssl.create_default_context(cafile=None if folder else told, capath=folder)
    if {host, host.partition(":")[0]} & set(_option("trusted-host").split()):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _option(name: str) -> str:
    """One setting of pip: the environment before the files, [install] before [global]."""
    return os.environ.get("PIP_" + name.upper().replace("-", "_")) or _files().get(name, "")


@cache
def _files() -> dict[str, str]:
    """Read what pip's configuration files say, the later file over the earlier one."""
    named = os.environ.get("PIP_CONFIG_FILE", "")
    if named == os.devnull:
        return {}
    home = Path.home()
    files = [Path(folder) / "pip" / "pip.conf" for folder in os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":")]
    files.append(Path("/etc/pip.conf"))
    if not Path(named or "-").exists():  # a file named in the environment stands in for the user's own
        files.append(home / ".pip" / "pip.conf")
        if sys.platform == "darwin":
            files.append(home / "Library" / "Application Support" / "pip" / "pip.conf")
        files.append(Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "pip" / "pip.conf")
    files.append(Path(named or "-"))
    said = configparser.RawConfigParser()
    said.read(files, encoding="utf-8")
    chosen = {}
    for section in ("global", "install"):
        if said.has_section(section):
            chosen.update({key.lower().lstrip("-").replace("_", "-"): value for key, value in said.items(section)})
    return chosen
