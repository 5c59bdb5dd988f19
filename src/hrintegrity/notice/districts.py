"""The eighteen units of annex 2, in its order, and how people name them.

Offices and number prefixes are the project's defaults; an office may set its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrintegrity.text import fold

_BUREAU = "人力资源和社会保障局"


@dataclass(frozen=True)
class District:
    """A unit of annex 2: sixteen districts and counties, 开发区, and the city for its own agencies.

    `name` is the notice's, `later_name` the one since a county became a district at the end of
    2015. `is_place` is False for `municipal`, which is who is responsible, not a place. `office`
    and `number_stem` (海人社, as in 海人社诚评〔2013〕1号) are the project's defaults.
    """

    code: str
    name: str
    office: str
    number_stem: str
    other_names: tuple[str, ...] = ()
    later_name: str | None = None
    is_place: bool = True

    @property
    def assessment_prefix(self) -> str:
        """The default prefix of assessment notices."""
        return self.number_stem + "诚评"

    @property
    def sanction_prefix(self) -> str:
        """The default prefix of sanction decisions."""
        return self.number_stem + "诚惩"


def _district(code: str, name: str, number_stem: str, later_name: str | None = None) -> District:
    office = f"北京市{name}{_BUREAU}"
    return District(
        code=code,
        name=name,
        office=office,
        number_stem=number_stem,
        other_names=(name[:-1],),
        later_name=later_name,
    )


DISTRICTS = (
    District(
        "municipal",
        "市属机构",
        f"北京市{_BUREAU}",
        "京人社",
        ("市属", "市人社局", "市人力社保局", f"市{_BUREAU}"),
        is_place=False,
    ),
    _district("dongcheng", "东城区", "东人社"),
    _district("xicheng", "西城区", "西人社"),
    _district("chaoyang", "朝阳区", "朝人社"),
    _district("haidian", "海淀区", "海人社"),
    _district("fengtai", "丰台区", "丰人社"),
    _district("shijingshan", "石景山区", "石人社"),
    _district("mentougou", "门头沟区", "门人社"),
    _district("fangshan", "房山区", "房人社"),
    _district("tongzhou", "通州区", "通人社"),
    _district("shunyi", "顺义区", "顺人社"),
    _district("changping", "昌平区", "昌人社"),
    _district("daxing", "大兴区", "兴人社"),
    _district("pinggu", "平谷区", "平人社"),
    _district("huairou", "怀柔区", "怀人社"),
    _district("miyun", "密云县", "密人社", "密云区"),
    _district("yanqing", "延庆县", "延人社", "延庆区"),
    District(
        "kaifaqu",
        "开发区",
        "北京经济技术开发区人事劳动和社会保障局",
        "开人劳社",
        ("经开区", "经开", "经济技术开发区", "亦庄", "亦庄开发区", "亦庄经济技术开发区"),
    ),
)

REGIONS = {
    **{
        f"1101{number:02}": code
        for number, code in (
            (1, "dongcheng"), (2, "xicheng"), (3, "dongcheng"), (4, "xicheng"), (5, "chaoyang"),
            (6, "fengtai"), (7, "shijingshan"), (8, "haidian"), (9, "mentougou"), (11, "fangshan"),
            (12, "tongzhou"), (13, "shunyi"), (14, "changping"), (15, "daxing"), (16, "huairou"),
            (17, "pinggu"), (18, "miyun"), (19, "yanqing"),
        )
    },
    "110228": "miyun",
    "110229": "yanqing",
}  # fmt: skip
"""Districts by their digits in codes (GB/T 2260), those of former places too."""

BY_CODE = {district.code: district for district in DISTRICTS}
PLACES = tuple(district for district in DISTRICTS if district.is_place)

_MERGED = {
    "崇文": "崇文区已于2010年并入东城区，请写东城区",
    "宣武": "宣武区已于2010年并入西城区，请写西城区",
}


def _names(district: District) -> list[str]:
    names = [district.name, *district.other_names]
    if district.later_name:
        names.append(district.later_name)
    names += [city + name for city in ("北京市", "北京") for name in names]
    return [district.code, district.office, *names]


_BY_NAME = {name: district for district in DISTRICTS for name in _names(district)}


def find_district(text: str) -> District:
    """Return the district of a name (朝阳区, 朝阳, 北京市朝阳区, 密云区, 亦庄) or a code.

    Raises ValueError with a Chinese reason; 崇文区 and 宣武区 are told where they went in 2010.
    """
    found = _BY_NAME.get(text)
    if found is None:
        name = "".join(fold(text).split()).casefold()
        found = _BY_NAME.get(name)
        if found is None:
            bare = name.removeprefix("北京市").removeprefix("北京").removesuffix("区")
            raise ValueError(_MERGED.get(bare, f"没有这个区县：{text.strip()}"))
    return found
