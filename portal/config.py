"""Settings: `SONGGANG_*` from the environment, read once, wrong ones refused at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

LEAST_SECRET = 32


class BadSetting(ValueError):  # noqa: N818  it names the setting, not an error class
    """A setting is missing or makes no sense; the message says which and what to do."""


@dataclass(frozen=True)
class Settings:
    """What a deployment decides. Every field is one row of the table in the README."""

    secret: str = field(repr=False)
    database_url: str
    county: str = "990100"
    county_name: str = "青禾县"
    host_unit: str = "青禾县人力资源和社会保障局"
    service_phone: str = "0990-1234567"
    icp: str = ""
    url: str = "http://127.0.0.1:8000"
    demo: bool = False
    proxies: int = 0
    fonts: str = ""

    @property
    def prefix(self) -> str:
        """The path below which the app lives, without a slash at the end."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether people come by HTTPS, and cookies may insist on it."""
        return self.url.startswith("https://")


def read(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises BadSetting naming the variable."""

    def told(name: str, default: str = "") -> str:
        return environment.get(f"SONGGANG_{name}", default).strip()

    secret = told("SECRET")
    if len(secret) < LEAST_SECRET:
        raise BadSetting(
            "SONGGANG_SECRET must be set to at least 32 random characters: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    database_url = environment.get("DATABASE_URL", "").strip()
    if not database_url:
        database_url = f"sqlite:///{Path(told('DATA', '.')).resolve() / 'songgang.sqlite3'}"
    url = told("URL", "http://127.0.0.1:8000")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
        raise BadSetting(f"SONGGANG_URL must be the address people see, such as https://rs.example.gov.cn: {url!r}")
    proxies = told("PROXIES", "0")
    if not proxies.isdecimal():
        raise BadSetting(f"SONGGANG_PROXIES must be the number of proxies in front: {proxies!r}")
    fonts = told("FONTS")
    if fonts and not Path(fonts).is_dir():
        raise BadSetting(f"SONGGANG_FONTS must be a folder with fonts (.otf, .ttf, .ttc): {fonts!r}")
    return Settings(
        secret=secret,
        database_url=_driver(database_url),
        county=told("COUNTY", Settings.county),
        county_name=told("COUNTY_NAME", Settings.county_name),
        host_unit=told("HOST_UNIT", Settings.host_unit),
        service_phone=told("PHONE", Settings.service_phone),
        icp=told("ICP"),
        url=url.rstrip("/"),
        demo=told("DEMO") == "1",
        proxies=int(proxies),
        fonts=fonts,
    )


def _driver(url: str) -> str:
    """PostgreSQL addresses are written without a driver nearly everywhere; ours is psycopg 3."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url
