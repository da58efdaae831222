"""What we keep: plain SQLAlchemy, one module a noun, on one Base with named constraints."""

from scheduling.models.account import Account, Grant
from scheduling.models.base import Base, CountyRow, Moment, Row
from scheduling.models.booth import Booking, Booth, BoothRequest
from scheduling.models.busy import BusyTime, Venue
from scheduling.models.calendar import CalendarLink, FeedGeneration
from scheduling.models.campaign import Campaign, CampaignFair
from scheduling.models.claim import NoticeObjection, SubsidyClaim, SubsidyLine
from scheduling.models.counter import Counter
from scheduling.models.county import County, Township
from scheduling.models.course import ClassCallingOff, ClassOrder, ClassPublication, ClassSession, Course, TrainingClass
from scheduling.models.deed import Deed
from scheduling.models.device import GateDevice, GateInvitation, GateRevocation
from scheduling.models.dossier import ClassArchive, ClassDossier, ClassFiling
from scheduling.models.draft import Draft
from scheduling.models.duty import FairDuty
from scheduling.models.enrolment import Enrolment
from scheduling.models.enterprise import Enterprise, EnterpriseReview
from scheduling.models.exam import Certificate, Exam, ExamSeat
from scheduling.models.fair import Fair, FairCallingOff, FairFigure, FairFinish, FairMove, FairPublication
from scheduling.models.fair_file import FairFile
from scheduling.models.gate_item import GateClosing, GateItem, Visitor
from scheduling.models.gate_search import GateSearch
from scheduling.models.interest import VacancyInterest
from scheduling.models.jobseeker import Jobseeker
from scheduling.models.lead import LiveLead
from scheduling.models.leave import Leave
from scheduling.models.limit import Limit
from scheduling.models.live_stats import LivePicture, LiveStats
from scheduling.models.livestream import LiveAiring, LiveJob, LiveLock, LiveRequest, LiveSlot
from scheduling.models.market import Holiday, Market, MarketException, MarketRule
from scheduling.models.notice import Notice
from scheduling.models.order import TrainingOrder
from scheduling.models.paper import FairFiling, FairOverride, FairTerms
from scheduling.models.placement import FollowUp, LabourNeed, Placement
from scheduling.models.plan import Plan, PlanAcceptance, PlanRun, PlanVersion
from scheduling.models.policy import BoothPolicy, BoothWait, FairPolicy, Penalty, PenaltyAppeal
from scheduling.models.reservation import Reservation
from scheduling.models.result import BoothReport, FairNote
from scheduling.models.risk import PhoneCheck, PhoneSample, RiskSettlement
from scheduling.models.scan import Scan
from scheduling.models.school import School, Teacher, TeacherAbsence, TrainingRoom
from scheduling.models.series import FairSeries
from scheduling.models.signin import OneTimeCode, SignIn
from scheduling.models.signup import EnrolmentOverride, SeatOffer, SignupList
from scheduling.models.sought import Sought
from scheduling.models.staff import StaffMember
from scheduling.models.ticket import Ticket
from scheduling.models.tour import TourStop, VanTour
from scheduling.models.training_rule import TrainingRules
from scheduling.models.vacancy import FairVacancy, Vacancy, VacancyReview, VacancyRevision
from scheduling.models.van import Van

__all__ = [
    "Account",
    "Base",
    "Booking",
    "Booth",
    "BoothPolicy",
    "BoothReport",
    "BoothRequest",
    "BoothWait",
    "BusyTime",
    "CalendarLink",
    "Campaign",
    "CampaignFair",
    "Certificate",
    "ClassArchive",
    "ClassCallingOff",
    "ClassDossier",
    "ClassFiling",
    "ClassOrder",
    "ClassPublication",
    "ClassSession",
    "Counter",
    "County",
    "CountyRow",
    "Course",
    "Deed",
    "Draft",
    "Enrolment",
    "EnrolmentOverride",
    "Enterprise",
    "EnterpriseReview",
    "Exam",
    "ExamSeat",
    "Fair",
    "FairCallingOff",
    "FairDuty",
    "FairFigure",
    "FairFile",
    "FairFiling",
    "FairFinish",
    "FairMove",
    "FairNote",
    "FairOverride",
    "FairPolicy",
    "FairPublication",
    "FairSeries",
    "FairTerms",
    "FairVacancy",
    "FeedGeneration",
    "FollowUp",
    "GateClosing",
    "GateDevice",
    "GateInvitation",
    "GateItem",
    "GateRevocation",
    "GateSearch",
    "Grant",
    "Holiday",
    "Jobseeker",
    "LabourNeed",
    "Leave",
    "Limit",
    "LiveAiring",
    "LiveJob",
    "LiveLead",
    "LiveLock",
    "LivePicture",
    "LiveRequest",
    "LiveSlot",
    "LiveStats",
    "Market",
    "MarketException",
    "MarketRule",
    "Moment",
    "Notice",
    "NoticeObjection",
    "OneTimeCode",
    "Penalty",
    "PenaltyAppeal",
    "PhoneCheck",
    "PhoneSample",
    "Placement",
    "Plan",
    "PlanAcceptance",
    "PlanRun",
    "PlanVersion",
    "Reservation",
    "RiskSettlement",
    "Row",
    "Scan",
    "School",
    "SeatOffer",
    "SignIn",
    "SignupList",
    "Sought",
    "StaffMember",
    "SubsidyClaim",
    "SubsidyLine",
    "Teacher",
    "TeacherAbsence",
    "Ticket",
    "TourStop",
    "Township",
    "TrainingClass",
    "TrainingOrder",
    "TrainingRoom",
    "TrainingRules",
    "Vacancy",
    "VacancyInterest",
    "VacancyReview",
    "VacancyRevision",
    "Van",
    "VanTour",
    "Venue",
    "Visitor",
]
