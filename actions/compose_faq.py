"""An entry of the FAQ -> the Answer that tells it, word for word, and the line of its source. Pure."""

from __future__ import annotations

from actions import words
from actions.answer import Answer, AnswerStatus, Choice, Fact, ProcedureRef, SourceRef
from index.faq import Faq


def compose_faq(faq: Faq, name: str | None = None) -> Answer:
    """name: of the procedure it is nearest to, offered as a choice; None for none."""
    ref = ProcedureRef(faq.procedure, name) if faq.procedure and name else None
    return Answer(
        AnswerStatus.ANSWERED,
        f"{faq.answer}\n{faq_source(faq)}",
        procedure=ref,
        choices=(Choice(ref.name, f"{ref.name} (mã {ref.code}) {words.ASPECT_QUESTIONS['overview']}?"),) if ref else (),
        facts=(Fact(faq.field, faq.answer, "", faq.version),),
        sources=(SourceRef(faq.title, faq.url, faq.checked_on.isoformat()),),
    )


def faq_source(faq: Faq) -> str:
    """The line below the answer."""
    return f"Nguồn: {faq.title}; {faq.owner} đối chiếu ngày {words.day(faq.checked_on)}."
