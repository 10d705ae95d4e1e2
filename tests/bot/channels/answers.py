"""Answers as actions make them, one for every status and for what is hard to draw: long, many choices, links, sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from actions import texts as said
from actions.answer import Answer, AnswerStatus, Choice, Fact, ProcedureRef, SourceRef
from actions.compose import compose

from ...small import BEES, CONTACTS, procedure

DAY = date(2026, 11, 22)
BEE = procedure(BEES)
LONG = "Dạ, về thủ tục Đăng ký nuôi ong mật:\n" + "\n".join(
    f"{n}. Giấy tờ thứ {n}: bản chính hoặc bản sao có chứng thực; {'nộp tại xã, nhận giấy hẹn, mang theo căn cước. ' * 4}" for n in range(1, 25)
)
OFFICER = "\n".join([said.OFFICER, "Trung tâm Phục vụ hành chính công xã.", said.LEAVE_WORD_CLOSED])
PLAIN = {
    AnswerStatus.UNCLEAR_QUESTION: said.UNCLEAR, AnswerStatus.NOT_FOUND: said.NOT_FOUND.format(office="Trung tâm Phục vụ hành chính công xã"),
    AnswerStatus.OUT_OF_SCOPE: said.OUT_OF_SCOPE, AnswerStatus.OWN_CASE: "Dạ, tôi không xem được hồ sơ đã nộp.\nAnh/chị tra tại nơi nộp.",
    AnswerStatus.EMERGENCY: "Anh/chị gọi 113 ngay.", AnswerStatus.COMPLAINT: "Dạ, anh/chị gửi phản ánh tại nơi nhận hồ sơ.",
    AnswerStatus.OFFICER: OFFICER, AnswerStatus.ABUSE: "Dạ, mong anh/chị nói nhẹ lời.", AnswerStatus.INJECTION: "Dạ, tôi chỉ hướng dẫn thủ tục.",
    AnswerStatus.SMALLTALK_GREETING: "Dạ, chào anh/chị.", AnswerStatus.SMALLTALK_GOODBYE: "Dạ, chào anh/chị.", AnswerStatus.SMALLTALK_THANKS: "Dạ, không có gì ạ.",
    AnswerStatus.SMALLTALK_BOT: "Dạ, tôi là máy trả lời tự động.", AnswerStatus.SMALLTALK_CHAT: "Dạ, tôi chỉ hướng dẫn thủ tục.",
    AnswerStatus.ERROR_BAD_INPUT: "Tin nhắn đang trống.", AnswerStatus.ERROR_ENGINE: "Xin lỗi anh/chị, máy đang bận.",
    AnswerStatus.ERROR_NO_INDEX: said.NO_INDEX.format(office="Trung tâm"), AnswerStatus.ERROR_UNVERIFIED: said.UNVERIFIED.format(office="Trung tâm"),
    AnswerStatus.SWITCHED_OFF: "Dạ, phần này đang được kiểm tra lại.", AnswerStatus.ERROR_SWITCHED_OFF: "Dạ, trợ lý đang tạm nghỉ.",
}


def _composed(*aspects: str) -> Answer:
    return compose(BEE, aspects, DAY, CONTACTS[BEE.contact]).with_state({"procedure": BEE.code})


def _choose(*names: str, opening: str = said.ASK_PROCEDURE) -> Answer:
    refs = tuple(ProcedureRef(f"1.90000{n}", name) for n, name in enumerate(names))
    return Answer(
        AnswerStatus.UNCLEAR_PROCEDURE, "\n".join([opening, *(f"{n}. {ref.name}" for n, ref in enumerate(refs, 1))]), candidates=refs,
        choices=tuple(Choice(ref.name, f"{ref.name} (mã {ref.code}) cần giấy tờ gì?") for ref in refs),
    )


def cases() -> Mapping[str, tuple[Answer, ...]]:
    """Name → what one question is answered with; every status is there."""
    expired = Answer(
        AnswerStatus.ANSWERED_EXPIRED_WARNING, "Lệ phí: 30.000 đồng, đã hết hiệu lực ngày 30/06/2026.", ProcedureRef(BEE.code, BEE.name), ("fees",),
        facts=(Fact("fees[0]", "30.000 đồng", BEE.code, "0" * 12),), sources=(SourceRef("Quyết định 12", "https://a.example/qd-12", "2026-11-22"),),
    )
    return {
        "answered": (_composed("fees", "duration"),),
        "answered_documents": (_composed("documents"),),
        "answered_overview": (_composed("overview"),),
        "answered_expired_warning": (expired,),
        "unanswerable_not_in_record": (Answer(AnswerStatus.NOT_IN_RECORD, "Nơi nộp: tôi chưa có thông tin chắc chắn.", ProcedureRef(BEE.code, BEE.name)),),
        "unclear_procedure": (_choose("Đăng ký nuôi ong mật", "Gia hạn nuôi ong mật", "Cấp thẻ thư viện"),),
        "unclear_one": (_choose("Đăng ký nuôi ong mật", opening=said.ASK_ONE),),
        "unclear_case": (Answer(AnswerStatus.UNCLEAR_CASE, "Dạ, trại ong của anh/chị ở một chỗ hay di chuyển?", choices=(Choice("Ở một chỗ", "trại ong ở một chỗ"), Choice("Di chuyển", "trại ong di chuyển"))),),
        "many_choices": (Answer(AnswerStatus.ANSWERED, "Dạ, có mười việc.", choices=tuple(Choice(f"Việc {n} {'rất ' * 30 if n == 3 else ''}dài", f"việc {n}?" + " thêm" * (300 if n == 4 else 0)) for n in range(1, 11))),),
        "long": (Answer(AnswerStatus.ANSWERED, LONG, choices=(Choice("Lệ phí", "lệ phí?"), Choice("Thời hạn", "bao lâu?"))),),
        "two": (_composed("fees"), Answer(AnswerStatus.ANSWERED, "Về việc thứ hai: 2 ngày làm việc.")),
        "life_event": (Answer(AnswerStatus.ANSWERED, f"Dạ, làm lần lượt:\n1. Đăng ký nuôi ong mật: trước.\n2. Cấp thẻ thư viện (nếu cần): sau.\n{said.EVENT_CHOOSE.format(page='/viec/nuoi-ong')}", choices=(Choice("Đăng ký nuôi ong mật", "a?"), Choice("Cấp thẻ thư viện", "b?"))),),
        **{status.value: (Answer(status, text),) for status, text in PLAIN.items()},
    }  # fmt: skip
