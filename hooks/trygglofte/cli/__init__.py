"""The command `trygglofte`. Reads the clock and the environment; nothing else does.

`commands` builds and serves, `checking` checks, `editing`, `sealing` and `starting` help those who write,
`returning` takes back, `importing` brings tables in and `forming` filled-in forms, `migrating` brings files to today's
version, `differing` and `reminding` say what a change means and what is due, `archiving` and `travelling` keep what
has been, `delivering` puts what is live on a host, `reproducing` builds twice and compares;
`swedish` is how the command line is spoken of.
"""

from trygglofte.cli.commands import main

# A build is not to wait for what only writers need.
main.later = {
    "archive": "trygglofte.cli.archiving",
    "as-of": "trygglofte.cli.travelling",
    "check": "trygglofte.cli.checking",
    "diff": "trygglofte.cli.differing",
    "due": "trygglofte.cli.reminding",
    "fmt": "trygglofte.cli.editing",
    "forklara": "trygglofte.cli.editing",
    "form": "trygglofte.cli.forming",
    "import": "trygglofte.cli.importing",
    "links": "trygglofte.cli.linking",
    "merge": "trygglofte.cli.sharding",
    "migrate": "trygglofte.cli.migrating",
    "new": "trygglofte.cli.starting",
    "plan": "trygglofte.cli.sharding",
    "preview": "trygglofte.cli.previewing",
    "publish": "trygglofte.cli.delivering",
    "reproduce": "trygglofte.cli.reproducing",
    "rollback": "trygglofte.cli.returning",
    "schema": "trygglofte.cli.editing",
    "seal": "trygglofte.cli.sealing",
}

__all__ = ["main"]
