"""What all tests share: random cases that are the same ones every time, and one look for installed plugins."""

from functools import cache

from hypothesis import HealthCheck, settings

from kommunecheck.plugins import host

settings.register_profile(
    "kommunecheck",
    max_examples=50,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kommunecheck")

host.entry_points = cache(host.entry_points)  # a test that needs others puts its own in place
