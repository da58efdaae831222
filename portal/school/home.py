"""The first room behind the school door."""

from flask import render_template

from portal.school.door import pages


@pages.get("/")
def home() -> str:
    """Show what is to be done here today."""
    return render_template("school/home.html")
