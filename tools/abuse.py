"""Send many hostile forms and files to the portal and look what they do: `make abuse`. ABUSE_TIMES says how many."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIMES = "10000"


def main():
    import pytest

    os.chdir(ROOT)
    os.environ.setdefault("ABUSE_TIMES", TIMES)
    # Thousands of refusals are no news.
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    return pytest.main(["-q", "-s", "-p", "no:cacheprovider", "-p", "no:logging", "tests/regels/test_asking_abuse.py"])


if __name__ == "__main__":
    sys.exit(main())
