"""The engine without TensorFlow: 310 MB and four seconds that nothing here uses.

Rasa imports TensorFlow wherever a neural component *could* be, and our config.yml has none. Before Rasa is imported, `leave_out`
puts an empty stand-in where TensorFlow would be: its names can be imported, inherited from and used as decorators or in
type annotations, which is all that importing Rasa does with them. Making or computing anything with one raises RuntimeError.
MOT_CUA_TENSORFLOW=1 keeps the real one, for whoever adds DIET or TED to config.yml.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
import types
from collections.abc import Sequence
from typing import Any

LEFT_OUT = ("tensorflow", "tensorflow_addons", "tensorflow_text", "tensorflow_hub", "keras")
WANTED = "MOT_CUA_TENSORFLOW"


class _Kind(type):
    """Any attribute of a stand-in is a stand-in; `tf.Tensor[int]`, `tf.A | None` and the like stay type annotations."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Kind(name, (Absent,), {"__module__": f"{cls.__module__}.{cls.__name__}"})

    def __getitem__(cls, _: Any) -> Any:
        return cls


class Absent(metaclass=_Kind):
    """One name of TensorFlow. Called with a function alone it is a decorator and gives the function back."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):
            return args[0]
        raise RuntimeError(f"{cls.__module__}.{cls.__name__} was called, but this engine runs without TensorFlow; set {WANTED}=1")


class _Module(types.ModuleType):
    __path__: Sequence[str] = ()
    __version__ = "2.12.0"  # what Rasa compares with

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Kind(name, (Absent,), {"__module__": self.__name__})


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname.split(".")[0] in LEFT_OUT:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        return None


def leave_out() -> None:
    """Call before anything imports Rasa. Does nothing when TensorFlow is wanted or already there."""
    if os.environ.get(WANTED) != "1" and "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _Finder())
