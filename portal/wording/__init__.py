"""What the keys we keep are called on screen, in one place."""

from __future__ import annotations

from wtforms.fields.choices import SelectChoice

from portal.wording.attending import ATTENDING
from portal.wording.busy import BUSY
from portal.wording.certifying import CERTIFYING
from portal.wording.deeds import DEEDS
from portal.wording.enrolling import ENROLLING
from portal.wording.filing import FILING
from portal.wording.gating import GATING
from portal.wording.planning import PLANNING
from portal.wording.results import RESULTS
from portal.wording.things import THINGS
from portal.wording.training import TRAINING

WORDS = {
    **THINGS,
    **PLANNING,
    **RESULTS,
    **TRAINING,
    **ATTENDING,
    **CERTIFYING,
    **ENROLLING,
    **FILING,
    **GATING,
    **BUSY,
    **DEEDS,
}


def word(key: str | None, of: str) -> str:
    """Say `key` of the family `of` in the reader's language; an unknown key is shown as it is."""
    return str(WORDS[of].get(key or "", key or ""))


def choices(of: str, *only: str) -> list[SelectChoice]:
    """Give what a select or radio field of the family `of` offers, in our order, or those of `only`."""
    return [SelectChoice(key, WORDS[of][key]) for key in (only or WORDS[of])]
