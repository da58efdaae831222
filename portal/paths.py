"""Where templates, styles and translations lie, in the tree and in an installed wheel."""

from pathlib import Path

PORTAL = Path(__file__).resolve().parent
_home = PORTAL if (PORTAL / "templates").is_dir() else PORTAL.parent
TEMPLATES, STATIC, TRANSLATIONS = _home / "templates", _home / "static", PORTAL / "translations"
