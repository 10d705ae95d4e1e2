"""The engine runs without TensorFlow, says so when something would compute with it, and keeps it on request.

Each case is a process of its own: what is left out stays out for the life of a process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def told(root: Path, code: str, **env: str) -> Any:
    """What the code prints last, from JSON."""
    kept = {key: value for key, value in os.environ.items() if key != "MOT_CUA_TENSORFLOW"}
    done = subprocess.run([sys.executable, "-c", code], cwd=root, env={**kept, **env}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_the_engine_does_not_load_tensorflow(root: Path) -> None:
    code = """
import json, sys
import bot.engine
names = sorted(name for name in sys.modules if name.split(".")[0] in ("tensorflow", "keras", "tensorflow_text", "tensorflow_hub"))
with open("/proc/self/maps") as maps:
    libraries = any("tensorflow" in line for line in maps)
print(json.dumps([[type(sys.modules[name]).__module__ for name in names], libraries]))
"""
    kinds, libraries = told(root, code)
    assert set(kinds) == {"bot.no_tensorflow"} and not libraries


@pytest.mark.parametrize("call", ["tf.constant(1)", "tf.keras.layers.Dense(3)", "tf.data.Dataset()", "keras.Model()", "Own()", "tf.function(3)"])
def test_a_stand_in_that_is_called_says_how_to_get_the_real_one(root: Path, call: str) -> None:
    code = f"""
import json
from bot.no_tensorflow import leave_out
leave_out()
import keras
import tensorflow as tf
class Own(tf.keras.layers.Layer): pass
try:
    {call}
    print(json.dumps(None))
except RuntimeError as error:
    print(json.dumps(str(error)))
"""
    message = told(root, code)
    assert message and message.endswith("set MOT_CUA_TENSORFLOW=1")


def test_what_importing_rasa_does_with_the_names_works(root: Path) -> None:
    code = """
import json
from bot.no_tensorflow import leave_out
leave_out()
import tensorflow as tf
from tensorflow.python.framework import ops
@tf.function
def double(x: tf.Tensor | None, y: "tf.RaggedTensor[int]" = None) -> tf.Tensor[int]: return 2 * x
class Own(tf.keras.Model): pass
print(json.dumps([double(4), isinstance(3, tf.Tensor), hasattr(tf, "__wrapped__"), tf.__version__]))
"""
    assert told(root, code) == [8, False, False, "2.12.0"]


@pytest.mark.parametrize(("value", "real"), [("1", True), ("0", False), ("", False)])
def test_the_real_one_is_kept_when_it_is_wanted(root: Path, value: str, real: bool) -> None:
    code = """
import importlib.util, json
from bot.no_tensorflow import leave_out
leave_out()
print(json.dumps([importlib.util.find_spec(name).origin is not None for name in ("tensorflow", "keras")]))
"""
    assert told(root, code, MOT_CUA_TENSORFLOW=value) == [real, real]


def test_what_is_already_there_stays(root: Path) -> None:
    code = """
import json, sys, types
sys.modules["tensorflow"] = here = types.ModuleType("tensorflow")
from bot.no_tensorflow import leave_out
before = list(sys.meta_path)
leave_out()
import tensorflow
print(json.dumps([tensorflow is here, sys.meta_path == before]))
"""
    assert told(root, code) == [True, True]
