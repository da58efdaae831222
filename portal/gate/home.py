"""The first room behind the gate door."""

from flask import render_template

from portal.gate.door import pages


@pages.get("/")
def home() -> str:
    """Show what is to be done here today."""
    return render_template("gate/home.html")
