"""The school door: its blueprint, with the guard hung. Rooms import it; the house imports the rooms."""

from portal.doors import door

pages = door("school", url_prefix="/school")
