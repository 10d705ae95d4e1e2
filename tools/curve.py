"""A risk-coverage curve as SVG: how often an answer is wrong, against how many questions are answered."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 640, 400, 56


def draw(curve: Sequence[tuple[float, float, float, float]]) -> str:
    """curve: (threshold, coverage, risk, answered of outside), shares. -> an SVG picture with both axes in per cent."""
    top = max(0.1, max(row[2] for row in curve) * 1.15)

    def at(coverage: float, risk: float) -> tuple[float, float]:
        return EDGE + coverage * (WIDTH - 2 * EDGE), HEIGHT - EDGE - risk / top * (HEIGHT - 2 * EDGE)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for n in range(0, 101, 20):
        x, y = at(n / 100, 0)
        parts.append(f'<text x="{x:.0f}" y="{y + 18:.0f}" text-anchor="middle">{n} %</text>')
    for n in range(5):
        x, y = at(0, top * n / 4)
        parts.append(f'<path d="M{x:.0f} {y:.0f}H{WIDTH - EDGE}" stroke="#ddd"/>')
        parts.append(f'<text x="{x - 8:.0f}" y="{y + 4:.0f}" text-anchor="end">{100 * top * n / 4:.1f} %</text>')
    points = [at(row[1], row[2]) for row in curve]
    parts.append('<path d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + '" fill="none" stroke="#b91c1c" stroke-width="2"/>')
    for (x, y), row in zip(points, curve, strict=True):
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#b91c1c"><title>{row[0]:.2f}</title></circle>')
    for row in curve[::3]:
        x, y = at(row[1], row[2])
        parts.append(f'<text x="{x + 6:.1f}" y="{y - 6:.1f}" fill="#555">{row[0]:.2f}</text>')
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}" text-anchor="middle">questions inside that are answered at once</text>')
    parts.append(f'<text x="16" y="{HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 {HEIGHT / 2})">wrong of those</text>')
    return "\n".join([*parts, "</svg>"])
