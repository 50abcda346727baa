"""Arrow data that breaks the rules, as a faulty producer hands it out.

What pyarrow builds from buffers is not checked before it is handed on, and a stream of one's own can answer anything.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Iterator

import pyarrow

_Call = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_Text = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)
_Release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class _Stream(ctypes.Structure):
    """`struct ArrowArrayStream` of the Arrow C stream interface."""

    _fields_ = (
        ("get_schema", _Call),
        ("get_next", _Call),
        ("get_last_error", _Text),
        ("release", _Release),
        ("private_data", ctypes.c_void_p),
    )


class FailsWithoutAWord:
    """A stream with one column of texts that fails at the first batch and has no message for it."""

    def __init__(self) -> None:
        schema = pyarrow.schema([("description", pyarrow.string())])

        def get_schema(_: int, out: int) -> int:
            schema._export_to_c(out)
            return 0

        def release(stream: int) -> None:
            _Stream.from_address(stream).release = _Release()

        self._calls = (_Call(get_schema), _Call(lambda _, __: 5), _Text(lambda _: None), _Release(release))
        self._stream = _Stream(*self._calls)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        new: Callable[..., object] = ctypes.pythonapi.PyCapsule_New
        new.restype = ctypes.py_object  # type: ignore[attr-defined]
        new.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)  # type: ignore[attr-defined]
        return new(ctypes.addressof(self._stream), b"arrow_array_stream", None)


def texts(kind: pyarrow.DataType, *values: bytes) -> pyarrow.Array:
    """Bytes called text, whatever they are; None of them is looked at."""
    binary = {
        pyarrow.string(): pyarrow.binary(),
        pyarrow.large_string(): pyarrow.large_binary(),
        pyarrow.string_view(): pyarrow.binary_view(),
    }[kind]
    array = pyarrow.array(values, binary)
    return pyarrow.Array.from_buffers(kind, len(array), array.buffers())


class Endless:
    """A stream that has one more batch whenever it is asked, after `pause` seconds."""

    def __init__(self, text: str, pause: float = 0) -> None:
        self._batch = pyarrow.record_batch({"description": [text]})
        self._pause = pause

    def _batches(self) -> Iterator[pyarrow.RecordBatch]:
        while True:
            time.sleep(self._pause)
            yield self._batch

    def reader(self) -> pyarrow.RecordBatchReader:
        return pyarrow.RecordBatchReader.from_batches(self._batch.schema, self._batches())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.reader().__arrow_c_stream__(requested_schema)
