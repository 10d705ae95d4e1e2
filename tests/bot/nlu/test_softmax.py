"""Logistic regression on toy data: probabilities, balance, temperature."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from bot.nlu.softmax import TEMPERATURES, calibrate, fit, softmax

RANDOM = np.random.default_rng(7)


def toy(classes: int, noise: float, each: int = 20) -> tuple[sparse.csr_matrix, list[str]]:
    """Points around the corners of a simplex."""
    labels = [f"c{n}" for n in range(classes) for _ in range(each)]
    rows = np.repeat(np.eye(classes), each, axis=0) + RANDOM.normal(0, noise, (classes * each, classes))
    return sparse.csr_matrix(rows.astype(np.float32)), labels


@pytest.mark.parametrize("scores", [[[0.0, 0.0]], [[1000.0, -1000.0]], [[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]])
def test_softmax_rows_sum_to_one(scores: list[list[float]]) -> None:
    assert softmax(np.array(scores)).sum(axis=1) == pytest.approx(1.0)


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_separable_classes_are_told_apart(classes: int) -> None:
    rows, labels = toy(classes, 0.05)
    model = fit(rows, labels, 8.0, np.ones(len(labels)))
    chances = model.chances(rows)
    assert chances.shape == (len(labels), classes) and chances.sum(axis=1) == pytest.approx(1.0)
    assert [model.classes[n] for n in chances.argmax(axis=1)] == labels


def test_a_rare_class_is_not_forgotten() -> None:
    rows, labels = toy(2, 0.3, each=60)
    keep = [*range(60), *range(60, 66)]
    model = fit(rows[keep], [labels[n] for n in keep], 8.0, np.ones(len(keep)))
    assert model.chances(rows[60:66])[:, 1].mean() > 0.5


@pytest.mark.parametrize(("noise", "sure"), [(0.05, True), (1.5, False)])
def test_confidence_means_what_it_says(noise: float, sure: bool) -> None:
    rows, labels = toy(3, noise, each=40)
    model, report = calibrate(rows, labels, list(range(len(labels))), 8.0, np.ones(len(labels)))
    assert TEMPERATURES[0] <= report["temperature"] <= TEMPERATURES[-1]
    assert report["mean_confidence"] == pytest.approx(report["accuracy"], abs=0.12)
    assert (report["accuracy"] > 0.95) is sure
    assert model.classes == ("c0", "c1", "c2")


def test_the_temperature_is_already_in_the_weights() -> None:
    rows, labels = toy(3, 1.5, each=40)
    plain = fit(rows, labels, 8.0, np.ones(len(labels)))
    model, report = calibrate(rows, labels, list(range(len(labels))), 8.0, np.ones(len(labels)))
    assert report["temperature"] != pytest.approx(1.0, abs=0.01)
    assert model.weights * report["temperature"] == pytest.approx(plain.weights, abs=1e-4)
    assert model.bias * report["temperature"] == pytest.approx(plain.bias, abs=1e-4)
