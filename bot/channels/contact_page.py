"""(What was typed, errors, whom else to ask) -> the page with the form for being called back. Pure, no script."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.form import error_list, text_field, tick_field
from bot.channels.page_html import Html, bullets, document, esc, joined, note, section
from bot.gateway.contact_form import MAX_COMMUNE, MAX_NAME, MAX_QUESTION

PATH = "/lien-he"
PRIVACY = "/quyen-rieng-tu"
TRAP = "website"
"""A field that no person sees; programs that fill every field are caught by it."""
TITLE = "Để lại lời nhắn để được gọi lại"
_TRAP = Html(  # neither seen nor read out nor reached by the keyboard
    f'<div class="trap" aria-hidden="true"><label for="{TRAP}">Ô này để trống</label>'
    f'<input type="text" id="{TRAP}" name="{TRAP}" tabindex="-1" autocomplete="off"></div>'
)
_SAFETY = (
    "Cán bộ gọi lại không bao giờ hỏi mật khẩu, mã OTP, số tài khoản và không yêu cầu chuyển tiền. "
    "Ai hỏi những điều đó là lừa đảo, anh/chị đừng làm theo."
)
_SUMMARY = "Máy chưa trả lời được thì anh/chị để lại lời nhắn, cán bộ sẽ gọi lại trong giờ làm việc."
_CONSENT = "Tôi đồng ý cho cán bộ dùng họ tên và số điện thoại này để gọi lại trả lời câu hỏi của tôi, không dùng vào việc khác."


def contact_page(values: Mapping[str, str], errors: Mapping[str, str], office: str, trouble: str | None = None) -> str:
    """values, errors: by name of the field. office: where one can go instead. trouble: what is wrong with the sending itself."""
    body = [
        Html(f'<h1>{esc(TITLE)}</h1>\n<p class="summary">{esc(_SUMMARY)}</p>'),
        note(trouble, "warn") if trouble else Html(""),
        error_list(errors),
        section("before", "Trước khi gửi", _before(office)),
        section("message", "Lời nhắn", _form(values, errors)),
        Html(f'<p class="actions"><a class="button" href="/">Hỏi trợ lý</a> <a href="{PRIVACY}">Quyền riêng tư</a></p>'),
    ]
    return document(f"Lỗi: {TITLE}" if errors or trouble else TITLE, Html(f'<div class="record">\n{joined(body)}\n</div>'))


def thanks_page(code: str) -> str:
    """After the message was taken. code: withdraws it."""
    body = [
        Html(f'<h1>Đã nhận lời nhắn</h1>\n<p class="summary">{esc("Dạ, cán bộ sẽ gọi lại cho anh/chị trong giờ làm việc.")}</p>'),
        section(
            "code",
            "Mã của lời nhắn",
            Html(
                f'<p class="letters"><strong>{esc(code)}</strong></p>\n'
                f'<p>Không cần gọi nữa, anh/chị nhập mã này ở mục <a href="{PRIVACY}#erase">Quyền riêng tư</a> để xóa lời nhắn. '
                "Mã chỉ hiện ở đây một lần, anh/chị ghi lại hoặc chụp màn hình nhé.</p>"
            ),
        ),
        note(_SAFETY, "warn"),
        Html('<p class="actions"><a class="button" href="/">Hỏi trợ lý</a></p>'),
    ]
    return document("Đã nhận lời nhắn", Html(f'<div class="record">\n{joined(body)}\n</div>'))


def _before(office: str) -> Html:
    rows = (
        "Cán bộ đọc lời nhắn rồi gọi vào số điện thoại anh/chị ghi, trong giờ làm việc. Không hẹn trước được giờ gọi.",
        "Họ tên, số điện thoại được mã hóa khi lưu. Gọi xong 7 ngày thì xóa; chưa gọi được thì sau 30 ngày cũng xóa.",
        "Nơi này không nhận hồ sơ. Anh/chị nộp hồ sơ tại quầy hoặc trên Cổng Dịch vụ công quốc gia.",
        "Nơi này không nhận phản ánh, khiếu nại. Anh/chị gửi ở mục Phản ánh, kiến nghị trên Cổng Dịch vụ công quốc gia.",
        f"Cần ngay thì anh/chị đến {office}.",
    )
    return joined([bullets(rows, label="before-title"), note(_SAFETY, "warn")])


def _form(values: Mapping[str, str], errors: Mapping[str, str]) -> Html:
    def box(name: str, label: str, limit: int, attributes: str, hint: str = "", rows: int = 1) -> Html:
        more = Html(f'{attributes} maxlength="{limit}"')
        return text_field(name, label, values.get(name, ""), error=errors.get(name), hint=hint, rows=rows, more=more)

    fields = [
        box("name", "Họ và tên", MAX_NAME, ' autocomplete="name" required'),
        box("phone", "Số điện thoại", 40, ' autocomplete="tel" inputmode="tel" required', "Số để cán bộ gọi lại."),
        box("question", "Điều cần hỏi", MAX_QUESTION, " required", "Xin đừng ghi số căn cước, số hồ sơ, số tài khoản.", rows=5),
        box("commune", "Xã, phường (không bắt buộc)", MAX_COMMUNE, ' autocomplete="off"'),
        tick_field("consent", _CONSENT, "consent" in values, error=errors.get("consent")),
        _TRAP,
        Html('<p><button class="button" type="submit">Gửi lời nhắn</button></p>'),
    ]
    return Html(f'<form class="form" method="post" action="{PATH}" accept-charset="utf-8" novalidate>\n{joined(fields)}\n</form>')
