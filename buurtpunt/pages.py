"""The public pages whose text stands in a template: one table for URLs, search and sitemap."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    name: str  # of the URL
    path: str
    title: str  # what search shows
    template: str


PAGES = (
    Page("about", "buurtpunt/", "Wat is een buurtpunt?", "about"),
    Page("programme", "lerend-netwerk/", "Het lerend netwerk", "learning_network"),
    Page("join", "doe-mee/", "Zelf aan de slag", "join"),
    Page("beveren", "voorbeelden/beveren/", "Dorpspunt Beveren aan de IJzer", "beveren"),
    Page("contact", "contact/", "Vragen en contact", "contact"),
    Page("privacy", "privacy/", "Privacy", "privacy"),
    Page("photos-use", "gebruik-van-fotos/", "Gebruik van foto’s", "photo_use"),
    Page("accessibility", "toegankelijkheid/", "Toegankelijkheid", "accessibility"),
)


def page_named(name: str) -> Page:
    return next(page for page in PAGES if page.name == name)
