"""Addresses in, the page /nhung out: how the staff of a portal put the assistant into their site. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.channels.page_html import Html, bullets, document, esc, joined, note, section

PATH = "/nhung"
WIDGET = "/widget.js"
_ATTRIBUTES = (
    ("mode", "bubble, page hoặc inline", "bubble", "Nút ở góc trang, cả trang, hoặc một khung nằm ngay chỗ đặt thẻ.", 'mode="inline"'),
    ("title", "chữ", "Một Cửa", "Tên hiện ở đầu khung trò chuyện.", 'title="Hỏi thủ tục"'),
    ("lang", "vi hoặc en", "vi", "Ngôn ngữ của các nút. Câu trả lời luôn bằng tiếng Việt.", 'lang="en"'),
    ("position", "right hoặc left", "right", "Nút nằm ở góc phải hay góc trái.", 'position="left"'),
    ("accent", "mã màu #rrggbb", "màu của trợ lý", "Màu chính. Màu quá nhạt, chữ trắng khó đọc thì không được dùng.", 'accent="#8a1c1c"'),
    ("theme", "auto, light hoặc dark", "auto", "Nền sáng hay tối; auto theo máy của người dùng.", 'theme="light"'),
    ("remember", "không cần giá trị", "không có", "Cho người dùng tự chọn giữ cuộc trò chuyện trên máy sau khi đóng trình duyệt.", "remember"),
    ("api", "địa chỉ", "nơi có widget.js", "Máy chủ trả lời, khi khác nơi đặt widget.js.", 'api="{base}"'),
)
"""name, values, default, what it does, example."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """One exact state of the script. path: on this server, "/widget.<hash>.js". integrity: "sha384-…"."""

    path: str
    integrity: str


def embed_page(base: str, *, told: bool, pinned: Pinned | None, keep_days: int, origins: Sequence[str]) -> str:
    """base: this server's address, no slash at the end. told: the office has set it (MOT_CUA_PUBLIC_URL), else it was read off the
    request. pinned: None = no SRI lines. origins: sites that may embed already."""
    parts = (
        Html("<h1>Đưa trợ lý vào cổng thông tin</h1>"),
        Html('<p class="summary">Trang này dành cho cán bộ quản trị cổng. Chỉ cần thêm một dòng vào trang, không phải cài đặt gì thêm.</p>'),
        Html("") if told else note(
            "Các địa chỉ dưới đây lấy theo địa chỉ đang mở. Đơn vị vận hành nên đặt MOT_CUA_PUBLIC_URL để trang này ghi đúng địa chỉ công khai.", "warn",
        ),
        _one_line(base),
        _allow(origins),
        _attributes(base),
        _policy(base),
        _pinning(base, pinned) if pinned else Html(""),
        _frame(base),
        _testing(),
        _privacy(keep_days),
        Html(f'<script src="{WIDGET}" defer></script>\n<mot-cua-chat></mot-cua-chat>'),
    )
    return document("Đưa trợ lý vào cổng thông tin", Html(f'<div class="record guide">\n{joined(parts)}\n</div>'))


def code(text: str, label: str) -> Html:
    """A block to copy. It can be scrolled with the keyboard, hence the label."""
    return Html(f'<pre class="code" tabindex="0" role="region" aria-label="{esc(label)}"><code>{esc(text)}</code></pre>')


def snippet(base: str) -> str:
    """The line that is all it takes."""
    return f'<script src="{base}{WIDGET}" defer></script><mot-cua-chat></mot-cua-chat>'


def _says(text: str) -> Html:
    return Html(f"<p>{esc(text)}</p>")


def _one_line(base: str) -> Html:
    return section("mot-dong", "1. Thêm một dòng", joined((
        _says("Đặt dòng này ngay trước thẻ </body> của mẫu trang dùng chung:"),
        code(snippet(base), "Dòng để chép"),
        _says("Nút “Hỏi thủ tục hành chính” ở góc dưới trang này chính là dòng ấy đang chạy; anh/chị bấm thử. Không thấy nút thì trình duyệt "
              "đang tắt JavaScript."),
        _says("Nếu hệ thống của cổng chỉ cho thêm thẻ script, anh/chị dùng dòng sau; nút tự hiện:"),
        code(f'<script src="{base}{WIDGET}" defer data-auto></script>', "Dòng chỉ có thẻ script"),
    )))


def _allow(origins: Sequence[str]) -> Html:
    listed = (
        joined((Html('<p id="da-cho-phep">Các trang đang được phép:</p>'), bullets(origins, label="da-cho-phep")))
        if origins else _says("Hiện chưa có trang nào khác được phép.")
    )
    return section("cho-phep", "2. Cho phép địa chỉ của cổng", joined((
        _says("Trợ lý chỉ trả lời những trang có trong danh sách. Đơn vị vận hành ghi địa chỉ của cổng vào biến môi trường, nhiều địa chỉ thì "
              "cách nhau bằng dấu phẩy, rồi khởi động lại:"),
        code("MOT_CUA_ORIGINS=https://cong.tinh.example,https://www.cong.tinh.example", "Biến môi trường"),
        _says("Mỗi địa chỉ gồm https://, tên miền và cổng nếu có, không kèm đường dẫn. Tên miền có www và không có www là hai địa chỉ khác nhau."),
        listed,
    )))


def _attributes(base: str) -> Html:
    rows = "".join(
        f'<tr><th scope="row"><code>{esc(name)}</code></th><td data-head="Giá trị">{esc(values)}</td><td data-head="Mặc định">{esc(default)}</td>'
        f'<td data-head="Tác dụng">{esc(effect)}</td><td data-head="Ví dụ"><code>{esc(example.format(base=base))}</code></td></tr>\n'
        for name, values, default, effect, example in _ATTRIBUTES
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Thuộc tính", "Giá trị", "Mặc định", "Tác dụng", "Ví dụ"))
    return section("thuoc-tinh", "3. Chỉnh theo ý cổng", joined((
        _says("Các thuộc tính viết trong thẻ mot-cua-chat, thuộc tính nào cũng bỏ qua được:"),
        Html(f'<table class="options" aria-labelledby="thuoc-tinh-title"><thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table>'),
        code('<mot-cua-chat mode="inline" title="Hỏi thủ tục" accent="#8a1c1c"></mot-cua-chat>', "Ví dụ nhiều thuộc tính"),
    )))


def _policy(base: str) -> Html:
    return section("csp", "4. Nếu cổng có Content-Security-Policy", joined((
        _says("Thêm địa chỉ của trợ lý vào hai dòng có sẵn:"),
        code(f"script-src {base};\nconnect-src {base};", "Dòng của Content-Security-Policy"),
        _says("Không cần thêm style-src, img-src hay font-src. Trợ lý không dùng eval, không dùng mã viết liền trong trang, và chạy được khi cổng bật "
              "Trusted Types."),
        _says("Trình duyệt cũ không biết adoptedStyleSheets thì cần nonce: anh/chị ghi thuộc tính nonce của cổng vào thẻ script."),
    )))


def _pinning(base: str, pinned: Pinned) -> Html:
    return section("sri", "5. Nếu cổng bắt buộc kiểm tra toàn vẹn (SRI)", joined((
        _says("Dòng sau chỉ chạy đúng bản hiện nay của trợ lý:"),
        code(
            f'<script src="{base}{pinned.path}" integrity="{pinned.integrity}" crossorigin="anonymous" defer></script><mot-cua-chat></mot-cua-chat>',
            "Dòng có SRI",
        ),
        note("Mỗi lần trợ lý được nâng cấp, địa chỉ này đổi và dòng cũ không chạy nữa; cổng phải chép lại dòng mới ở đây. Không bắt buộc SRI thì "
             "anh/chị dùng dòng ở mục 1.", "warn"),
    )))


def _frame(base: str) -> Html:
    return section("khung", "Cách khác: khung iframe", joined((
        _says("Cổng không cho chạy JavaScript của nơi khác thì đặt cả trang trò chuyện vào một khung:"),
        code(f'<iframe src="{base}/chat" title="Hỏi thủ tục hành chính" width="100%" height="640" allow="clipboard-write"></iframe>', "Dòng iframe"),
        _says("Địa chỉ của cổng vẫn phải có trong danh sách ở mục 2. Cổng có Content-Security-Policy thì thêm:"),
        code(f"frame-src {base};", "Dòng của Content-Security-Policy cho iframe"),
        _says("Trong khung, trang vẫn dùng được khi tắt JavaScript."),
    )))


def _testing() -> Html:
    return _listed("thu", "Thử lại sau khi thêm", (
        "Mở một trang của cổng: nút “Hỏi thủ tục hành chính” hiện ở góc.",
        "Bấm nút rồi hỏi một câu, ví dụ: khai sinh cần gì?",
        "Sang trang khác của cổng, mở lại khung: cuộc trò chuyện vẫn còn.",
        "Khung mở được nhưng hỏi không được: địa chỉ của cổng chưa có trong MOT_CUA_ORIGINS, máy chủ trả mã 403.",
        "Không thấy nút: bấm F12, xem mục Console; thường là Content-Security-Policy chưa cho phép.",
        "Thử trên điện thoại, và thử chỉ dùng bàn phím: Tab tới nút, Enter để mở, Esc để đóng.",
    ), numbered=True)


def _privacy(keep_days: int) -> Html:
    listed = _listed("rieng-tu", "Dữ liệu của người dùng", (
        "Không dùng cookie, không tải phông chữ, ảnh hay mã từ nơi thứ ba.",
        "Cuộc trò chuyện nằm trong bộ nhớ của thẻ trình duyệt (sessionStorage) và mất khi đóng thẻ, trừ khi người dùng tự chọn giữ lại.",
        f"Máy chủ che số giấy tờ, số điện thoại, địa chỉ thư trước khi xử lý; câu hỏi đã che được giữ nhiều nhất {keep_days} ngày.",
        "Người dùng xóa được cuộc trò chuyện của mình bất cứ lúc nào.",
        "Nút đọc câu trả lời dùng giọng đọc của trình duyệt; có giọng đọc chạy trên máy chủ của hãng làm ra trình duyệt.",
    ))
    return joined((listed, Html('<p><a href="/quyen-rieng-tu">Đọc đầy đủ về quyền riêng tư</a></p>')))


def _listed(anchor: str, title: str, rows: Iterable[str], *, numbered: bool = False) -> Html:
    return section(anchor, title, bullets(rows, label=f"{anchor}-title", numbered=numbered))
