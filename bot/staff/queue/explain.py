"""A question in, why it is answered as it is out: what the search saw, step by step, in words for somebody who writes no code.

A pure look: nothing is kept, nobody is answered. Scores are those of the release that serves now; a turn's own `why` is what
was decided then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.gateway.masking import mask
from index import settings
from index.asking import asked_in_words
from index.fusion import probabilities
from index.search import Found, ProcedureSearch
from index.text import fold, normalise, tokens

SHOWN = 10
FEATURE_NAMES = {
    "dense_best": "Giống nhất một câu mẫu",
    "dense_top3": "Giống ba câu mẫu gần nhất",
    "words_best": "Trùng từ với một câu mẫu",
    "words_top3": "Trùng từ với ba câu mẫu",
    "centroid": "Giống các câu mẫu nói chung",
    "coverage": "Số từ của câu hỏi có trong hồ sơ",
    "modifiers": "Khớp chữ chỉ việc (cấp mới, cấp lại, đổi…)",
    "subjects": "Khớp đối tượng",
    "use": "Thủ tục hay dùng",
    "foreign": "Của tỉnh khác",
    "abroad": "Chỉ làm ở cơ quan đại diện nước ngoài",
}
ASPECT_NAMES = {
    "documents": "Giấy tờ", "duration": "Thời hạn", "fees": "Phí, lệ phí", "post_submit": "Nộp qua bưu điện", "post_return": "Trả qua bưu điện",
    "online": "Trực tuyến", "place": "Nơi nộp", "steps": "Các bước", "conditions": "Điều kiện", "result": "Kết quả", "template": "Biểu mẫu",
    "legal_basis": "Căn cứ pháp lý", "applicants": "Ai được nộp", "overview": "Thông tin chung",
}  # fmt: skip
RULE_NAMES = {
    "due": "tính ngày trả kết quả", "life_event": "nhận ra một việc trong đời", "where": "hỏi nơi hoặc giờ làm việc", "faq": "có mục hỏi đáp riêng",
    "two": "hỏi hai thủ tục một lúc", "chosen": "chọn một trong các thủ tục vừa nêu", "code": "trong câu có mã thủ tục",
    "returned": "quay lại thủ tục nói trước đó", "follow_up": "hỏi tiếp, không nêu tên thủ tục", "only_one": "đồng ý với thủ tục duy nhất vừa nêu",
    "supposed": "hỏi tiếp khi chưa chọn", "which": "đồng ý nhưng chưa nói chọn cái nào", "no_topic": "câu không nêu việc gì",
    "out_of_scope": "không phải câu hỏi về thủ tục", "usual": "hỏi chung, trả lời theo thủ tục thường gặp", "family": "nhiều thủ tục cùng nhóm",
    "found": "tìm thấy rõ một thủ tục", "points_back": "nói về thủ tục đang bàn", "offered": "chưa chắc nên đưa ra để chọn",
    "not_found": "không tìm thấy thủ tục nào đủ gần", "asked_enough": "đã hỏi lại hai lần", "fixed": "câu trả lời có sẵn", "officer": "xin gặp cán bộ", "restart": "bắt đầu lại",
    "error": "có lỗi",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """scores: one a feature, weighted: what each adds. chance: 0 to 1. loaded: may be answered from. family: a group, not one."""

    code: str
    name: str
    scores: tuple[float, ...]
    weighted: tuple[float, ...]
    chance: float
    loaded: bool
    family: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One threshold: what was measured, what was needed, and whether it held."""

    name: str
    value: float
    needed: str
    held: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """sentence: the whole in a line. aspects_from: "why" as the engine heard it, else "words"."""

    question: str
    sentence: str
    expanded: str
    accented: str
    topic: tuple[str, ...]
    aspects: tuple[tuple[str, float | None], ...]
    aspects_from: str
    intent: str
    confidence: float | None
    rule: str
    candidates: tuple[Candidate, ...]
    none: float
    checks: tuple[Check, ...]
    passages: tuple[tuple[str, float], ...] = ()


def explain(question: str, search: ProcedureSearch, why: Mapping[str, Any] | None = None, texts: Any = None) -> Explained:
    """why: of the turn, None for a question that nobody asked. texts: (code) -> sentences that lead to a procedure, or None."""
    question = mask(question)
    query, found = search.query(question), search.search(question)
    candidates, none = _candidates(search, question)
    heard = why or {}
    aspects = [(name, score) for name, score in sorted((heard.get("aspects") or {}).items(), key=lambda row: (-row[1], row[0]))]
    return Explained(
        question=question,
        sentence=in_a_sentence(found, {one.code: one.name for one in candidates}, search.code_in(question)),
        expanded=query.text,
        accented=query.accented,
        topic=tuple(search.topic_words(question)),
        aspects=tuple(aspects) if why else tuple((name, None) for name in asked_in_words(question)),
        aspects_from="why" if why else "words",
        intent=heard.get("intent") or "",
        confidence=heard.get("confidence"),
        rule=RULE_NAMES.get(heard.get("rule") or "", "cách khác" if heard.get("rule") else ""),
        candidates=candidates,
        none=none,
        checks=checks(found),
        passages=nearest_passages(search, question, texts(found.hits[0].code)) if texts and found.hits else (),
    )


def checks(found: Found) -> tuple[Check, ...]:
    """Every threshold that a search meets (index/settings.py: by release, and for all), in the order in which it is met."""
    gate, best = found.gate, found.hits[0].score if found.hits else 0.0
    second = max((hit.score for hit in (*found.hits[1:2], *found.vague[:1])), default=0.0)
    offered = [hit.score for hit in found.hits[: settings.MAX_CHOICES]]
    lead = best / second if second else float("inf")
    return (
        Check("Khả năng không phải thủ tục nào đang có", found.none, f"nhiều nhất {_share(gate.none_up_to)}", not found.unlikely),
        Check("Khả năng của thủ tục đứng đầu", best, f"ít nhất {_share(gate.answer_from)} thì trả lời ngay", best >= gate.answer_from),
        Check("Đứng đầu gấp mấy lần đứng nhì", min(lead, 999.0), f"ít nhất {gate.lead:g} lần".replace(".", ","), lead >= gate.lead),
        Check("Khả năng của các thủ tục đầu cộng lại", sum(offered), f"ít nhất {_share(settings.ASK_FROM)} thì hỏi lại", sum(offered) >= settings.ASK_FROM),
        Check("Số thủ tục đủ để đưa ra chọn", float(sum(score >= settings.MIN_CHOICE for score in offered)),
              f"mỗi thủ tục từ {_share(settings.MIN_CHOICE)}", any(score >= settings.MIN_CHOICE for score in offered)),
    )  # fmt: skip


def in_a_sentence(found: Found, names: Mapping[str, str], named: str | None = None) -> str:
    """What the search says of a question, for somebody who reads only this. names: code -> name."""
    if named:
        return f"Trong câu có mã thủ tục {named}, nên bot trả lời về thủ tục đó."
    if not found.hits:
        return "Chưa có thủ tục nào trong bản đang phục vụ, nên bot nói chưa biết."
    first = f"{names.get(found.hits[0].code, found.hits[0].code)} ({_share(found.hits[0].score)})"
    if found.clear:
        return f"Bot thấy rõ một thủ tục: {first}."
    if found.vague and found.vague[0].score >= max(settings.VAGUE_FROM, settings.VAGUE_SHARE * found.hits[0].score):
        return f"Bot hỏi lại vì câu nói chung chung, hợp với nhiều thủ tục cùng nhóm; gần nhất là {first}."
    if sum(hit.score for hit in found.hits[: settings.MAX_CHOICES]) < settings.ASK_FROM:
        return f"Bot nói chưa biết vì không thủ tục nào đủ gần: khả năng ngoài các thủ tục đang có là {_share(found.none)}, gần nhất là {first}."
    second = f"{names.get(found.hits[1].code, found.hits[1].code)} ({_share(found.hits[1].score)})" if len(found.hits) > 1 else ""
    if found.unlikely:
        return f"Bot chưa chắc câu này thuộc thủ tục nào đang có (khả năng không thuộc: {_share(found.none)}); gần nhất là {first}."
    if second:
        return f"Bot hỏi lại vì hai thủ tục sít nhau: {first} và {second}."
    return f"Bot hỏi lại vì thủ tục gần nhất chưa đủ chắc: {first}."


def nearest_passages(search: ProcedureSearch, question: str, texts: Iterable[str], most: int = 5) -> tuple[tuple[str, float], ...]:
    """Sentences of a procedure nearest to the question, with their cosines: the nearest first, then by text. Only those that share
    most words are compared by meaning, for each costs as much as a question."""
    topic = set(search.query(question).folded.split())
    chosen = sorted(dict.fromkeys(texts), key=lambda text: (-len(topic & set(_words(text))), text))[: 2 * most]
    asked = search.query(question).vector
    scored = [(text, float(np.dot(asked, search.query(text).vector))) for text in chosen]
    return tuple(sorted(scored, key=lambda row: (-row[1], row[0]))[:most])


def _words(text: str) -> list[str]:
    """Folded words."""
    return tokens(fold(normalise(text)))


def _candidates(search: ProcedureSearch, question: str) -> tuple[tuple[Candidate, ...], float]:
    """The best SHOWN candidates, of equals by code, and the chance of none of the loaded ones."""
    features = search.features(question)
    weights = np.asarray(settings.WEIGHTS)
    chances = probabilities(features, settings.WEIGHTS, settings.NONE_SCORE)
    order = np.argsort(-chances[:-1], kind="stable")[:SHOWN]
    rows = []
    for n in order:
        code = search.codes[n]
        family = search.families.get(code)
        name = family.ask if family is not None else _name(search, code)
        scores, added = features[n], features[n] * weights
        rows.append(
            Candidate(code, name, tuple(map(float, scores)), tuple(map(float, added)), float(chances[n]), bool(search.loaded[n]), family is not None)
        )
    return tuple(rows), float(chances[-1] + chances[:-1][~search.loaded].sum())


def _name(search: ProcedureSearch, code: str) -> str:
    return search.procedures[code].name if code in search.procedures else f"Thủ tục {code} (chưa có hồ sơ)"


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"
