"""Units of measure: what one and several of them are called, and what may stand before and behind them."""

from __future__ import annotations


def _table(rows: str) -> dict[str, tuple[str, str]]:
    """Units in lines: signs with blanks between, a colon, the name of one, and that of several where it takes more than an s.

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
nm: nanometer
ft ft.: foot, feet
yd yds yd.: yard
mi: mile
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
st: stone, stone
l L: liter
ml mL: milliliter
cl cL: centiliter
dl dL: deciliter
hl hL: hectoliter
gal gal.: gallon
qt: quart
pt: pint
tsp tsp.: teaspoon
tbsp tbsp. Tbsp: tablespoon
cc: cubic centimeter
s sec sec. secs: second
ms: millisecond
μs µs: microsecond
ns: nanosecond
min mins min.: minute
h hr hrs hr. hrs.: hour
yr yrs yr. yrs.: year
mo mos: month
wk wks: week
km/h kmh kph km/hr: kilometer per hour, kilometers per hour
mph: mile per hour, miles per hour
mpg: mile per gallon, miles per gallon
kn kt kts: knot
Hz hz: hertz, hertz
kHz: kilohertz, kilohertz
MHz: megahertz, megahertz
GHz: gigahertz, gigahertz
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
kb Kb kbit: kilobit
Mb Mbit: megabit
Gb Gbit: gigabit
kbps Kbps kbit/s kb/s: kilobit per second, kilobits per second
Mbps Mbit/s Mb/s mbps: megabit per second, megabits per second
Gbps Gbit/s Gb/s gbps: gigabit per second, gigabits per second
sq.: square
K: kelvin, kelvin
pH: P H, P H
mmHg: millimeter of mercury, millimeters of mercury
pp: percentage point
bp bps: basis point
in²: square inch, square inches
sqft sq.ft.: square foot, square feet
cuft cu.ft.: cubic foot, cubic feet
cwt: hundredweight, hundredweight
kt. : kiloton
Mt: megaton
tn: ton
""")
"""By their signs, in American spelling; a sign holds in the case in which it stands here."""

WORDY = frozenset({"st", "mi", "gr", "hz", "bar", "cal", "tn", "A", "N", "F", "B", "J", "t", "mo", "MP", "cd", "kn"})
WORDY |= frozenset(
    {"bps", "bp", "pp", "K", "V", "s", "pt", "l", "h", "W", "L", "g", "m", "sq.", "lm", "ns", "EB", "pH", "lx", "Gy"}
)
"""Signs that are also words, letters or suffixes: only where what stands round them allows it."""

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
"""Behind a stroke."""

POWERS = {"²": "square", "2": "square", "^2": "square", "³": "cubic", "3": "cubic", "^3": "cubic"}

BRITISH = (("meter", "metre"), ("liter", "litre"))
"""Where the British spell otherwise."""
