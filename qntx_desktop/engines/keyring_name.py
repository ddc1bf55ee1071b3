"""Which keyring this computer offers, without asking it for anything. Any thread; hides keyring."""

from __future__ import annotations

from qntx_desktop.engines.keychain import safe_backend


def keyring_name() -> str | None:
    """The name of the keyring that would be used; None when there is none that keeps secrets safe."""
    try:
        found = safe_backend()
    except Exception:  # noqa: BLE001 - backends of strangers raise what they like, and then there is none
        return None
    return None if found is None else str(getattr(found, "name", type(found).__name__))
