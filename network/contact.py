"""The network's own contact: whom the public calls, whatever edition is running."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    """One person to call or mail; shown on pages, never an address of our own mails."""

    name: str
    email: str
    phone: str

    @property
    def phone_link(self) -> str:
        """The number as a `tel:` address, with the Belgian country code."""
        return "tel:+32" + self.phone.replace(" ", "").removeprefix("0")


NETWORK_CONTACT = Contact(
    name="Bernard Govaert", email="bernard@duurzame-mobiliteit.be", phone="09 331 59 10"
)
