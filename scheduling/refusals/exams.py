"""Examinations and certificates: what the rules refuse."""

from scheduling.refusals.base import Refusal


class ExaminerMissing(Refusal):
    """Nobody is named who examines."""


class ExaminerTaught(Refusal):
    """Who examines taught the class (考培分离). Facts: name."""


class RosterMissing(Refusal):
    """The roster of the sitting is not drawn yet."""


class ExamNotClosed(Refusal):
    """The scores of the sitting before are not final. Facts: attempt."""


class ExamClosed(Refusal):
    """The scores of the sitting are final: a change needs a reason."""


class ExamAhead(Refusal):
    """The sitting is not held yet. Facts: when."""


class NobodyToResit(Refusal):
    """Nobody failed: there is no resit."""


class NoResitLeft(Refusal):
    """The rules allow no further resit. Facts: most."""


class ScoresMissing(Refusal):
    """Some on the roster have neither scores nor a mark of absence. Facts: number."""


class CertificateStands(Refusal):
    """With this score she would not have passed, but has a certificate: that is revoked first. Facts: number."""


class BeforeExam(Refusal):
    """A certificate cannot be older than the sitting at which it was earned. Facts: day (of the sitting)."""


class Certified(Refusal):
    """Her certificate of this class stands: she does not leave the class unless it is revoked. Facts: number."""


class NotPassed(Refusal):
    """She has not passed, so there is no certificate. Facts: name (masked)."""


class IssuedOutside(Refusal):
    """Another body issues this certificate; its number is recorded. Facts: issuer."""


class IssuedHere(Refusal):
    """The certificate is issued here: no outside number is recorded."""


class CertificateKnown(Refusal):
    """Somebody else has a certificate of this number. Facts: number."""


class NoSuchCertificate(Refusal):
    """No certificate of ours has this number and this name."""
