"""Public room: fairs."""

from __future__ import annotations

from flask import render_template

from portal.public.door import pages


@pages.get("/fairs/", endpoint="fairs")
def fairs() -> str:
    """Show the page."""
    return render_template("public/home.html", today=None, markets_today=[], fairs=[], classes=[])


@pages.get("/fairs/<slug>")
def fair(slug: str) -> str:
    """Show one fair."""
    return slug
