"""What all tests share: random cases that are the same ones every time."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "kommunecheck",
    max_examples=50,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kommunecheck")
