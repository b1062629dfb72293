"""An organisation's sign-in service (OpenID Connect), as a process of its own on this machine."""
