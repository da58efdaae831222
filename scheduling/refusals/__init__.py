"""Every way the rules say no: one named class each, with its facts. The words live in `portal/wording/refused.py`.

Each module of this package is a noun; a new one is one more line here.
"""

from scheduling.refusals.attendance import *
from scheduling.refusals.base import *
from scheduling.refusals.booths import *
from scheduling.refusals.calendars import *
from scheduling.refusals.campaigns import *
from scheduling.refusals.claims import *
from scheduling.refusals.classes import *
from scheduling.refusals.devices import *
from scheduling.refusals.drawings import *
from scheduling.refusals.enterprises import *
from scheduling.refusals.exams import *
from scheduling.refusals.fairs import *
from scheduling.refusals.files import *
from scheduling.refusals.filings import *
from scheduling.refusals.gate import *
from scheduling.refusals.livestreams import *
from scheduling.refusals.orders import *
from scheduling.refusals.placements import *
from scheduling.refusals.plans import *
from scheduling.refusals.signins import *
from scheduling.refusals.signups import *
from scheduling.refusals.tours import *
