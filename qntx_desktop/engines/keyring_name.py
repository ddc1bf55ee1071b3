"""Which keyring this computer offers, without asking it for anything. Any thread; hides keyring."""

from __future__ import annotations


def keyring_name() -> str | None:
    """The name of the keyring that would be used; None when there is none."""
    try:
        import keyring  # late: slow, and it looks for the desktop's services
        from keyring.backends import fail

        found = keyring.get_keyring()
    except Exception:  # noqa: BLE001 - backends of strangers raise what they like, and then there is none
        return None
    if isinstance(found, fail.Keyring):
        return None
    return str(getattr(found, "name", type(found).__name__))
