"""What happens to the archive. Every action names who does it, runs in one transaction, writes an
audit row, and keeps search words, public files and cached pages in step with what is public."""

from inspiration.actions.events import (
    add_event,
    add_item,
    change_event,
    publish_event,
    remove_item,
)
from inspiration.actions.files import add_file, discard_file, retry_file
from inspiration.actions.photos import (
    credit_photos,
    describe_photo,
    order_by_time,
    publish_photos,
    restore_photo,
    withdraw_photo,
)
from inspiration.actions.presentations import (
    describe_presentation,
    publish_presentation,
    withdraw_presentation,
)
from inspiration.actions.takedowns import decide_takedown, request_takedown
from inspiration.voices import Voice
from network.refusal import Refused

__all__ = [
    "Refused",
    "Voice",
    "add_event",
    "add_file",
    "add_item",
    "change_event",
    "credit_photos",
    "decide_takedown",
    "describe_photo",
    "describe_presentation",
    "discard_file",
    "order_by_time",
    "publish_event",
    "publish_photos",
    "publish_presentation",
    "remove_item",
    "request_takedown",
    "restore_photo",
    "retry_file",
    "withdraw_photo",
    "withdraw_presentation",
]
