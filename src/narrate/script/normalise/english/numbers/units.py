"""Units of measure: what one and several of them are called, and what may stand before and behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale


def _table(rows: str) -> dict[str, tuple[str, str]]:
    """Units in lines: signs with blanks between, a colon, the name of one, and of several if not with an s.

    >>> _table("ft ft.: foot, feet")["ft."]
    ('foot', 'feet')
    """
    table = {}
    for row in rows.strip().splitlines():
        signs, names = row.split(":")
        one, _, many = names.strip().partition(", ")
        table.update(dict.fromkeys(signs.split(), (one, many or f"{one}s")))
    return table


UNITS = _table("""
km: kilometer
m: meter
cm: centimeter
mm: millimeter
μm µm: micrometer
Å: angstrom
bpm: beat per minute, beats per minute
nm: nanometer
ft ft.: foot, feet
yd yds yd.: yard
mi mi.: mile
nmi: nautical mile
ly: light year
ha: hectare
kg kgs: kilogram
g: gram
gr: gram
mg: milligram
μg µg mcg: microgram
t: tonne
lb lbs lb. lbs.: pound
oz oz.: ounce
l L: liter
ml mL: milliliter
cl cL: centiliter
dl dL: deciliter
hl hL: hectoliter
gal gal.: gallon
qt qt.: quart
pt: pint
tsp tsp.: teaspoon
tbsp tbsp. Tbsp Tbsp.: tablespoon
cc: cubic centimeter
s sec sec. secs secs.: second
ms: millisecond
μs µs: microsecond
ns: nanosecond
min mins min. mins.: minute
h hr hrs hr. hrs.: hour
yr yrs yr. yrs.: year
mo mos: month
wk wks: week
km/h kmh kph km/hr: kilometer per hour, kilometers per hour
mph: mile per hour, miles per hour
mpg: mile per gallon, miles per gallon
kn kt kts: knot
Hz hz: hertz, hertz
kHz khz Khz: kilohertz, kilohertz
MHz Mhz: megahertz, megahertz
GHz Ghz: gigahertz, gigahertz
THz: terahertz, terahertz
V: volt
kV: kilovolt
mV: millivolt
W: watt
kW: kilowatt
MW: megawatt
GW: gigawatt
TW: terawatt
mW: milliwatt
Wh: watt hour
kWh kwh KWh: kilowatt hour
MWh: megawatt hour
GWh: gigawatt hour
TWh: terawatt hour
A: amp
mA: milliamp
mAh: milliamp hour
J: joule
kJ: kilojoule
MJ: megajoule
cal: calorie
kcal: kilocalorie
N: newton
kN: kilonewton
Nm N·m: newton meter
Pa: pascal
hPa: hectopascal
kPa: kilopascal
MPa: megapascal
GPa: gigapascal
psi: P S I, P S I
mbar: millibar
bar: bar
atm: atmosphere
hp: horsepower, horsepower
bhp: brake horsepower, brake horsepower
dB db: decibel
dBA: decibel
eV: electronvolt
keV: kiloelectronvolt
MeV: megaelectronvolt
GeV: gigaelectronvolt
TeV: teraelectronvolt
Ω: ohm
kΩ: kiloohm
F: farad
μF µF: microfarad
mol: mole
mmol: millimole
ppm: part per million, parts per million
ppb: part per billion, parts per billion
rpm RPM: R P M, R P M
fps: frame per second, frames per second
dpi: D P I, D P I
px: pixel
MP: megapixel
Mpx: megapixel
lx: lux, lux
lm: lumen
cd: candela
Sv: sievert
mSv: millisievert
μSv µSv: microsievert
Gy: gray
Bq: becquerel
B: byte
kB KB: kilobyte
MB: megabyte
GB: gigabyte
TB: terabyte
PB: petabyte
EB: exabyte
KiB: kibibyte
MiB: mebibyte
GiB: gibibyte
TiB: tebibyte
bit: bit
bit/s: bit per second, bits per second
bbl bbl.: barrel
kb Kb kbit: kilobit
Mb Mbit: megabit
Gb Gbit: gigabit
kbps Kbps kbit/s kb/s: kilobit per second, kilobits per second
Mbps Mbit/s Mb/s mbps: megabit per second, megabits per second
Gbps Gbit/s Gb/s gbps: gigabit per second, gigabits per second
K: kelvin, kelvin
pH: P H, P H
mmHg: millimeter of mercury, millimeters of mercury
pp: percentage point
bp bps: basis point
sqft sq.ft.: square foot, square feet
cuft cu.ft.: cubic foot, cubic feet
st: stone, stone
cwt: hundredweight, hundredweight
Mt: megaton
in in.: inch, inches
""")
"""By their signs, in American spelling; a sign holds in the case in which it stands here."""

PER = {
    "s": "second",
    "h": "hour",
    "hr": "hour",
    "min": "minute",
    "d": "day",
    "day": "day",
    "yr": "year",
    "year": "year",
}
PER |= {"sec": "second", "week": "week", "month": "month", "hour": "hour", "minute": "minute", "second": "second"}
PER |= {
    "kg": "kilogram",
    "g": "gram",
    "l": "liter",
    "L": "liter",
    "dl": "deciliter",
    "dL": "deciliter",
    "ml": "milliliter",
}
PER |= {
    "mL": "milliliter",
    "m": "meter",
    "cm": "centimeter",
    "km": "kilometer",
    "mi": "mile",
    "ft": "foot",
    "kWh": "kilowatt hour",
}
PER |= {"lb": "pound", "gal": "gallon", "ha": "hectare", "K": "kelvin", "mol": "mole", "in": "inch", "mm": "millimeter"}
PER |= {"person": "person", "capita": "capita", "acre": "acre", "mile": "mile", "100ml": "one hundred milliliters"}
PER |= {"unit": "unit", "game": "game", "user": "user", "μl": "microliter", "µl": "microliter", "sq": "square"}
PER |= {"wk": "week", "mo": "month"}
"""Behind a stroke."""

POWERS = {"²": "square", "2": "square", "^2": "square", "³": "cubic", "3": "cubic", "^3": "cubic"}

BRITISH = (("meter", "metre"), ("liter", "litre"))
"""Where the British spell otherwise."""

_RAISED = {"square": "squared", "cubic": "cubed"}
_TIMES = frozenset({"s", "h", "min"})
_RATE = re.compile(r"/\s?(?P<unit>[^\d²³^]+)(?P<power>[²³]|\^?[23])?")


def localised(said: str, locale: Locale) -> str:
    """The same in the spelling of the region."""
    for american, british in BRITISH if locale.british else ():
        said = said.replace(american, british)
    return said


def unit_name(sign: str, power: str | None, *, many: bool) -> str | None:
    """The name of a unit, or of its square or cube; None where there is no such unit.

    >>> unit_name("km", "²", many=True), unit_name("ft", None, many=False), unit_name("xx", None, many=True)
    ('square kilometers', 'foot', None)
    """
    if sign not in UNITS:
        return None
    return (f"{POWERS[power]} " if power else "") + UNITS[sign][many]


def rate_name(written: str | None) -> str | None:
    """What is said for a stroke and a unit, or two of them; None where it is none.

    >>> rate_name("/h"), rate_name("/m³"), rate_name("/s²"), rate_name("/or"), rate_name("/kg/day")
    (' per hour', ' per cubic meter', ' per second squared', None, ' per kilogram per day')
    """
    if not written:
        return ""
    if written.count("/") > 1:
        rates = [rate_name(f"/{each}") for each in written[1:].split("/")]
        return "".join(rate or "" for rate in rates) if all(rates) else None
    found = _RATE.fullmatch(written)
    if found is None or found["unit"] not in PER:
        return None
    power = POWERS[found["power"]] if found["power"] else ""
    if power and found["unit"] in _TIMES:
        return f" per {PER[found['unit']]} {_RAISED[power]}"
    return f" per {power} {PER[found['unit']]}".replace("  ", " ")
