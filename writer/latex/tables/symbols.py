"""Units of measurement that are only recognised, never converted: ``mm``, ``g cm^-3``, ``dB``."""

from __future__ import annotations

import re

from writer.latex.words import words
from writer.model.printed import unit_at
from writer.model.rates import per_second
from writer.model.unit import unit as known

_STRONG = words(
    "nm um µm μm mm cm dm km ng µg μg ug mg kg nA µA μA uA mA µV μV uV mV kV pW nW µW μW uW mW "
    "kW MW GW fJ pJ nJ µJ μJ uJ mJ kJ MJ GJ Wh mWh kWh MWh GWh TWh Pa hPa kPa MPa GPa mN kN fF "
    "pF nF µF μF Ω kΩ MΩ mΩ ohm ohms mT µT μT mL ml dL µL μL uL mol mmol µmol μmol nmol mM µM "
    "μM nM eV meV keV MeV GeV TeV bit bits kbit Mbit Gbit Kb kb Mb Gb byte bytes ps fs mHz THz "
    "dB dBm dBi deg degree degrees rad mrad mas arcsec arcmin pc kpc Mpc AU yr yrs kyr Myr Gyr "
    "day days week weeks month months year years erg mag dex nat nats px pixel pixels voxel "
    "voxels ppm ppb rpm mph bpm mmHg Torr atm cal kcal ha bps Kbps kbps Mbps Gbps Tbps fps FPS "
    "FLOPs MFLOPs GFLOPs TFLOPs FLOPS MFLOPS GFLOPS TFLOPS MACs MMACs GMACs MAdds GOP GOPs GOPS "
    "TOPS IOPS QPS RPS TPS "
    "mAh Ah"
)
"""Symbols that are units wherever they fill parentheses."""

_WEAK = {
    "m": re.compile(
        r"length|dist|depth|height|error|width|range|altitude|radius|elevation|position|translation"
        r"|displacement|rmse|\bate\b|\brpe\b|\bade\b|\bfde\b",
        re.IGNORECASE,
    ),
    "g": re.compile(r"mass|weight", re.IGNORECASE),
    "V": re.compile(r"volt|potential|bias", re.IGNORECASE),
    "A": re.compile(r"current|ampere", re.IGNORECASE),
    "K": re.compile(r"temp|\bT_|\bTeff", re.IGNORECASE),
    "N": re.compile(r"force|thrust", re.IGNORECASE),
    "L": re.compile(r"volume", re.IGNORECASE),
    "d": re.compile(r"period|age\b|duration", re.IGNORECASE),
}
"""Letters that are units beside such words only: "Depth (m)", not "Queries (m)"."""

_FACTOR = re.compile(r"(?P<name>[^\W\d_]+)(?P<power>\^?-?\d|[²³])?")
_JOINT = re.compile(r"\s?[·⋅*]\s?|\s?/\s?|\s")
_BODY = re.compile(r"[MRL]_(?:⊙|⊕|☉|Jup|Earth|sun)")
_SHARE = re.compile(r"(?P<unit>[^/]+?)\s?(?:/|\bper\b)\s?(?P<thing>[A-Za-z]{2,14})\.?")
_LETTERS = frozenset("mgsAVWJNKTLhC")
_SAME = {"deg": "°", "degree": "°", "degrees": "°"}
MAX_SYMBOL = 30
"""Characters of a unit at most."""


def symbol(text: str, beside: str = "") -> str:
    """The unit that all of ``text`` is, or nothing.

    Args:
        text: what stands in parentheses.
        beside: the words before them.

    >>> symbol("mm"), symbol("g cm^-3"), symbol("ours"), symbol("m", "Depth"), symbol("m")
    ('mm', 'g cm^-3', '', 'm', '')
    """
    if len(text) > MAX_SYMBOL:
        return ""
    if text in _STRONG or _BODY.fullmatch(text):
        return _SAME.get(text, text)
    if text in _WEAK:
        return text if _WEAK[text].search(beside) else ""
    return text if _is_product(text) else _share(text)


def _is_product(text: str) -> bool:
    """Whether ``text`` is a product of units, at least one of which is beyond doubt."""
    position, sure = 0, False
    while True:
        match = _FACTOR.match(text, position)
        if match is None:
            return False
        name, power = match["name"], match["power"] or ""
        area = name == "m" and power.lstrip("^") in ("2", "3", "²", "³")
        sure = sure or name in _STRONG or area or (name in _LETTERS and "-" in power)
        if name not in _STRONG and name not in _LETTERS:
            return False
        position = match.end()
        if position == len(text):
            return sure
        joint = _JOINT.match(text, position)
        if joint is None:
            return False
        position = joint.end()


def _share(text: str) -> str:
    """A unit per thing: ``pJ/op``; without the thing where the unit can be converted, since
    the text then says "12 ms per frame"."""
    match = _SHARE.fullmatch(text)
    if match is None:
        return ""
    found = unit_at(match["unit"], 0)
    whole = found is not None and found[1] == len(match["unit"])
    unit = found[0] if found and whole else match["unit"] if match["unit"] in _STRONG else ""
    if not unit or unit == "x":
        return ""
    counts = known(unit).dimension.startswith("count:") or per_second(unit) is not None
    return f"{unit}/{match['thing'].lower()}" if counts else unit
