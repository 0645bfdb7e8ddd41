"""What a build found and what it cost, over a whole collection, from what is remembered of it.

It knows the order of the stages no more than their names, and reads one document at a time.
"""

from teiwright.surveying.gathering import Survey, survey
from teiwright.surveying.page import page
from teiwright.surveying.plot import plot

__all__ = ["Survey", "page", "plot", "survey"]
