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
    "TQDM_DISABLE": "1",  # one progress bar a rule and a step
}


def quiet() -> None:
    """Sets what the user has not set, then loads Sanic and drops the deprecation notices of pinned packages."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    import sanic.app  # noqa: F401 - installs its own warning filter; ours must come after it

    for category in (DeprecationWarning, PendingDeprecationWarning, FutureWarning):
        for module in (r"rasa.*", r"sanic.*", r"pkg_resources.*", r"tensorflow.*", r"keras.*", r"sklearn.*", r"google.*", r"flatbuffers.*", r"matplotlib.*", r"ruamel.*", r"jax.*", r"networkx.*"):
            warnings.filterwarnings("ignore", category=category, module=module)
    # Raised with a stack level that points into our own files or into importlib, so known by their words.
    for words in (r"pkg_resources is deprecated", r"Deprecated call to `pkg_resources", r"distutils Version classes", r"module 'sre_", r"'multi_class' was deprecated",
                  r"setParseAction|parseString|'?pyparsing"):
        warnings.filterwarnings("ignore", message=words)
