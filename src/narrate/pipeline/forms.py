"""Which files an episode is made as: formats by name, each at a bit rate."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from narrate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.episode.formats.format import Coder, Format
    from narrate.settings import Settings


@dataclass(frozen=True, slots=True)
class Form:
    """A format and what encodes it here."""

    format: Format
    coder: Coder

    @property
    def name(self) -> str:
        """Of the format."""
        return self.format.name


def forms_of(settings: Settings, formats: Mapping[str, Format]) -> tuple[Form, ...]:
    """The formats that are asked for as ``mp3`` or ``mp3:64, opus``, the enclosure's first.

    Raises:
        UsageError: there is no such format or bit rate, or one format is named twice.
        PlatformError: a library that it needs is missing.
    """
    wanted = [name.strip().lower() for name in settings.formats.split(",") if name.strip()]
    if not wanted:
        raise UsageError(f"no format is named; there are: {', '.join(formats)}")
    forms = tuple(_form(name, formats, 2 if settings.stereo else 1) for name in wanted)
    for position, form in enumerate(forms):
        if form.name in {other.name for other in forms[:position]}:
            raise UsageError(f"the format '{form.name}' is named twice; an episode has one file of each")
    return forms


def form_named(name: str, formats: Mapping[str, Format], channels: int) -> Form:
    """A format at its usual bit rate. Raises as `forms_of`."""
    return _form(name, formats, channels)


def _form(wanted: str, formats: Mapping[str, Format], channels: int) -> Form:
    name, _, rate = wanted.partition(":")
    if name not in formats:
        near = get_close_matches(name, formats, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(formats)}"
        raise UsageError(f"there is no format '{name}'; {hint}")
    form = formats[name]
    return Form(form, form.coder(_kbps(form, rate, channels), channels))


def _usual_kbps(rates_kbps: Sequence[int], channels: int) -> int:
    """The first rate; for two channels the lowest that is a third more: voices in the middle cost little more than one.

    >>> _usual_kbps((96, 64, 128, 112, 320), 1), _usual_kbps((96, 64, 128, 112, 320), 2)
    (96, 128)
    """
    if channels == 1:
        return rates_kbps[0]
    return min((rate for rate in rates_kbps if 3 * rate >= 4 * rates_kbps[0]), default=max(rates_kbps))


def _kbps(form: Format, rate: str, channels: int) -> int:
    rates = [str(each) for each in form.rates_kbps]
    if not rate:
        return _usual_kbps(form.rates_kbps, channels) if rates else 0
    if not rates:
        raise UsageError(f"the format '{form.name}' throws nothing away and has no bit rate; write '{form.name}'")
    if rate.removesuffix("k") not in rates:
        allowed = ", ".join(sorted(rates, key=int))
        raise UsageError(f"'{form.name}:{rate}' is no bit rate of '{form.name}'; allowed are, in kbit/s: {allowed}")
    return int(rate.removesuffix("k"))
