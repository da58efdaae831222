"""The first room behind the enterprise door."""

from flask import render_template

from portal.enterprise.door import pages


@pages.get("/")
def home() -> str:
    """Show what is to be done here today."""
    return render_template("enterprise/home.html")
