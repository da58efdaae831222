"""What an answer may be packed in."""

from functools import lru_cache

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header


@lru_cache(256)
def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding asks for gzip: by its name, and not with a quality of nothing."""
    return dict(parse_accept_header(accepted, Accept)).get("gzip", 0) > 0
