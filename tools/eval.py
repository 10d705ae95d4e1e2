"""`make eval`: retrieval on our own set, understanding on held-out examples, then measure.py of QUESTIONS on a real server.

python -m tools.eval QUESTIONS_DIR
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import ir_measures
from ir_measures import RR, R, nDCG

from bot.quiet import quiet
from index import settings
from index.encoder import BundledEncoder
from index.release import current, open_release
from index.search import ProcedureSearch
from tools.server import running
from tools.topics import read_topics

MEASURES = [nDCG @ 10, R @ 1, R @ 5, RR @ 10]
LABELS = ("nDCG@10", "R@1", "R@5", "MRR@10")


def retrieval(search: ProcedureSearch) -> None:
    """Our topics: each retriever alone, then all fused; by style; then what the thresholds make of them."""
    topics = [topic for topic in read_topics() if not topic.ambiguous]
    inside = [topic for topic in topics if topic.codes & search.procedures.keys()]
    outside = [topic for topic in topics if topic not in inside]
    qrels = [ir_measures.Qrel(topic.id, code, 1) for topic in inside for code in topic.codes]
    queries = {topic.id: search.query(topic.question) for topic in topics}
    runs = {
        name: {topic.id: retriever.search(queries[topic.id], 10) for topic in inside}
        for name, retriever in ((name, getattr(search.retrievers, name)) for name in ("dense", "words", "centroid", "coverage"))
    }
    found = {topic.id: search.search(topic.question) for topic in topics}
    runs["fused"] = {topic.id: list(found[topic.id].hits) for topic in inside}
    print(
        f"\n## retrieval on tests/retrieval ({len(inside)} questions of loaded procedures)\n| retriever | "
        + " | ".join(LABELS)
        + " |\n|---|"
        + "---|" * len(LABELS)
    )
    for name, run in runs.items():
        docs = [ir_measures.ScoredDoc(topic, hit.code, hit.score) for topic, hits in run.items() for hit in hits]
        values = ir_measures.calc_aggregate(MEASURES, qrels, docs)
        print(f"| {name} | " + " | ".join(f"{100 * values[m]:.1f}" for m in MEASURES) + " |")
    print("\n| style | n | answered | right of answered | asked, right among | silent |\n|---|---|---|---|---|---|")
    for style in [*sorted({topic.style for topic in inside}), "ALL", "not loaded"]:
        group = [
            t
            for t in (inside if style != "not loaded" else outside)
            if style in ("ALL", "not loaded", t.style)
        ]
        tally: Counter[str] = Counter()
        for topic in group:
            hits = found[topic.id].hits
            if found[topic.id].clear:
                tally["answered"] += 1
                tally["right"] += hits[0].code in topic.codes
            elif sum(hit.score for hit in hits[: settings.MAX_CHOICES]) >= settings.ASK_FROM:
                tally["asked"] += 1
                tally["among"] += any(hit.code in topic.codes for hit in hits[: settings.MAX_CHOICES])
            else:
                tally["silent"] += 1
        share = lambda part, whole: f"{100 * part / whole:.1f}" if whole else "-"  # noqa: E731
        print(
            f"| {style} | {len(group)} | {share(tally['answered'], len(group))} | {share(tally['right'], tally['answered'])} | {tally['asked']}, {tally['among']} | {share(tally['silent'], len(group))} |"
        )


def understanding(var: Path) -> None:
    """Held-out examples of tests/nlu: intent, and aspects where the example is a question."""
    from tools.held_out import measure

    result = measure(var / "models" / "current", Path("tests/nlu/held_out.yml"))
    print("\n## understanding on tests/nlu/held_out.yml (never trained on)\n| | n | % |\n|---|---|---|")
    for name, (n, value) in result.items():
        print(f"| {name} | {n} | {100 * value:.1f} |")


def main() -> int:
    quiet()
    var = Path(os.environ.get("MOT_CUA_VAR") or "var")
    questions = Path(sys.argv[1])
    search, _, _ = open_release(current(var), BundledEncoder())
    retrieval(search)
    understanding(var)
    script = questions / "measure.py"
    script = script if script.exists() else questions.parent / "eval" / "measure.py"
    if not script.exists():
        print(f"\n{questions}: no measure.py there; only our own sets were measured")
        return 0
    with running(var) as (base, _, _):
        return subprocess.run(
            [sys.executable, str(script), "--base-url", base, "--questions", str(questions)], check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
