"""What all tests share: `--accept` for golden files, and how hypothesis runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

GOLDEN = Path(__file__).parent / "golden"

# A loaded machine is slow now and then; how long one example takes says nothing about the code.
settings.register_profile("dutylist", deadline=None, max_examples=60)
settings.load_profile("dutylist")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the flag that takes the present output as right."""
    parser.addoption("--accept", action="store_true", help="write the present output to tests/golden/")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """A check of a whole output against `tests/golden/<name>`, byte by byte."""

    def same(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.exists(), f"{name} is not there; look at the output, then run pytest --accept"
        assert text == path.read_bytes().decode()

    return same
