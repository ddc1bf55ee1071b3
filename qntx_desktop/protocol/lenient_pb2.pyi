from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Attestation(_message.Message):
    __slots__ = ("id", "subjects", "predicates", "contexts", "actors", "timestamp", "source", "attributes", "created_at", "signature", "signer_did")
    ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECTS_FIELD_NUMBER: _ClassVar[int]
    PREDICATES_FIELD_NUMBER: _ClassVar[int]
    CONTEXTS_FIELD_NUMBER: _ClassVar[int]
    ACTORS_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    SIGNER_DID_FIELD_NUMBER: _ClassVar[int]
    id: str
    subjects: _containers.RepeatedScalarFieldContainer[str]
    predicates: _containers.RepeatedScalarFieldContainer[str]
    contexts: _containers.RepeatedScalarFieldContainer[str]
    actors: _containers.RepeatedScalarFieldContainer[str]
    timestamp: int
    source: str
    attributes: bytes
    created_at: int
    signature: bytes
    signer_did: str
    def __init__(self, id: _Optional[str] = ..., subjects: _Optional[_Iterable[str]] = ..., predicates: _Optional[_Iterable[str]] = ..., contexts: _Optional[_Iterable[str]] = ..., actors: _Optional[_Iterable[str]] = ..., timestamp: _Optional[int] = ..., source: _Optional[str] = ..., attributes: _Optional[bytes] = ..., created_at: _Optional[int] = ..., signature: _Optional[bytes] = ..., signer_did: _Optional[str] = ...) -> None: ...

class AttestationCommand(_message.Message):
    __slots__ = ("subjects", "predicates", "contexts", "actors", "timestamp", "attributes", "source", "source_version")
    SUBJECTS_FIELD_NUMBER: _ClassVar[int]
    PREDICATES_FIELD_NUMBER: _ClassVar[int]
    CONTEXTS_FIELD_NUMBER: _ClassVar[int]
    ACTORS_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_VERSION_FIELD_NUMBER: _ClassVar[int]
    subjects: _containers.RepeatedScalarFieldContainer[str]
    predicates: _containers.RepeatedScalarFieldContainer[str]
    contexts: _containers.RepeatedScalarFieldContainer[str]
    actors: _containers.RepeatedScalarFieldContainer[str]
    timestamp: int
    attributes: bytes
    source: str
    source_version: str
    def __init__(self, subjects: _Optional[_Iterable[str]] = ..., predicates: _Optional[_Iterable[str]] = ..., contexts: _Optional[_Iterable[str]] = ..., actors: _Optional[_Iterable[str]] = ..., timestamp: _Optional[int] = ..., attributes: _Optional[bytes] = ..., source: _Optional[str] = ..., source_version: _Optional[str] = ...) -> None: ...

class GenerateAttestationRequest(_message.Message):
    __slots__ = ("auth_token", "command")
    AUTH_TOKEN_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    auth_token: str
    command: AttestationCommand
    def __init__(self, auth_token: _Optional[str] = ..., command: _Optional[_Union[AttestationCommand, _Mapping]] = ...) -> None: ...

class GenerateAttestationResponse(_message.Message):
    __slots__ = ("success", "error", "attestation")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    ATTESTATION_FIELD_NUMBER: _ClassVar[int]
    success: bool
    error: str
    attestation: Attestation
    def __init__(self, success: _Optional[bool] = ..., error: _Optional[str] = ..., attestation: _Optional[_Union[Attestation, _Mapping]] = ...) -> None: ...

class BatchGenerateAttestationsRequest(_message.Message):
    __slots__ = ("auth_token", "commands")
    AUTH_TOKEN_FIELD_NUMBER: _ClassVar[int]
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    auth_token: str
    commands: _containers.RepeatedCompositeFieldContainer[AttestationCommand]
    def __init__(self, auth_token: _Optional[str] = ..., commands: _Optional[_Iterable[_Union[AttestationCommand, _Mapping]]] = ...) -> None: ...

class CreateAttestationRequest(_message.Message):
    __slots__ = ("auth_token", "attestation")
    AUTH_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ATTESTATION_FIELD_NUMBER: _ClassVar[int]
    auth_token: str
    attestation: Attestation
    def __init__(self, auth_token: _Optional[str] = ..., attestation: _Optional[_Union[Attestation, _Mapping]] = ...) -> None: ...

class GetAttestationsResponse(_message.Message):
    __slots__ = ("success", "error", "attestations")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    ATTESTATIONS_FIELD_NUMBER: _ClassVar[int]
    success: bool
    error: str
    attestations: _containers.RepeatedCompositeFieldContainer[Attestation]
    def __init__(self, success: _Optional[bool] = ..., error: _Optional[str] = ..., attestations: _Optional[_Iterable[_Union[Attestation, _Mapping]]] = ...) -> None: ...

class ExecuteJobResponse(_message.Message):
    __slots__ = ("success", "error", "result", "progress_current", "progress_total", "cost_actual", "log_entries", "plugin_version")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_CURRENT_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_TOTAL_FIELD_NUMBER: _ClassVar[int]
    COST_ACTUAL_FIELD_NUMBER: _ClassVar[int]
    LOG_ENTRIES_FIELD_NUMBER: _ClassVar[int]
    PLUGIN_VERSION_FIELD_NUMBER: _ClassVar[int]
    success: bool
    error: bytes
    result: bytes
    progress_current: int
    progress_total: int
    cost_actual: float
    log_entries: _containers.RepeatedCompositeFieldContainer[JobLogEntry]
    plugin_version: bytes
    def __init__(self, success: _Optional[bool] = ..., error: _Optional[bytes] = ..., result: _Optional[bytes] = ..., progress_current: _Optional[int] = ..., progress_total: _Optional[int] = ..., cost_actual: _Optional[float] = ..., log_entries: _Optional[_Iterable[_Union[JobLogEntry, _Mapping]]] = ..., plugin_version: _Optional[bytes] = ...) -> None: ...

class JobLogEntry(_message.Message):
    __slots__ = ("timestamp", "level", "message", "stage", "metadata")
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    timestamp: bytes
    level: bytes
    message: bytes
    stage: bytes
    metadata: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, timestamp: _Optional[bytes] = ..., level: _Optional[bytes] = ..., message: _Optional[bytes] = ..., stage: _Optional[bytes] = ..., metadata: _Optional[_Iterable[bytes]] = ...) -> None: ...
