"""An audit that could not ask is never taken for one that found nothing."""

from __future__ import annotations

import json

import pytest

from tools.audit_packages import CLEAN, FOUND, UNASKED, judged_npm, judged_pypi


@pytest.mark.parametrize(("said", "result"), [
    ({"dependencies": [{"name": "flask", "version": "3", "vulns": []}]}, CLEAN),
    ({"dependencies": [{"name": "flask", "version": "3", "vulns": [{"id": "X-1"}]}]}, FOUND),
    ({"dependencies": [{"name": "flask", "skip_reason": "not found on PyPI"}]}, UNASKED),
    ({"dependencies": []}, UNASKED), ({}, UNASKED), ([], UNASKED),
])
def test_what_pip_audit_says_is_read(said: object, result: int) -> None:
    assert judged_pypi(json.dumps(said), "") == result


def test_an_audit_of_pypi_that_fails_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert judged_pypi("", "ConnectionError") == UNASKED
    assert "ConnectionError" in capsys.readouterr().out


@pytest.mark.parametrize(("said", "result"), [
    ('{"metadata": {"vulnerabilities": {"total": 0}}}', CLEAN),
    ('{"metadata": {"vulnerabilities": {"total": 2}}}', FOUND),
    ('{"error": {"code": "E405"}}', UNASKED), ("", UNASKED), ("[]", UNASKED),
])
def test_what_npm_says_is_read(said: str, result: int) -> None:
    assert judged_npm(said, "") == result
