"""The few sentences the gateway itself says to a citizen. Everything about procedures is said by actions."""

from __future__ import annotations

NOTICE = (
    "Đây là máy trả lời tự động, chỉ hướng dẫn về thủ tục hành chính. Kết quả chính thức do cơ quan có thẩm quyền "
    "quyết định. Anh/chị đừng gửi số giấy tờ hay thông tin riêng nhé."
)
UNREADABLE = "Tôi chưa đọc được tin nhắn này. Anh/chị viết lại bằng chữ giúp tôi, ví dụ: làm giấy khai sinh cần giấy tờ gì?"

BAD_JSON = "Tôi không đọc được yêu cầu này. Anh/chị tải lại trang rồi gửi lại nhé."
BAD_ENCODING = "Chữ gửi lên không đúng bảng mã UTF-8. Anh/chị tải lại trang rồi gửi lại nhé."
BAD_TYPE = "Yêu cầu phải gửi ở dạng JSON (Content-Type: application/json)."
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
NOT_FOUND = "Không có trang hoặc thủ tục này. Anh/chị kiểm tra lại địa chỉ hoặc mã thủ tục nhé."
NO_REOPEN_CODE = (
    "Mã mở lại danh sách giấy tờ gồm 6 hoặc 9 chữ cái, chữ số, ví dụ 2247T-8; trong mã không có chữ A, E, I, O, U, Y "
    "và số 0, số 1. Anh/chị xem lại mã trên giấy nhé."
)
NOT_ALLOWED = "Địa chỉ này không nhận kiểu yêu cầu vừa gửi."
TOO_FAST = "Anh/chị gửi hơi nhanh. Xin đợi {seconds} giây rồi gửi lại nhé."
BUSY = "Xin lỗi anh/chị, máy đang bận nên chưa trả lời được. Anh/chị gửi lại sau ít phút, hoặc hỏi bộ phận một cửa nơi gần nhất."
NO_RECORDS = "Xin lỗi anh/chị, hiện chưa mở được danh sách thủ tục. Anh/chị thử lại sau ít phút nhé."
FAILED = "Xin lỗi anh/chị, hệ thống vừa gặp lỗi. Anh/chị gửi lại sau ít phút, hoặc hỏi bộ phận một cửa nơi gần nhất."
