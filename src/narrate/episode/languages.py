"""Languages as ID3 names them: ISO 639-2, three letters."""

from __future__ import annotations

_PAIRS = """
aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul bh:bih
bi:bis bm:bam bn:ben bo:bod br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre cs:ces cu:chu cv:chv cy:cym da:dan
de:deu dv:div dz:dzo ee:ewe el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra
fy:fry ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:hye hz:her
ia:ina id:ind ie:ile ig:ibo ii:iii ik:ipk io:ido is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kg:kon ki:kik kj:kua
kk:kaz kl:kal km:khm kn:kan ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin
lo:lao lt:lit lu:lub lv:lav mg:mlg mh:mah mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya na:nau nb:nob
nd:nde ne:nep ng:ndo nl:nld nn:nno no:nor nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli
pl:pol ps:pus pt:por qu:que rm:roh rn:run ro:ron ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag si:sin sk:slk
sl:slv sm:smo sn:sna so:som sq:sqi sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir
tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol
wa:wln wo:wol xh:xho yi:yid yo:yor za:zha zh:zho zu:zul cmn:zho yue:zho
"""
_BY_TWO = dict(pair.split(":") for pair in _PAIRS.split())
"""ISO 639-1 to the terminological codes of ISO 639-2, and what Chinese voices are often tagged."""

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"))
_RTL_SCRIPTS = frozenset(("adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"))
_SCRIPT_LETTERS = 4


def iso_639_2(tag: str) -> str:
    """The ISO 639-2 code of a BCP 47 tag's language; "" if it has none.

    >>> iso_639_2("en-GB"), iso_639_2("haw"), iso_639_2("x-klingon"), iso_639_2("und"), iso_639_2("")
    ('eng', 'haw', '', '', '')
    """
    language = tag.lower().partition("-")[0]
    code = _BY_TWO.get(language, language)
    return code if len(code) == 3 and code.isascii() and code.isalpha() and code != "und" else ""  # noqa: PLR2004 - letters


def direction(tag: str) -> str:
    """Which way a language is written: "rtl" or "ltr", by its script subtag, else by the language.

    >>> direction("ar"), direction("az-Arab-IR"), direction("ar-Latn"), direction("en")
    ('rtl', 'rtl', 'ltr', 'ltr')
    """
    language, *subtags = tag.lower().split("-")
    script = next((subtag for subtag in subtags if len(subtag) == _SCRIPT_LETTERS and subtag.isalpha()), "")
    written_rtl = script in _RTL_SCRIPTS if script else language in _RIGHT_TO_LEFT
    return "rtl" if written_rtl else "ltr"


def differs(tag: str, other: str) -> bool:
    """Whether two tags are of different languages; regions do not count, and nothing differs from no tag.

    >>> differs("en-GB", "en"), differs("fr", "en"), differs("", "en")
    (False, True, False)
    """
    return bool(tag and other) and tag.lower().partition("-")[0] != other.lower().partition("-")[0]
