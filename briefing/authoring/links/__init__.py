"""Whether the addresses that a briefing names still lead somewhere: asked on request only, never in a build.

`addresses` finds them in a briefing, `ask` asks the hosts and `memory` keeps the answers for a day; `findings` makes
problems of them. Only the command line uses this stage, and only `ask` reaches the network.
"""

from briefing.authoring.links.ask import LinkAnswer, ask
from briefing.authoring.links.findings import Address, addresses, findings

__all__ = ["Address", "LinkAnswer", "addresses", "ask", "findings"]
