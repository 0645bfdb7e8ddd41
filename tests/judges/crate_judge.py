"""Runs in the environment of roc-validator: what it finds in one crate, as JSON, without a network.

It wants the context of RO-Crate from the web; it gets it from the file that is named second.
"""

import io
import json
import sys
import urllib.request
from email.message import Message
from pathlib import Path
from urllib.response import addinfourl

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

CONTEXT = Path(sys.argv[2]).read_bytes()


class FromTheFile(BaseAdapter):
    """Answers with the context, whatever is asked for by its name, and with nothing else."""

    def send(self, request, **_settings):
        response = requests.Response()
        response.request, response.url = request, request.url
        known = "ro/crate/1.2" in request.url
        response.status_code = 200 if known else 404
        response.headers["Content-Type"] = "application/ld+json"
        body = CONTEXT if known else b""
        response.raw = HTTPResponse(io.BytesIO(body), status=response.status_code, preload_content=False)
        return response

    def close(self):
        pass


class Opener(urllib.request.HTTPSHandler, urllib.request.HTTPHandler):
    """The same for what asks by the standard library."""

    def https_open(self, request):
        found = Message()
        found["Content-Type"] = "application/ld+json"
        known = "ro/crate/1.2" in request.full_url
        answer = addinfourl(io.BytesIO(CONTEXT if known else b""), found, request.full_url, 200 if known else 404)
        answer.msg = "OK" if known else "Not Found"
        return answer

    http_open = https_open


urllib.request.install_opener(urllib.request.build_opener(Opener()))
requests.Session.get_adapter = lambda *_asked, **_settings: FromTheFile()

from rocrate_validator import models, services  # noqa: E402 (only now can it be asked)

settings = services.ValidationSettings(
    rocrate_uri=sys.argv[1],
    profile_identifier="ro-crate-1.2",
    requirement_severity=models.Severity.REQUIRED,
)
result = services.validate(settings)
found = [f"{issue.check.identifier}: {issue.message}" for issue in result.get_issues()]
checked = len(result.executed_checks)
print(json.dumps({"passed": result.passed(), "checked": checked, "issues": found}))  # noqa: T201 (its answer)
