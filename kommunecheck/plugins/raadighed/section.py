"""The answer to § 13 in the report."""

from kommunecheck.ports import ReportSection

SECTION = ReportSection("raadighed", lambda report: None)
