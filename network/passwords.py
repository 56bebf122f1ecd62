"""What a password must be, said in our own words: Django's Dutch says "u", and one of its
sentences is English."""

from django.contrib.auth import password_validation as django


class MinimumLength(django.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return (
            f"Dit wachtwoord is te kort. Neem er minstens {self.min_length} tekens voor: enkele"
            " woorden na elkaar zijn goed te onthouden."
        )

    def get_help_text(self) -> str:
        return f"Neem minstens {self.min_length} tekens, bijvoorbeeld enkele woorden na elkaar."


class UserAttributeSimilarity(django.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return (
            "Dit wachtwoord lijkt te veel op je naam of je e-mailadres. Kies er een dat niemand"
            " kan raden."
        )

    def get_help_text(self) -> str:
        return "Neem niet je naam of je e-mailadres."


class CommonPassword(django.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord gebruiken veel mensen. Kies er een dat niemand kan raden."

    def get_help_text(self) -> str:
        return "Neem geen wachtwoord dat veel mensen gebruiken."
