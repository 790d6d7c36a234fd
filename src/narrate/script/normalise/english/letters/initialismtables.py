"""Capitals that voices misread inside a sentence, as tried with eSpeak NG, which Piper reads with as well.

eSpeak spells capitals of up to three letters, function words apart, and longer ones that it cannot say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.script.normalise.english.letters.context import words

if TYPE_CHECKING:
    from collections.abc import Mapping

SPELLED = words(
    "WHO USGS USPS FDIC IAEA ACLU AARP COPD BYOB AKA ICBM UNLV USMCA OSCE AU EITC USSC ECOWAS USDOT UCSF UAPB "
    "AFSCME AAUP AAAS ABBA IAAF EASA EIOPA ESMA ACAS IPSO AFLO UEA UAEM IEDs IIHF IAAC UCAS EULA OAUTH IPSA USCIS "
    "USAF USMC USCG USNS USPTO USTR USSF UMBC UCSB UCSC UTEP UNCC AAPI BIPOC AIPA ASMR ADAS IMSI IMEI EBIT EPDM "
    "APRN AOSP IDSA IPTV OBGYN EMEA APAC "
    "IOER EEOC RAAF ACCA IMHO AEST WUSA"
) - {"ECOWAS", "ABBA", "BIPOC", "EASA", "ESMA", "EULA", "OAUTH", "APAC", "EBIT", "ADAS", "UCAS", "IEDs", "EMEA"}
"""Spelled; voices say them as words."""

SAID: Mapping[str, str] = {
    **{word: word.lower() for word in words("SIM PIN RAM ROM ZIP COP LAN WAN CAD HUD ICE SAG ACE TED SAM TOR GAN")},
    "FTSE": "Footsie",
    "PAC": "pack",
    "PACs": "packs",
    "USAID": "U S aid",
    "NHTSA": "Nitsa",
    "NIMH": "N.I.M.H",
    "NCAA": "N.C double A",
    "IEEE": "I triple E",
    "AAA": "triple A",
    "IMDb": "I.M.D.B",
    "WWI": "World War One",
    "WWII": "World War Two",
    "WW1": "World War One",
    "WW2": "World War Two",
    "WW3": "World War Three",
    "PhD": "P.H.D",
    "PhDs": "P.H D's",
    "Ph.D": "P.H.D",
    "Ph.Ds": "P.H D's",
    "M.Sc": "M.S.C",
    "B.Sc": "B.S.C",
}
"""Said as words, though voices spell them, or in a way of their own. A full stop after one stays."""

PLURALS: Mapping[str, str] = {
    **{f"{word}s": f"{word.lower()}s" for word in words("SIM PIN RAM ROM CAT COP LAN WAN SAM ACE CAR")},
    "SPACs": "spacks",
    "MOOCs": "mooks",
    "REITs": "reets",
    "ASICs": "ay-sicks",
    "JPEGs": "jay-pegs",
    "GUIs": "gooeys",
    "GIFs": "giffs",
    "NIMBYs": "nimbies",
    "YIMBYs": "yimbies",
    "WASPs": "wasps",
    "LASERs": "lasers",
    "FOIAs": "foyas",
    "BIDs": "bids",
}
"""Plurals that are words; of others every letter is said, and the last with an s."""

EMPHASISED = words(
    "ago aid air arm art ask ate axe bad bag ban bar bat bay bed beg bet big bit box boy buy cap car cat cut day die "
    "dig dog dry due ear eat egg ego end eye fan far fat fed few fit fix fly fun gap gas get god got gun guy had hat "
    "hey hit hot ill jam jet job joy key kid lab lap law lay leg let lie lip lot low mad man map men met mix mom mud "
    "net new nut odd off oil old our out own pay pie pig pop pot put ran raw red rid row rub run sad saw say sea see "
    "set sit six sky sum sun tea ten tie tip toe top toy try two use vow war was way wet why win wit won yes yet"
)
"""Words that are written in capitals to be stressed, and that voices spell then."""
