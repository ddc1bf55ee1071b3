"""The generated code is what the `.proto` files say, and both ends of a call can be made from the tables."""

from __future__ import annotations

import importlib.util
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import pytest

from qntx_desktop.protocol import atsstore_pb2, domain_pb2, lenient_pb2, queue_pb2, schedule_pb2
from qntx_desktop.protocol.services import PLUGIN, SERVICES, Stub, serve

ROOT = Path(__file__).resolve().parents[2]
FILES = (domain_pb2, atsstore_pb2, queue_pb2, schedule_pb2)


def test_the_generated_code_is_current(tmp_path: Path) -> None:
    found = importlib.util.spec_from_file_location("make_protocol", ROOT / "packaging" / "make_protocol.py")
    assert found is not None
    assert found.loader is not None
    maker = importlib.util.module_from_spec(found)
    found.loader.exec_module(maker)
    assert maker.main(tmp_path) == 0
    fresh = {path.relative_to(tmp_path): path.read_text() for path in tmp_path.rglob("*_pb2.py*")}
    assert len(fresh) == 10
    assert {path: (ROOT / path).read_text() for path in fresh} == fresh


def test_the_tables_say_what_the_files_say() -> None:
    services = {
        service.full_name: {
            method.name: (
                method.input_type.full_name,
                method.output_type.full_name,
                method.client_streaming,
                method.server_streaming,
            )
            for method in service.methods
        }
        for file in FILES
        for service in file.DESCRIPTOR.services_by_name.values()
    }
    assert services == {
        service: {
            name: (
                each.request.DESCRIPTOR.full_name,
                each.response.DESCRIPTOR.full_name,
                each.streams_requests,
                each.streams_responses,
            )
            for name, each in methods.items()
        }
        for service, methods in SERVICES.items()
    }


def test_lenient_messages_are_their_strict_twins_but_for_the_types_of_some_fields() -> None:
    strict = {name: each for file in FILES for name, each in file.DESCRIPTOR.message_types_by_name.items()}
    for name, lenient in lenient_pb2.DESCRIPTOR.message_types_by_name.items():
        assert {(each.name, each.number) for each in lenient.fields} == {
            (each.name, each.number) for each in strict[name].fields
        }


def test_a_call_goes_through_and_a_missing_method_says_so() -> None:
    pool = ThreadPoolExecutor(2)
    server = grpc.server(pool)
    port = server.add_insecure_port("127.0.0.1:0")
    serve(server, PLUGIN, {"Metadata": lambda _request, _context: domain_pb2.MetadataResponse(name="weather")})
    server.start()
    try:
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            stub = Stub(channel, PLUGIN)
            assert stub.Metadata(domain_pb2.Empty(), timeout=30).name == "weather"
            with pytest.raises(grpc.RpcError) as caught:
                stub.Health(domain_pb2.Empty(), timeout=30)
            assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED
    finally:
        server.stop(None).wait()
        pool.shutdown()
