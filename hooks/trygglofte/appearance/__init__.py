"""A municipality's own colour and logo: whether the colour can be read, and whether the logo is only a picture.

Pure: colours and bytes in, values out. Which problem it is, is for `rules.appearance`; the style sheet and the
picture themselves are made by `outputs.look`.
"""

from trygglofte.appearance.colours import (
    DARK_PAPERS,
    LEAST_CONTRAST,
    LIGHT_PAPERS,
    contrast,
    for_dark,
    is_readable,
    nearest_readable,
)
from trygglofte.appearance.logos import MAX_LOGO, Fault, Logo, fault_in, size_of

__all__ = [
    "DARK_PAPERS",
    "LEAST_CONTRAST",
    "LIGHT_PAPERS",
    "MAX_LOGO",
    "Fault",
    "Logo",
    "contrast",
    "fault_in",
    "for_dark",
    "is_readable",
    "nearest_readable",
    "size_of",
]
