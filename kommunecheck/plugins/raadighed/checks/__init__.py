"""The rules of the supervision, one module each."""

from typing import Final

from kommunecheck.plugins.raadighed.checks import (
    act_not_registered,
    against_assessment,
    missing_assessment,
    missing_complaint_guidance,
    missing_decision,
    missing_guidance,
    missing_hearing,
    missing_procedure,
    missing_reasons,
    no_legal_basis,
    outside_target_group,
    paid_despite_stop,
    under_appeal,
    unknown_target_group,
)

OF_ACTS: Final = (
    missing_assessment,
    missing_decision,
    no_legal_basis,
    missing_hearing,
    missing_reasons,
    missing_complaint_guidance,
    missing_guidance,
    paid_despite_stop,
    against_assessment,
    unknown_target_group,
)
"""What is asked of every act in a case that stays in the supervision."""

CHECKS: Final = (
    *OF_ACTS[:8],
    act_not_registered,
    under_appeal,
    against_assessment,
    outside_target_group,
    unknown_target_group,
    missing_procedure,
)
"""All of them, by code."""
