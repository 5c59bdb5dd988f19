"""Keep what today's program says of an archive: `python tests/golden/make_golden.py DIR ARCHIVE…`.

Run it once for each schema that is released, on archives that the examples made; the files are
never made anew afterwards. `changes.yaml` lists what was meant to change since.
"""

from __future__ import annotations

import json
import lzma
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
sys.path.insert(0, str(Path(__file__).parent))

from outputs import DAYS, outputs

from running import Hri


def main(target: Path, archives: list[Path]) -> None:
    """Compress each archive and its outputs into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    for given in archives:
        name = given.stem
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "archive.db"
            shutil.copy(given, archive)
            (target / f"{name}.db.xz").write_bytes(lzma.compress(given.read_bytes(), preset=9))
            said = outputs(Hri(archive, today=DAYS[name]), name, Path(folder))
        text = json.dumps(said, ensure_ascii=False, indent=0)
        (target / f"{name}.json.xz").write_bytes(lzma.compress(text.encode(), preset=9))
        print(f"{name}: {len(said)} outputs, {sum(map(len, said.values()))} lines")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
