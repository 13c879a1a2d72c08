"""How French shows whether one person is called tu or vous."""

import re

SAYS_TU = re.compile(
    r"\b(?i:tu|te|toi|ton|ta|tes)\b|\b[Tt]’|\b(?:l[ea]s?|du|des|aux?) tien(?:ne)?s?\b"
    r"|(?<!vous )(?<!’)\b[ÉéEe]cris\b|\b[Cc]hoisis\b|\bDonne\b|\b[Ee]ssaie\b|\b[Rr]accourcis\b"
    r"|\b[Rr]ecommence\b|\bEnvoie\b|\bPense\b"
    r"|\benvoie(-le|-la)\b|\bGarde\b|\b[Rr]éponds\b|\bClique\b|\bDemande\b|\bDis\b|\bPrends\b|\bRaconte\b|\bMets\b"
)
SAYS_VOUS = re.compile(r"\b(?:vous|votre|vos|vôtres?)\b|\b\w{3,}ez\b", re.IGNORECASE)
