"""QNTX Desktop: a canvas for your own ingestion handlers.

This module only names the version; it imports nothing, so that any floor may read it.
"""

__version__ = "0.1.0"
