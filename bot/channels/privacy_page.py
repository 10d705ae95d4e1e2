"""(Days, whom to ask, outcome of an erasure) -> the page that tells what is kept and how it goes away. Pure, no script.

Every sentence here is a promise: what the code does stands in docs/privacy.md, and the tests compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.form import text_field
from bot.channels.page_html import Html, bullets, document, esc, joined, note, section

PATH = "/quyen-rieng-tu"
TITLE = "Quyền riêng tư"
_WHO = (
    "Trả lời anh/chị là máy, không phải người. Máy chỉ hướng dẫn về thủ tục hành chính, dựa trên dữ liệu đã ghi; máy không nhận "
    "hồ sơ và không quyết định việc gì của anh/chị. Kết quả chính thức do cơ quan có thẩm quyền quyết định.",
    "Không muốn hỏi máy thì anh/chị hỏi người tại {office}, quyền lợi vẫn như nhau.",
)
_KEPT = (
    "Câu hỏi của anh/chị, sau khi máy đã che các dãy số giống số giấy tờ, số điện thoại, số tài khoản, số hồ sơ, biển số và địa chỉ "
    "thư điện tử.",
    "Câu trả lời của máy, thời điểm hỏi, nơi hỏi (trang web hay Zalo), thủ tục được hỏi và một mã ngẫu nhiên của cuộc trò chuyện.",
    "Ý kiến của anh/chị về câu trả lời, nếu anh/chị gửi; chữ trong đó cũng được che số.",
    "Họ tên, số điện thoại và điều cần hỏi, chỉ khi anh/chị để lại lời nhắn để được gọi lại; các mục này được mã hóa khi lưu.",
)
_NOT_MASKED = (
    "Máy không nhận ra được hết tên người, địa chỉ nhà hay chuyện riêng viết bằng chữ. "
    "Anh/chị đừng viết những điều đó trong câu hỏi nhé."
)
_WHY = (
    "Để xem câu nào máy trả lời chưa đúng mà sửa, và để đếm thủ tục nào được hỏi nhiều.",
    "Không dùng để quảng cáo, không bán, không dùng để đánh giá hay theo dõi ai.",
)
_LONG = (
    "Chữ của câu hỏi, câu trả lời, ý kiến và mã cuộc trò chuyện: {days} ngày, sau đó máy tự xóa (mỗi ngày xóa một lượt). "
    "Phần còn lại chỉ là số đếm, không biết là của ai.",
    "Điều máy đang nói dở với anh/chị (ví dụ đang hỏi thủ tục nào): 24 giờ.",
    "Lời nhắn để được gọi lại: gọi xong 7 ngày; chưa gọi được thì 30 ngày.",
    "Tin nhắn Zalo đã xử lý: 1 ngày; mã tin để không trả lời trùng: 8 ngày.",
)
_SEES = (
    "Người được cơ quan giao xem lại câu trả lời và người quản lý máy chủ.",
    "Lời nhắn để được gọi lại: cán bộ được giao gọi lại.",
)
_NOT_KEPT = (
    "Họ tên, số căn cước, tài khoản định danh: máy không hỏi và không cần.",
    "Địa chỉ mạng (IP): chỉ nằm trong bộ nhớ một lúc để hạn chế người gửi dồn dập, chương trình này không ghi lại.",
    "Số hồ sơ: chỉ dùng để xem tình trạng hồ sơ ngay lúc hỏi, nếu nơi này có tra cứu; không ghi lại.",
    "Không dùng cookie. Cuộc trò chuyện nằm tạm trong trình duyệt của anh/chị và mất khi đóng thẻ, trừ khi anh/chị chọn giữ lại "
    "trên máy.",
)
_ZALO = (
    "Hỏi qua Zalo thì Zalo cho biết mã người dùng của anh/chị đối với tài khoản này; cần mã ấy mới gửi được câu trả lời. "
    "Anh/chị không nhắn nữa thì sau {days} ngày mã được xóa.",
    "Tin nhắn trong ứng dụng Zalo do Zalo giữ theo quy định của Zalo; xóa ở đây không xóa trong máy anh/chị.",
    "Muốn xóa, anh/chị nhắn “xóa dữ liệu của tôi”.",
)
_RIGHTS = (
    "Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, anh/chị có quyền biết và đồng ý hay không đồng ý, rút lại sự đồng ý, xem và "
    "sửa, yêu cầu xóa, hạn chế hoặc phản đối việc xử lý dữ liệu của mình, khiếu nại và yêu cầu bảo vệ.",
    "Anh/chị yêu cầu với {office}.",
)


def privacy_page(
    days: int, contact: Mapping[str, Any], *, outcome: str | None = None, error: str | None = None, typed: str = ""
) -> str:
    """days: Settings.keep_days. contact: row of province/*.yml whom to ask; `name` at least. outcome: said after an erasure.
    error, typed: of the box for the code."""
    name = contact["name"]
    office = f"{name} ({contact['address']})" if contact.get("address") else name

    def part(anchor: str, title: str, rows: tuple[str, ...], *more: Html) -> Html:
        told = (row.format(days=days, office=office if anchor == "rights" else name) for row in rows)
        return section(anchor, title, joined([bullets(told, label=f"{anchor}-title"), *more]))

    body = [
        Html(f"<h1>{esc(TITLE)}</h1>"),
        part("who", "Ai trả lời anh/chị", _WHO),
        part("kept", "Giữ lại những gì", _KEPT, note(_NOT_MASKED, "warn")),
        part("why", "Giữ để làm gì", _WHY),
        part("long", "Giữ bao lâu", _LONG),
        part("sees", "Ai xem được", _SEES),
        part("not-kept", "Không giữ những gì", _NOT_KEPT),
        part("zalo", "Khi hỏi qua Zalo", _ZALO),
        section("erase", "Xóa dữ liệu của mình", _erase(outcome, error, typed)),
        part("rights", "Quyền của anh/chị", _RIGHTS),
        Html('<p class="actions"><a class="button" href="/">Hỏi trợ lý</a></p>'),
    ]
    return document(f"Lỗi: {TITLE}" if error else TITLE, Html(f'<div class="record">\n{joined(body)}\n</div>'))


def _erase(outcome: str | None, error: str | None, typed: str) -> Html:
    ways = (
        "Trên trang web: bấm “Xóa cuộc trò chuyện” trong mục “Thêm”. Mọi điều giữ lại của cuộc trò chuyện ấy mất ngay, không lấy lại "
        "được.",
        "Trên Zalo: nhắn “xóa dữ liệu của tôi”.",
        "Đã đóng trang, hoặc muốn xóa lời nhắn gọi lại: nhập mã đã ghi lại vào ô dưới đây.",
    )
    more = Html(' autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" required')
    box = text_field("code", "Mã xóa", typed, error=error, hint="Gồm 9 chữ cái, chữ số, ví dụ 7K2P-9GRT-4.", more=more)
    button = '<p><button class="button" type="submit">Xóa</button></p>'
    form = f'<form class="form" method="post" action="{PATH}#erase" accept-charset="utf-8" novalidate>\n{box}\n{button}\n</form>'
    # Here, not at the head of the page: the answer to the form scrolls to this section.
    said = Html(f'<p class="note note--plain" role="status">{esc(outcome)}</p>') if outcome else Html("")
    return joined([said, bullets(ways, label="erase-title"), Html(form)])
