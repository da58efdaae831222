"""A form as a browser would send it: what stands in its fields, changed here and there."""

from __future__ import annotations

from typing import Any

import html5lib


def typed(page: Any, **changes: Any) -> dict[str, list[str]]:
    """Give the first form of the page's main part as it stands; None in `changes` takes a field out, or unticks it."""
    document = html5lib.parse(page.text, namespaceHTMLElements=False)
    data: dict[str, list[str]] = {}
    for field in document.find(".//main//form").iter():
        name, kind = field.get("name"), field.get("type", "")
        if not name or field.tag not in {"input", "select", "textarea"}:
            continue
        if kind in {"checkbox", "radio"} and field.get("checked") is None:
            continue
        if field.tag == "select":
            options = field.findall(".//option")
            chosen = [each for each in options if each.get("selected") is not None] or options[:1]
            data[name] = [each.get("value", "") for each in chosen]
        else:
            data.setdefault(name, []).append(field.get("value", "") if field.tag == "input" else field.text or "")
    for name, value in changes.items():
        if value is None:
            data.pop(name, None)
        else:
            data[name] = value if isinstance(value, list) else [value]
    return data
