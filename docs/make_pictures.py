"""Write docs/pictures: the papers as they print, from the specimens of their templates; screens.

`make pictures`; needs the extra `pdf` and poppler's pdftoppm.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from hrintegrity.documents import compose, to_pdf
from hrintegrity.documents.render import specimens

FOLDER = Path(__file__).parent / "pictures"
COLOURS = 24
PAPERS = {
    "notice": ("assess/notice", 0),
    "sheet": ("assess/sheet", 0),
    "served": ("assess/served", 0),
    "form": ("recommend/form", 0),
    "decision": ("sanction/decision", 0),
    "decision-licence": ("sanction/decision", 1),
    "rectify": ("sanction/decision", 2),
    "beforehand": ("sanction/beforehand", 0),
    "hearing": ("sanction/beforehand", 1),
    "annulment": ("sanction/annulment", 0),
    "case-contents": ("sanction/contents", 0),
    "conferral": ("recommend/conferral", 0),
    "revocation": ("recommend/revocation", 0),
    "dossier": ("dossier/dossier", 0),
    "staff-dossier": ("staff/dossier", 0),
    "inspection": ("inspect/form", 0),
    "order": ("inspect/order", 0),
    "reply": ("complaint/reply", 0),
    "bulletin": ("campaign/bulletin", 0),
    "pledge": ("pledge/agency", 0),
    "pledge-staff": ("pledge/staff", 0),
    "poster": ("report/poster", 1),
    "summary": ("report/month", 0),
    "summary-city": ("report/month", 1),
}
"""Each picture's name: the template, and which of its specimens."""


def main() -> None:
    """Replace all pictures, one for each page."""
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        for name, (template, place) in PAPERS.items():
            paper = Path(folder) / f"{name}.pdf"
            paper.write_bytes(to_pdf(compose(template, specimens(template)[place])))
            subprocess.run(["pdftoppm", "-r", "75", "-png", paper, Path(folder) / name], check=True)
        for page in sorted(Path(folder).glob("*.png")):
            with Image.open(page) as picture:
                picture.quantize(COLOURS).save(FOLDER / page.name, optimize=True)


if __name__ == "__main__":
    import make_screens

    main()
    make_screens.main()
