"""The command `trygglofte`. Reads the clock and the environment; nothing else does.

`commands` builds and serves, `checking` checks, `editing` helps those who write; `swedish` is how the command
line is spoken of.
"""

from trygglofte.cli.checking import check
from trygglofte.cli.commands import main
from trygglofte.cli.editing import fmt, forklara, schema

for _command in (check, fmt, forklara, schema):
    main.add_command(_command)

__all__ = ["main"]
