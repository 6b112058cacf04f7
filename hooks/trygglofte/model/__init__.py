"""What a document is: one module per type, and the join of English name and Swedish key."""

from trygglofte.model.action_plan import ActionPlan
from trygglofte.model.agreement import Agreement
from trygglofte.model.collection import (
    FOLDERS,
    Asked,
    Filed,
    Municipality,
    Promise,
    Received,
    Shared,
    promises,
)
from trygglofte.model.common import Document, SignedDocument
from trygglofte.model.interpreting import interpret
from trygglofte.model.municipality import MunicipalityFile
from trygglofte.model.pledge import Pledge
from trygglofte.model.shared import GlossaryFile, PortalFile, ThemesFile
from trygglofte.model.situation_summary import SituationSummary

__all__ = [
    "FOLDERS",
    "ActionPlan",
    "Agreement",
    "Asked",
    "Document",
    "Filed",
    "GlossaryFile",
    "Municipality",
    "MunicipalityFile",
    "Pledge",
    "PortalFile",
    "Promise",
    "Received",
    "Shared",
    "SignedDocument",
    "SituationSummary",
    "ThemesFile",
    "interpret",
    "promises",
]
