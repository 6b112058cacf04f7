"""The command `trygglofte`. Reads the clock and the environment; nothing else does.

`commands` builds and serves, `checking` checks, `editing`, `sealing` and `starting` help those who write,
`returning` takes back, `importing` brings tables in;
`swedish` is how the command line is spoken of.
"""

from trygglofte.cli.commands import main

# A build is not to wait for what only writers need.
main.later = {
    "archive": "trygglofte.cli.archiving",
    "as-of": "trygglofte.cli.travelling",
    "check": "trygglofte.cli.checking",
    "fmt": "trygglofte.cli.editing",
    "forklara": "trygglofte.cli.editing",
    "import": "trygglofte.cli.importing",
    "new": "trygglofte.cli.starting",
    "rollback": "trygglofte.cli.returning",
    "schema": "trygglofte.cli.editing",
    "seal": "trygglofte.cli.sealing",
}

__all__ = ["main"]
