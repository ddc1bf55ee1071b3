"""The local API: the services for programs, over HTTP on this computer. Hides aiohttp."""
