"""Any Rasa command without the noise of its pinned packages: python -m bot.rasa_command train …"""

from __future__ import annotations

import sys


def main() -> None:
    """Runs `rasa <arguments>`."""
    from bot.quiet import quiet

    quiet()
    from rasa.__main__ import main as rasa

    sys.argv[0] = "rasa"
    sys.path.insert(0, ".")
    rasa()


if __name__ == "__main__":
    main()
