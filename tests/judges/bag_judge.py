"""Runs in the environment of bagit-python: what it and the profile's validator say of one bag, as JSON."""

import json
import logging
import sys
from pathlib import Path

import bagit
import bagit_profile

logging.disable()
bag = bagit.Bag(sys.argv[1])
try:
    bag.validate()
    errors = []
except bagit.BagError as error:
    errors = [str(error)]
rules = json.loads(Path(sys.argv[2]).read_text())
judge = bagit_profile.Profile(rules["BagIt-Profile-Info"]["BagIt-Profile-Identifier"], profile=rules)
judge.validate(bag)
told = [str(error) for error in judge.report.errors]
print(json.dumps({"errors": errors, "profile": told, "files": len(bag.payload_entries())}))  # noqa: T201 (its answer)
