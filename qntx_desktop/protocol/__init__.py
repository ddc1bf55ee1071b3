"""The plugin protocol: `.proto` files and what the compiler made of them (`packaging/make_protocol.py`).

Known to the host (`engines/plugins`) and to authors of plugins (`plugin_sdk`), and to nobody else. Needs protobuf,
which comes with the extra `plugins`; importing this package alone needs nothing.
"""
