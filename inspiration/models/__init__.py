from inspiration.models.events import Appearance, Event, ProgrammeItem, Speaker
from inspiration.models.photos import Album, Photo, TakedownRequest
from inspiration.models.presentations import Presentation, Slide

__all__ = [
    "Album",
    "Appearance",
    "Event",
    "Photo",
    "Presentation",
    "ProgrammeItem",
    "Slide",
    "Speaker",
    "TakedownRequest",
]
