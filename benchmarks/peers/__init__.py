"""The same records built by the site generators that a municipality could have chosen instead."""
