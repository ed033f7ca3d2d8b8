from chibo.analysis import BookRefusedError as BookRefusedError
from chibo.analysis import Library as Library
from chibo.analysis import Office as Office
from chibo.analysis import OpenBook as OpenBook
from chibo.analysis import RefusedBooksWarning as RefusedBooksWarning
from chibo.analysis import SampleBooksWarning as SampleBooksWarning
from chibo.analysis import check as check
from chibo.analysis import consolidate as consolidate
from chibo.analysis import facts as facts
from chibo.analysis import open_book as open_book
from chibo.analysis import open_office as open_office
from chibo.analysis import score as score
from chibo.analysis import what_if as what_if
from chibo.analysis import write_return as write_return

__version__: str
