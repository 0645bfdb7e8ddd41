"""What can be corrected without a thought: names in the wrong case, dates without a nought, a missing namespace.

Bytes are replaced where they stand, so that all others stay; the text is never touched.
"""

from teiwright.fixing.correcting import Corrected, correct

__all__ = ["Corrected", "correct"]
