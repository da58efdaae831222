"""Devices at the gate and closing a gate: what the rules refuse."""

from scheduling.refusals.base import Refusal


class InvitationGone(Refusal):
    """No invitation to scan says this, or it was used, or its ten minutes are over: always the same."""


class NothingToScan(Refusal):
    """An invitation names no event, or one that is not published, called off or long over."""


class DeviceUnknown(Refusal):
    """A secret that no device has, or one shut out for so long that nothing is taken from it any more."""


class DeviceOut(Refusal):
    """The device is shut out or expired: it may hand in what it has, and gets no list."""


class FileUnreadable(Refusal):
    """A file that is none of a phone's at the gate, was damaged on its way, or was sealed to another house."""


class NothingSaved(Refusal):
    """A file with nothing in it, or a phone's with no item."""


class SavedPage(Refusal):
    """A file that is a web page: somebody saved the page and not what the phone held."""


class SavedHalf(Refusal):
    """A file that begins as a phone's does and breaks off: it was not copied whole."""


class SavedElsewhere(Refusal):
    """A phone's file that cannot be opened here: it was sealed to another house, or damaged."""


class SavedTooLarge(Refusal):
    """A file of more bytes than any phone's. Facts: most (megabytes)."""


class GateIncomplete(Refusal):
    """Phones still hold scans of this event, and no reason is given to close the gate. Facts: missing."""


class GateOpen(Refusal):
    """The gate cannot be closed before the event is over."""


class HereCodeUnknown(Refusal):
    """What stands behind /here/ is none of ours, or stood on the screen some minutes ago."""


class HereClosed(Refusal):
    """One cannot say that one is here: the fair is not on, or was called off."""
