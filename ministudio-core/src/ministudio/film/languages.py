"""Language tags as people write them (BCP 47) and as MP4 wants them (ISO 639-2/T)."""

from __future__ import annotations

from typing import Final

__all__ = ["UNDETERMINED", "three_letter_code"]

UNDETERMINED: Final = "und"

_PAIRS: Final = """
af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces cy:cym da:dan de:deu el:ell
en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fr:fra ga:gle gl:glg gu:guj ha:hau he:heb hi:hin
hr:hrv hu:hun hy:hye id:ind ig:ibo is:isl it:ita ja:jpn ka:kat kk:kaz km:khm kn:kan ko:kor ky:kir
la:lat lo:lao lt:lit lv:lav mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya nb:nob ne:nep nl:nld
nn:nno no:nor pa:pan pl:pol ps:pus pt:por ro:ron ru:rus rw:kin si:sin sk:slk sl:slv so:som sq:sqi
sr:srp sv:swe sw:swa ta:tam te:tel tg:tgk th:tha tk:tuk tr:tur uk:ukr ur:urd uz:uzb vi:vie xh:xho
yo:yor zh:zho zu:zul
"""
_CODES: Final = dict(pair.split(":") for pair in _PAIRS.split())


def three_letter_code(tag: str) -> str:
    """Return the three-letter code of a BCP 47 tag: ``en-GB`` gives ``eng``.

    A tag whose language has three letters already gives those; an unknown one gives ``und``,
    which MP4 has for "undetermined".
    """
    language = tag.replace("_", "-").split("-")[0].casefold()
    if language in _CODES:
        return _CODES[language]
    plain = len(language) == len(UNDETERMINED) and language.isascii() and language.isalpha()
    return language if plain else UNDETERMINED
