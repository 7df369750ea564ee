"""Each published briefing of the cases, for tests of what its data say."""

from __future__ import annotations

import pytest

from briefing.model import Briefing
from tests.data.test_tables import BRIEFINGS, published


@pytest.fixture(params=BRIEFINGS)
def briefing(request: pytest.FixtureRequest) -> Briefing:
    return published(request.param)
