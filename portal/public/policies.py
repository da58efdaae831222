"""Public room: what applies here: no fees, what is kept, how to have it removed."""

from __future__ import annotations

from flask import render_template

from portal.public.door import pages


@pages.get("/policies/", endpoint="policies")
def policies() -> str:
    """Say what the fairs and classes are, that they cost nothing, and what is kept of a person for how long."""
    return render_template("public/policies/index.html")
