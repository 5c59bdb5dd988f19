"""All benchmarks, one after the other: `python -m benchmarks`, which is `make bench`.

Each prints ratios measured side by side in one run; nothing here passes or fails.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path


def main() -> None:
    names = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    for name in names:
        if name != "__main__":
            module = importlib.import_module(f"benchmarks.{name}")
            print(f"\n== {(module.__doc__ or name).splitlines()[0]}")
            module.main()


if __name__ == "__main__":
    main()
