"""What published grounds may not say: names of people, telephones, identity numbers.

The notice has exposures made public (三(八)2); about whom else than the agency it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from hrintegrity.text import fold

NUMBER = "××"
# Days, spans of years and sums of money are no telephones.
_HARMLESS = (
    r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}"
    r"|(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2}(?![0-9])"
    r"|(?<![0-9])[0-9]{1,10}(?=(?:\.[0-9]+)?\s*[余多]?[万亿]?元)"
)
_NUMBER = r"(?<![0-9])[0-9](?:[ -]?[0-9]){6,}[Xx]?(?![0-9])"
_ADDRESS = r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_SHORTEST = 2


def masked(text: str, *, own: Collection[str], people: Mapping[str, str]) -> str:
    """Return `text` with names, telephones, addresses and identity numbers replaced.

    `people` gives what stands in place of each name or contact; `own` are the agency's names and
    code, which are public and stay, also where one of them holds a name. Names of one character are
    passed over: they would be found in any text.
    """
    groups = [_any(own), _HARMLESS, _any(people), f"{_ADDRESS}|{_NUMBER}"]
    pattern = "|".join(f"({group})" for group in groups)
    instead = {_key(name): word for name, word in people.items()}
    found: list[str] = []
    place = 0
    # A character is compared as its half-width form, which is as long.
    for match in re.finditer(pattern, fold(text), re.IGNORECASE):
        person, number = match[3], match[4]
        if person is None and number is None:
            continue
        found.append(text[place : match.start()])
        found.append(NUMBER if person is None else instead[_key(person)])
        place = match.end()
    return "".join(found) + text[place:]


def _any(texts: Collection[str]) -> str:
    """Return a pattern for any of the texts, the longest first, blanks within them or not."""
    keys = sorted({_key(text) for text in texts}, key=lambda key: (-len(key), key))
    patterns = [r"\s*".join(map(re.escape, key)) for key in keys if len(key) >= _SHORTEST]
    return "|".join(patterns) or r"(?!)"


def _key(text: str) -> str:
    return "".join(fold(text).split()).casefold()
