"""Public room: courses."""

from __future__ import annotations

from flask import render_template

from portal.public.door import pages


@pages.get("/courses/", endpoint="courses")
def courses() -> str:
    """Show the page."""
    return render_template("public/home.html", today=None, markets_today=[], fairs=[], classes=[])


@pages.get("/courses/<slug>")
def course(slug: str) -> str:
    """Show one class."""
    return slug
