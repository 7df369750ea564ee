"""Whether the addresses that a briefing names still lead somewhere: asked on request only, never in a build.

`addresses` finds them in a briefing, `ask` asks the hosts and `memory` keeps the answers for a day; `findings` makes
problems of them. Only the command line uses this stage, and only `ask` reaches the network.
"""

from briefing.links.addresses import Address, addresses
from briefing.links.ask import Answer, ask
from briefing.links.findings import findings

__all__ = ["Address", "Answer", "addresses", "ask", "findings"]
