"""The few sentences the gateway itself says to a citizen. Everything about procedures is said by actions."""

from __future__ import annotations

KEEP_DAYS = 30
"""What NOTICE tells; Settings.keep_days where it is told otherwise."""
_NOTICE = (
    "Đây là máy trả lời tự động, chỉ hướng dẫn về thủ tục hành chính; kết quả chính thức do cơ quan có thẩm quyền quyết định. "
    "Câu hỏi được che số rồi giữ {days} ngày để sửa những câu trả lời chưa đúng; anh/chị xóa lúc nào cũng được, cách xóa ở mục "
    "Quyền riêng tư. Anh/chị đừng gửi họ tên, số giấy tờ, số điện thoại nhé."
)


def notice(keep_days: int) -> str:
    """Said before the first answer of a conversation."""
    return _NOTICE.format(days=keep_days)


NOTICE = notice(KEEP_DAYS)
UNREADABLE = "Tôi chưa đọc được tin nhắn này. Anh/chị viết lại bằng chữ giúp tôi, ví dụ: làm giấy khai sinh cần giấy tờ gì?"

BAD_JSON = "Tôi không đọc được yêu cầu này. Anh/chị tải lại trang rồi gửi lại nhé."
BAD_ENCODING = "Chữ gửi lên không đúng bảng mã UTF-8. Anh/chị tải lại trang rồi gửi lại nhé."
BAD_TYPE = "Yêu cầu phải gửi ở dạng JSON (Content-Type: application/json)."
BAD_FORM = "Chưa đọc được câu hỏi vừa gửi. Anh/chị nhập lại rồi bấm Gửi giúp nhé."
NO_MESSAGE = "Tin nhắn phải là chữ. Anh/chị nhập câu hỏi rồi gửi lại nhé."
BLANK = "Tin nhắn đang trống. Anh/chị nhập câu hỏi rồi gửi lại nhé."
TOO_LONG = "Tin nhắn dài quá 2.000 chữ. Anh/chị rút ngắn câu hỏi rồi gửi lại nhé."
TOO_BIG = "Nội dung gửi lên quá lớn. Anh/chị rút ngắn câu hỏi rồi gửi lại nhé."
BAD_CONVERSATION = "Mã cuộc trò chuyện không đúng dạng. Anh/chị tải lại trang để bắt đầu cuộc trò chuyện mới nhé."
BAD_NOW = "Thời điểm “now” không đúng dạng ngày giờ ISO 8601."
BAD_PAGE = "Số trang không đúng. Trang là một số nguyên từ 1 trở lên."
NO_RECEIVED = "Chưa có ngày nhận hồ sơ. Anh/chị ghi received theo dạng năm-tháng-ngày, ví dụ 2026-06-03T09:30."
BAD_ROW = "Số thứ tự của thời hạn (row) không đúng. Anh/chị ghi một số nguyên từ 0 trở lên."
NO_ROW = "Thủ tục này không có thời hạn ấy. Anh/chị hỏi lại trong cuộc trò chuyện để lấy liên kết mới nhé."
NO_CALENDAR = "Xin lỗi anh/chị, hiện chưa mở được lịch nghỉ nên chưa tính được ngày trả kết quả. Anh/chị hỏi nơi nhận hồ sơ nhé."

_MESSENGER_NOTICE = (
    "Đây là máy trả lời tự động, chỉ hướng dẫn về thủ tục hành chính; kết quả chính thức do cơ quan có thẩm quyền quyết định. "
    "Câu hỏi được che số rồi giữ {days} ngày để sửa những câu trả lời chưa đúng; muốn xóa, anh/chị nhắn “xóa dữ liệu của tôi”. "
    "Anh/chị đừng gửi họ tên, số giấy tờ, số điện thoại nhé."
)
_MESSENGER_PRIVACY = "Cách giữ và xóa thông tin: {page}"


def messenger_notice(keep_days: int, page: str) -> str:
    """What a messenger's user is told once a day before anything else. page: address of the notice in full, "" = none."""
    return "\n".join([_MESSENGER_NOTICE.format(days=keep_days), *([_MESSENGER_PRIVACY.format(page=page)] if page else [])])


MESSENGER_GREETING = "Dạ, chào anh/chị. Anh/chị cần hỏi thủ tục nào thì nhắn ở đây, ví dụ: làm giấy khai sinh cho con cần giấy tờ gì?"
MESSENGER_NEEDS_TEXT = (
    "Dạ, tôi chỉ đọc được chữ, chưa xem được ảnh, tệp, vị trí hay nghe được tin thoại. Anh/chị viết câu hỏi bằng chữ giúp tôi, "
    "và đừng gửi ảnh giấy tờ cá nhân qua đây nhé."
)
MESSENGER_FORM = (
    "Dạ, để hỏi thủ tục, anh/chị không cần gửi họ tên, số điện thoại hay địa chỉ. Tôi không lưu những thông tin anh/chị vừa gửi. "
    "Anh/chị cứ nhắn câu hỏi nhé."
)
ERASED_HERE = "Dạ, tôi đã xóa câu hỏi, câu trả lời và những gì còn giữ về cuộc trò chuyện vừa rồi. Câu hỏi tiếp theo bắt đầu cuộc trò chuyện mới."
MESSENGER_ERASED = "Dạ, tôi đã xóa câu hỏi, câu trả lời và những gì còn giữ về cuộc trò chuyện này."
MESSENGER_NOT_ERASED = "Dạ, xin lỗi anh/chị, hiện chưa xóa được. Anh/chị nhắn lại “xóa dữ liệu của tôi” sau ít phút nhé."
MESSENGER_LATE = "Dạ, xin lỗi anh/chị vì đã để anh/chị chờ lâu."
MESSENGER_TOO_FAST = "Dạ, anh/chị gửi hơi nhanh nên có tin tôi chưa trả lời. Anh/chị đợi một phút rồi nhắn lại giúp tôi nhé."
MESSENGER_UNSIGNED = "Yêu cầu này không có chữ ký đúng nên không được nhận."
MESSENGER_ANSWER_BY_NUMBER = "Anh/chị trả lời bằng số:"
MESSENGER_ASK_BY_NUMBER = "Để hỏi tiếp, anh/chị trả lời bằng số:"
MESSENGER_SOURCE_PAGE = "Trang nguồn: {url}"
MESSENGER_SOURCE = "Nguồn: {title}, đối chiếu ngày {day}: {url}"

NOT_FOUND = "Không có trang hoặc thủ tục này. Anh/chị kiểm tra lại địa chỉ hoặc mã thủ tục nhé."
NO_REOPEN_CODE = (
    "Mã mở lại danh sách giấy tờ gồm 6 hoặc 9 chữ cái, chữ số, ví dụ 2247T-8; trong mã không có chữ A, E, I, O, U, Y "
    "và số 0, số 1. Anh/chị xem lại mã trên giấy nhé."
)
NOT_ALLOWED = "Địa chỉ này không nhận kiểu yêu cầu vừa gửi."
FOREIGN_SITE = "Trang web vừa gửi yêu cầu chưa được phép dùng trợ lý này. Anh/chị mở trực tiếp trang của trợ lý rồi gửi lại nhé."
TOO_SLOW = "Nội dung gửi lên quá chậm nên chưa nhận được hết. Anh/chị kiểm tra kết nối mạng rồi gửi lại nhé."
TOO_FAST = "Anh/chị gửi hơi nhanh. Xin đợi {seconds} giây rồi gửi lại nhé."
BUSY = "Xin lỗi anh/chị, máy đang bận nên chưa trả lời được. Anh/chị gửi lại sau ít phút, hoặc hỏi bộ phận một cửa nơi gần nhất."
NO_RECORDS = "Xin lỗi anh/chị, hiện chưa mở được danh sách thủ tục. Anh/chị thử lại sau ít phút nhé."
FAILED = "Xin lỗi anh/chị, hệ thống vừa gặp lỗi. Anh/chị gửi lại sau ít phút, hoặc hỏi bộ phận một cửa nơi gần nhất."

NOT_KEPT = "Xin lỗi anh/chị, hiện chưa ghi lại được. Anh/chị thử lại sau ít phút nhé."
NOT_ERASED = "Xin lỗi anh/chị, hiện chưa xóa được. Anh/chị thử lại sau ít phút nhé."
NO_CONVERSATION = "Thiếu mã cuộc trò chuyện, hoặc mã không còn dùng được. Anh/chị tải lại trang rồi thử lại nhé."
NO_TURN = "Không tìm thấy câu trả lời này trong cuộc trò chuyện, hoặc nội dung đã được xóa."
BAD_VALUE = "Ý kiến về câu trả lời không đúng dạng. Anh/chị chọn “Hữu ích” hoặc “Chưa đúng” nhé."
BAD_STARS = "Điểm đánh giá không đúng. Anh/chị chọn từ 1 đến 5 nhé."
WORDS_TOO_LONG = "Lời góp ý dài quá 500 chữ cái. Anh/chị rút ngắn rồi gửi lại nhé."
ERASED_BY_CODE = "Dạ, nếu mã này còn dùng được thì mọi nội dung gắn với mã đã được xóa."
BAD_CODE = (
    "Mã xóa gồm 9 chữ cái, chữ số, ví dụ 7K2P-9GRT-4; trong mã không có chữ A, E, I, O, U, Y và số 0, số 1. "
    "Anh/chị xem lại mã rồi nhập lại nhé."
)

CONTACT_NAME = "Anh/chị ghi họ tên bằng chữ, từ 2 đến 80 chữ cái."
CONTACT_PHONE = "Anh/chị ghi số điện thoại Việt Nam, ví dụ số di động gồm 10 chữ số, bắt đầu bằng số 0."
CONTACT_QUESTION = "Anh/chị ghi điều cần hỏi."
CONTACT_QUESTION_LONG = "Điều cần hỏi dài quá 1.000 chữ cái. Anh/chị rút ngắn giúp nhé."
CONTACT_COMMUNE = "Tên xã, phường dài quá 80 chữ cái."
CONTACT_CONSENT = "Cần anh/chị đồng ý thì cán bộ mới được dùng số điện thoại này để gọi lại."
CONTACT_TRAP = "Có một ô phải để trống nhưng đã được điền. Ô ấy nay đã trống lại, anh/chị bấm gửi lần nữa nhé."
CONTACT_TOO_OFTEN = "Anh/chị đã gửi mấy lời nhắn rồi. Xin đợi {minutes} phút rồi gửi tiếp, hoặc đến hỏi trực tiếp nơi nhận hồ sơ."
CONTACT_THANKS = (
    "Dạ, đã nhận lời nhắn. Cán bộ sẽ gọi lại trong giờ làm việc. Mã của lời nhắn là {code}; không cần gọi nữa thì anh/chị "
    "dùng mã này để xóa ở mục Quyền riêng tư."
)
