"""The words every network begins with (DOMAIN.md 2.4) and who stands behind it."""

from __future__ import annotations

# slug, name; the list stays open, the administrator adds rows.
LENSES = (
    ("sociaal", "Sociaal"),
    ("korte-keten", "Korte keten"),
    ("mobiliteit", "Mobiliteit"),
    ("participatie", "Participatie"),
    ("ondernemen", "Ondernemen en coöperaties"),
    ("juridisch", "Juridisch"),
)

# name, website, what they do
PARTNERS = (
    ("Netwerk Duurzame Mobiliteit", "https://www.duurzame-mobiliteit.be", ""),
    ("Cera", "https://www.cera.coop", "maakt de coaching gratis voor de deelnemers"),
    ("Innovatiesteunpunt voor Landbouw en Platteland", "", ""),
)
