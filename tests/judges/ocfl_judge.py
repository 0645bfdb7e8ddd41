"""Runs in the environment of ocfl-py: what it says of one object and of its whole storage root, as JSON."""

import io
import json
import sys
from contextlib import redirect_stdout

from ocfl import StorageRoot
from ocfl.validator import Validator

judge = Validator()
passed = judge.validate_object(sys.argv[2])
root = StorageRoot(root=sys.argv[1])
with redirect_stdout(io.StringIO()):
    whole = root.validate(validate_objects=True, check_digests=True)
answer = {"object": passed, "errors": judge.log.num_errors, "root": whole, "good": root.good_objects}
print(json.dumps(answer))  # noqa: T201 (its answer)
