"""A part of a page that follows what happens elsewhere: js/follow.js asks for it ever again, over weak networks."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, render_template, request


def fragment(template: str, *, say: str, **context: Any) -> Response:  # noqa: ANN401  whatever the template needs
    """Answer `{html, say}`: the part as it stands, and the one sentence that a screen reader is told when it changes.

    With an ETag of the content: who has it already gets 304 and no body. What is shown must hold no running minutes,
    else it would change at every look.
    """
    told = json.dumps({"html": render_template(template, **context), "say": say}, ensure_ascii=False)
    answer = Response(told, mimetype="application/json")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
