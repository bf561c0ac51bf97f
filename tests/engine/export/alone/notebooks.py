"""What notebooks print when their code cells are run one after the other: of each file in the folder."""

import contextlib
import importlib.util
import io
import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
warnings.simplefilter("ignore")
assert importlib.util.find_spec("playground") is None
folder = Path(sys.argv[1])
told: dict[str, dict[str, object]] = {}
for path in sorted(folder.glob("*.ipynb")):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    printed = io.StringIO()
    made: dict[str, Any] = {}
    with contextlib.redirect_stdout(printed):
        for cell in cells:
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), cell["id"], "exec"), made)
    told[path.stem] = {"printed": printed.getvalue(), "drawn": len(made["figure"].to_json()) if "figure" in made else 0}
(folder / "told.json").write_text(json.dumps(told))
