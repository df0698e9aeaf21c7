"""The bytes on standard input, in; this process's environment, limits and folders of modules, as JSON, out."""

from __future__ import annotations

import json
import os
import resource
import sys

from orgchart.limited import limit

if __name__ == "__main__":
    limit()
    sys.stdin.buffer.read()
    limits = {
        name: resource.getrlimit(getattr(resource, name))[0] for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_CORE")
    }
    print(json.dumps({"environment": dict(os.environ), "limits": limits, "folders": sys.path}))
