"""Forms of the library in our own words."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """A new passkey: its name, and whether it serves without a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Naam"
        self.fields["passwordless"].label = "Ook zonder wachtwoord aanmelden"
        self.fields[
            "passwordless"
        ].help_text = (
            "U hebt dan alleen deze sleutel nodig. Die vraagt om uw vinger, gezicht of pincode."
        )


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Naam"
