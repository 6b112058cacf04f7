"""The command `trygglofte`. Reads the clock and the environment; nothing else does.

`commands` builds and serves, `checking` checks, `editing` and `starting` help those who write;
`swedish` is how the command line is spoken of.
"""

from trygglofte.cli.checking import check
from trygglofte.cli.commands import main
from trygglofte.cli.editing import fmt, forklara, schema
from trygglofte.cli.starting import new

for _command in (check, fmt, forklara, new, schema):
    main.add_command(_command)

__all__ = ["main"]
