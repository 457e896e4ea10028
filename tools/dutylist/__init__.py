"""dutylist: a township's duty list as a version-controlled library."""

__version__ = "0.1.0"
