"""What scripts print, and the weights that they end with: of each file named in the folder, in its order."""

import contextlib
import importlib.util
import io
import json
import os
import runpy
import sys
import traceback
import warnings
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
warnings.simplefilter("ignore")
assert importlib.util.find_spec("playground") is None
folder = Path(sys.argv[1])
told: dict[str, dict[str, object]] = {}
for path in sorted(folder.glob("*.py")):
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            made = runpy.run_path(str(path), run_name="__main__")
        weights = [value for weight in made["model"].get_weights() for value in weight.ravel().tolist()]
        told[path.stem] = {"printed": printed.getvalue(), "weights": weights}
    except Exception:
        told[path.stem] = {"printed": printed.getvalue(), "weights": [], "fault": traceback.format_exc()}
(folder / "told.json").write_text(json.dumps(told))
