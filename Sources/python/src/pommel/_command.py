"""The command line, which the wheel carries as a program of its own."""

import os
import sys


def main() -> None:
    """Becomes the command."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin", "pommel")
    os.execv(path, ["pommel", *sys.argv[1:]])
