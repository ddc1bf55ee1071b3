"""Plugins as processes that speak gRPC: starting them, asking them, answering them. Hides grpc and protobuf.

Nothing here is imported before a plugin is started: the library comes with the extra `plugins`.
"""
