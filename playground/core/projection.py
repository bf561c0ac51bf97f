"""Where a layer's outputs are drawn: by its own units or its principal components, on axes fixed by one epoch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.rounding import OF_FLOAT32

if TYPE_CHECKING:
    from sklearn.decomposition import PCA

Floats = NDArray[np.float64]

MARGIN = 0.08
"""Room left on each side of the points, as a share of their extent."""


class Projection(NamedTuple):
    """The axes of a picture of a layer, fixed by the outputs they were fitted to.

    Attributes
    ----------
    names : one an axis; "" for an axis that a layer with fewer units leaves empty
    ranges : (dimensions, 2), lower and upper end of each axis
    explained : share of the outputs' variance that the axes show, in [0, 1]
    pca : scikit-learn's principal components, or None where the axes are the units themselves
    """

    names: tuple[str, ...]
    ranges: Floats
    explained: float
    pca: PCA | None

    def coordinates(self, outputs: ArrayLike) -> Floats:
        """Outputs (n, units) of any epoch as (n, dimensions), 0 on an empty axis; NaN for outputs that are not finite.

        Units are put down as they are; components are scikit-learn's.
        """
        return _coordinates(self.pca, np.asarray(outputs, dtype=np.float64), len(self.names))


def fit_projection(final: ArrayLike, dimensions: int, units: Sequence[str] = ()) -> Projection:
    """The axes for a layer, from its outputs at the final epoch, which every other epoch is then drawn on.

    Parameters
    ----------
    final : (n, units) float32, or no larger than float32 can be
        A layer with no more units than dimensions is shown by its units, a wider one by its first principal components.
    dimensions : 2 or 3
    units : names of the units; default unit 1, unit 2, …

    Raises
    ------
    ValueError
        When `dimensions` is another number or `final` is not a table.
    """
    final = np.asarray(final, dtype=np.float64)
    if dimensions not in (2, 3):
        raise ValueError(f"dimensions must be 2 or 3. Got {dimensions}.")
    if final.ndim != 2:
        raise ValueError(f"final must be (n, units). Got {final.shape}.")
    pca = _fitted(final, dimensions) if final.shape[1] > dimensions else None
    shares = np.ones(1) if pca is None else _shares(pca, _size(final))
    names = names_of_components(shares) if pca else units or [f"unit {k + 1}" for k in range(final.shape[1])]
    ranges = _ranges(_coordinates(pca, final, dimensions), 0.0 if pca is None else _size(final))
    return Projection((*names, "", "", "")[:dimensions], ranges, float(shares.sum()), pca)


def _fitted(outputs: Floats, n_components: int) -> PCA:
    """scikit-learn's PCA of the points that are finite; the axes of the first units where there are hardly any.

    The solver does not draw random numbers and fixes the components' signs: equal outputs give equal axes.
    """
    from sklearn.decomposition import PCA  # a second to import, which the web process starts without

    finite = outputs[np.isfinite(outputs).all(axis=1)]
    if len(finite) <= n_components:
        finite = np.zeros((n_components + 1, outputs.shape[1]))
    with np.errstate(all="ignore"):  # a layer whose outputs are all alike has no variance to share
        return PCA(n_components, svd_solver="covariance_eigh").fit(finite)


def _size(outputs: Floats) -> float:
    """The largest number among the outputs that are finite: what their rounding is a share of."""
    finite = np.isfinite(outputs).all(axis=1, keepdims=True)
    return float(np.max(np.abs(outputs), initial=0.0, where=finite))


def _shares(pca: PCA, size: float) -> Floats:
    """Share of the variance along each component; 0 where there is none but that of rounding."""
    if not pca.explained_variance_[0] > (OF_FLOAT32 * size) ** 2:
        return np.zeros(pca.n_components_)
    shares: Floats = np.nan_to_num(pca.explained_variance_ratio_, nan=0.0, posinf=0.0, neginf=0.0)
    return shares


def names_of_components(shares: Floats) -> list[str]:
    """Names of axes, which say what share of the variance each shows."""
    return [f"component {k} ({100 * share:.0f}\u202f%)" for k, share in enumerate(shares, start=1)]


def _coordinates(pca: PCA | None, outputs: Floats, dimensions: int) -> Floats:
    outputs = np.where(np.isfinite(outputs).all(axis=1, keepdims=True), outputs, np.nan)
    # `pca.transform` takes ten times as long to look its input over.
    drawn = outputs if pca is None else (outputs - pca.mean_) @ pca.components_.T
    coordinates = np.where(np.isfinite(drawn[:, :1]), np.zeros(dimensions), np.nan)
    coordinates[:, : drawn.shape[1]] = drawn
    return coordinates


def _ranges(coordinates: Floats, size: float) -> Floats:
    """(dimensions, 2): the extent of the finite points and a margin; about a point where all that differs is rounding.

    A component is the difference of outputs of a given size, by which its rounding goes; a unit has a size of its own.
    """
    finite = coordinates[np.isfinite(coordinates).all(axis=1)]
    if not len(finite):
        finite = np.zeros((1, coordinates.shape[1]))
    lo, hi = finite.min(axis=0), finite.max(axis=0)
    size = np.maximum(np.maximum(np.abs(lo), np.abs(hi)), size)
    room = np.where(hi - lo > OF_FLOAT32 * size, MARGIN * (hi - lo), np.where(size > 0, size, 1.0))
    return np.stack([lo - room, hi + room], axis=1)
