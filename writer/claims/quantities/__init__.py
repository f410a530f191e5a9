"""Find the quantities in a sentence: value, printed precision, unit, form and hedge.

The scanner knows no data: what it finds is measured alone, and a quantity that
it misses cannot be checked by anyone further up.
"""

from writer.claims.quantities.hedges import MOST_HEDGE, REACH
from writer.claims.quantities.quantity import Quantity
from writer.claims.quantities.scan import quantities
from writer.claims.quantities.spelled import SPELLED
from writer.claims.quantities.units import PHYSICAL

__all__ = ["MOST_HEDGE", "PHYSICAL", "REACH", "SPELLED", "Quantity", "quantities"]
