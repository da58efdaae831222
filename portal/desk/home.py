"""The first room behind the desk door."""

from flask import render_template

from portal.desk.door import pages


@pages.get("/")
def home() -> str:
    """Show what is to be done here today."""
    return render_template("desk/home.html")
