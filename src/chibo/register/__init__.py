"""Floor 1: the register of units and people, dated: any question about it is asked as of a day."""

from chibo.register.people import Assignment, People, Person, Role
from chibo.register.register import Alias, Register
from chibo.register.tree import Unit, UnitTree, unit_key
from chibo.register.units import ChangeOfUnit, UnitChange, UnitLevel, Units, UnitSpan

__all__ = [
    "Alias",
    "Assignment",
    "ChangeOfUnit",
    "People",
    "Person",
    "Register",
    "Role",
    "Unit",
    "UnitChange",
    "UnitLevel",
    "UnitSpan",
    "UnitTree",
    "Units",
    "unit_key",
]
