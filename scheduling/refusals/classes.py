"""Orders, classes, enrolments: what the rules refuse."""

from scheduling.refusals.base import Refusal


class PromiseMissing(Refusal):
    """An order needs the promise to hire."""


class OrderWithdrawn(Refusal):
    """The order was withdrawn."""


class OrderInUse(Refusal):
    """A class trains for the order already: only the desk may still withdraw it. Facts: title (of the class)."""


class CourseKnown(Refusal):
    """There is a course of that name already, with other figures. Facts: name."""


class RulesKnown(Refusal):
    """There are training rules of that name already, with other figures. Facts: name."""


class SchoolKnown(Refusal):
    """There is a school of that name already. Facts: name."""


class ClassCalledOff(Refusal):
    """The class is called off; nothing more can be done with it."""


class ClassOver(Refusal):
    """The class is over: nobody comes to it any more, and with people on its list it is not called off. Facts: day."""


class TooManySeats(Refusal):
    """More seats than the course allows. Facts: cap."""


class ClassNotReady(Refusal):
    """A class without sessions cannot be opened."""


class SessionOverlaps(Refusal):
    """The class has a session at that time already. Facts: number."""


class SessionHeld(Refusal):
    """The session has begun and people are signed in to it: it was, and stays, when it was. Facts: number."""


class OutsideTheClass(Refusal):
    """The day is far before the class begins or after it ends. Facts: first, last (days of the class)."""


class TeacherTaken(Refusal):
    """The teacher has a lesson at that time. Facts: name, what (the class), day, hours (8:30–11:30)."""


class TeacherAway(Refusal):
    """The teacher is on leave that day. Facts: name, first, last (days)."""


class RoomTaken(Refusal):
    """There is a lesson in the room at that time. Facts: name (of the room), what (the class), day, hours."""


class TraineeElsewhere(Refusal):
    """She is on the list of another class with lessons at the same time. Facts: name, what (the class), day, hours."""


class IdNumberElsewhere(Refusal):
    """The same, but under another name or phone: whoever asks is not told which class. Facts: day, hours."""


class ClassNotOpen(Refusal):
    """The class is not open for enrolment: not published, called off, or past its closing time."""


class NotAnIdNumber(Refusal):
    """The ID number fails its check character or its date (GB 11643)."""


class TooYoung(Refusal):
    """Under the course's minimum age on the first day. Facts: least, age."""


class TooOld(Refusal):
    """Over the course's maximum age on the first day. Facts: most, age."""


class EducationTooLow(Refusal):
    """The course asks for more schooling. Facts: least (a key of EDUCATIONS)."""


class CommitmentMissing(Refusal):
    """The commitment was not ticked."""


class ConsentMissing(Refusal):
    """Somebody signs up another person without her consent ticked."""


class AlreadyEnrolled(Refusal):
    """The ID number stands on the list already, with another name or phone."""


class AlreadyReserved(Refusal):
    """The person has a reservation, not made by whoever asks. Facts: id (of the reservation)."""


class AlreadySignedUp(Refusal):
    """The person is on the class's list, not put there by whoever asks. Facts: id (of the enrolment)."""


class NameMissing(Refusal):
    """No name was given."""


class AlreadyCancelled(Refusal):
    """It was cancelled before."""
