"""Currencies: their signs and codes, and what one and several of them and of their parts are called."""

from __future__ import annotations

from typing import NamedTuple


class Currency(NamedTuple):
    """One, several, one hundredth, several hundredths; the last two are empty where nobody says them."""

    one: str
    many: str
    cent: str = ""
    cents: str = ""


def _dollar(country: str = "") -> Currency:
    space = f"{country} " if country else ""
    return Currency(f"{space}dollar", f"{space}dollars", "cent", "cents")


def _alike(name: str) -> Currency:
    return Currency(name, name)


_POUND = Currency("pound", "pounds", "penny", "pence")
_EURO = Currency("euro", "euros", "cent", "cents")
_YEN, _YUAN, _WON = _alike("yen"), _alike("yuan"), _alike("won")
_RUPEE = Currency("rupee", "rupees", "paisa", "paise")
_FRANC = Currency("Swiss franc", "Swiss francs", "centime", "centimes")

SIGNS = {
    "US$": _dollar("US"),
    "$US": _dollar("US"),
    "$USD": _dollar("US"),
    "$A": _dollar("Australian"),
    "$AUD": _dollar("Australian"),
    "$NZ": _dollar("New Zealand"),
    "$C": _dollar("Canadian"),
    "$CAD": _dollar("Canadian"),
    "A$": _dollar("Australian"),
    "AU$": _dollar("Australian"),
    "C$": _dollar("Canadian"),
    "CA$": _dollar("Canadian"),
    "NZ$": _dollar("New Zealand"),
    "HK$": _dollar("Hong Kong"),
    "S$": _dollar("Singapore"),
    "NT$": _dollar("Taiwan"),
    "R$": Currency("real", "reais", "centavo", "centavos"),
    "$": _dollar(),
    "£": _POUND,
    "€": _EURO,
    "¥": _YEN,
    "円": _YEN,
    "₹": _RUPEE,
    "₩": _WON,
    "₽": Currency("rouble", "roubles"),
    "₺": Currency("lira", "lira"),
    "₪": Currency("shekel", "shekels"),
    "₫": _alike("dong"),
    "₱": Currency("peso", "pesos"),
    "₦": _alike("naira"),
    "฿": _alike("baht"),
    "₿": Currency("bitcoin", "bitcoins"),
    "₴": _alike("hryvnia"),
}
"""Before the number, or behind it."""

CODES = {
    "USD": _dollar("US"),
    "AUD": _dollar("Australian"),
    "CAD": _dollar("Canadian"),
    "NZD": _dollar("New Zealand"),
    "HKD": _dollar("Hong Kong"),
    "SGD": _dollar("Singapore"),
    "GBP": _POUND,
    "EUR": _EURO,
    "JPY": _YEN,
    "CNY": _YUAN,
    "RMB": _YUAN,
    "CHF": _FRANC,
    "INR": Currency("Indian rupee", "Indian rupees", "paisa", "paise"),
    "KRW": _WON,
    "RUB": Currency("rouble", "roubles"),
    "BRL": Currency("Brazilian real", "Brazilian reais"),
    "MXN": Currency("Mexican peso", "Mexican pesos"),
    "ZAR": _alike("rand"),
    "SEK": Currency("Swedish krona", "Swedish kronor"),
    "NOK": Currency("Norwegian krone", "Norwegian kroner"),
    "DKK": Currency("Danish krone", "Danish kroner"),
    "PLN": Currency("zloty", "zlotys"),
    "CZK": Currency("Czech koruna", "Czech korunas"),
    "HUF": Currency("forint", "forints"),
    "TRY": Currency("lira", "lira"),
    "ILS": Currency("shekel", "shekels"),
    "THB": _alike("baht"),
    "AED": Currency("dirham", "dirhams"),
    "SAR": Currency("riyal", "riyals"),
    "Rs": _RUPEE,
    "Rs.": _RUPEE,
}
"""Before or behind the number, with a blank or without."""

SCALES = {
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "mln": "million",
    "mm": "million",
    "b": "billion",
    "bn": "billion",
    "bln": "billion",
    "t": "trillion",
    "tn": "trillion",
    "trn": "trillion",
    **{
        word: word for word in ("hundred", "thousand", "million", "billion", "trillion", "quadrillion", "crore", "lakh")
    },
    **{f"{word}s": word for word in ("million", "billion")},
}
"""Behind the number, in any case; short ones only directly behind it or after one blank."""
