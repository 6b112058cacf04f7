"""The sites on one's own machine: what was saved is in the browser at once, or why it cannot be.

One process stays and keeps what it has read. `watching` gathers what changes on disk. `version` is one state of one
site, whose pages are made when somebody looks at them; `shown` adds what is wrong and the last good version;
`studio` has all sites and knows what a change concerns. `server` answers the browser, which waits (`visning.js`)
until its page would look otherwise. `finishing` does the rest afterwards in a process of its own: everything beside
the pages, the links, and the search index last. Nothing of this is written where a build would look.

Code is what a process cannot read again: when it changes, the serving ends and whoever called starts anew.
"""

from trygglofte.serving.server import serve_sites
from trygglofte.serving.studio import Studio, Told

__all__ = ["Studio", "Told", "serve_sites"]
