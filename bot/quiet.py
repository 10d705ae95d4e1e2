"""Silence of third parties, set before anything heavy is imported; our own warnings stay.

Reasons: Sanic installs filterwarnings("once", DeprecationWarning), so PYTHONWARNINGS is overruled and a filter must come
after importing it; Rasa 3.6 and TensorFlow 2.12 are pinned and will not change; telemetry would leave the machine.
"""

from __future__ import annotations

import os
import warnings

ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",  # TensorFlow's CPU and CUDA notices
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",  # Rasa stays on SQLAlchemy 1.4
    "OMP_NUM_THREADS": "1",  # two spinning threads stall a busy server for seconds and hang forked children
    "OPENBLAS_NUM_THREADS": "1",
}


def quiet() -> None:
    """Sets what the user has not set, then loads Sanic and drops the deprecation notices of pinned packages."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    import sanic.app  # noqa: F401 - installs its own warning filter; ours must come after it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pkg_resources  # noqa: F401 - warns once, when first imported; Rasa needs it
    for category in (DeprecationWarning, PendingDeprecationWarning, FutureWarning):
        for module in (
            "rasa",
            "sanic",
            "pkg_resources",
            "tensorflow",
            "keras",
            "sklearn",
            "google",
            "flatbuffers",
            "matplotlib",
            "jax",
            "networkx",
        ):
            warnings.filterwarnings("ignore", category=category, module=rf"{module}(\..*)?$")
    # Raised with a stack level that points elsewhere, so known by their words.
    for words in (
        r"Deprecated call to `pkg_resources",
        r"distutils Version classes",
        r"module 'sre_",
        r".*Slot auto-fill has been removed",
        r"the load_module\(\) method",
        r"'\w+' deprecated - use '\w+'",
    ):
        warnings.filterwarnings("ignore", message=words)
    _no_progress_bars()


def _no_progress_bars() -> None:
    """Rasa draws a bar for every rule and step, thousands of characters when the output is a file; its tqdm reads no switch."""
    import tqdm

    class Silent(tqdm.tqdm):  # type: ignore[type-arg]
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **{**kwargs, "disable": True})

    tqdm.tqdm = Silent
