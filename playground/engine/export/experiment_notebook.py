"""The same code as a notebook: in cells, with a few sentences and a plot."""

from __future__ import annotations

from typing import Any

from playground.core.experiment import Experiment
from playground.core.grid import default_view
from playground.core.inputs import sampled
from playground.core.naming import in_a_line
from playground.core.parts import COORDINATES
from playground.engine.export.code import Piece, literal
from playground.engine.export.experiment_code import imports_of, pieces_of, versions

PLOTTED = frozenset({"import plotly.graph_objects as go"})
BOUNDARY = """\
x1, x2 = np.linspace{x1}, np.linspace{x2}
plane = np.column_stack([each.ravel() for each in np.meshgrid(x1, x2)])
outputs = model.predict(prepared(plane), batch_size=4096, verbose=0)
values = outputs[:, 0] if outputs.shape[1] == 1 else outputs.argmax(axis=1)
points = {{"color": y_train, "colorscale": "RdBu", "line": {{"color": "white", "width": 1}}}}
figure = go.Figure(
    [
        go.Heatmap(x=x1, y=x2, z=values.reshape(len(x2), len(x1)), colorscale="RdBu"),
        go.Scatter(x=X_train[:, 0], y=X_train[:, 1], mode="markers", marker=points),
    ]
)
figure.update_layout(width=560, height=520, xaxis_title={name1}, yaxis_title={name2})
figure
"""
CURVE = """\
figure = go.Figure(go.Scatter(x=np.arange(1, len(history.epoch) + 1), y=history.history["loss"]))
figure.update_layout(width=560, height=400, xaxis_title="epoch", yaxis_title="loss in training")
figure
"""


def notebook(experiment: Experiment, epoch: int) -> str:
    """A notebook (nbformat 4) that trains an experiment again and prints what the page shows at an epoch.

    No outputs are stored in it. It needs the versions that it names alone, and where `data_file` says so a file beside
    it.

    Raises
    ------
    ValueError
        When the epoch is not one of the experiment.
    """
    import nbformat  # a quarter of a second, which only a notebook needs

    library: Any = nbformat
    v4 = library.v4
    pieces = pieces_of(experiment, epoch)
    pieces += [plot] if (plot := _plot(experiment, epoch)) else []
    cells = [v4.new_markdown_cell(_head(experiment, epoch, pieces)), v4.new_code_cell(imports_of(pieces).rstrip())]
    for piece in pieces:
        cells += [v4.new_markdown_cell(f"## {piece.title}\n\n{piece.words}"), v4.new_code_cell(piece.code.rstrip())]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # else drawn at random
    made = v4.new_notebook(cells=cells, metadata=METADATA)
    library.validate(made)
    text: str = library.writes(made)
    return text


METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def _head(experiment: Experiment, epoch: int, pieces: list[Piece]) -> str:
    needed = " ".join(versions(pieces))
    return (
        f"# {in_a_line(experiment)}\n\nTrained as in Keras Playground, up to epoch {epoch}: the figures at the end are "
        f"those of its page. They are, to the last digit, with\n\n```\npip install {needed}\n```"
    )


def _plot(experiment: Experiment, epoch: int) -> Piece | None:
    """The boundary, where the data lie in a plane; else the loss, where there was one."""
    data = experiment.data
    if len(data.inputs) == len(COORDINATES):
        x1, x2 = (f"({literal(lo)}, {literal(hi)}, 100)" for lo, hi in _view(experiment))
        name1, name2 = map(literal, data.inputs)
        words = "What the network says over the plane, and the training points."
        code = BOUNDARY.format(x1=x1, x2=x2, name1=name1, name2=name2)
        return Piece("Plot", words, code, PLOTTED, frozenset({"plotly"}))
    if not epoch:
        return None
    words = "How the loss fell: the mean over the batches of each epoch, while the weights moved."
    return Piece("Plot", words, CURVE, PLOTTED, frozenset({"plotly"}))


def _view(experiment: Experiment) -> list[tuple[float, float]]:
    data = experiment.trained.data
    return [(float(f"{lo:.4g}"), float(f"{hi:.4g}")) for lo, hi in default_view(data.dataset, sampled(data).X_train)]
