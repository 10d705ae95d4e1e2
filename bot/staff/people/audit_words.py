"""What stands in the log as an action in, how it is said on the page out."""

from __future__ import annotations

TITLES = {
    "login": "Đăng nhập",
    "login_failed": "Đăng nhập sai",
    "totp_failed": "Sai mã xác thực",
    "confirm_failed": "Nhập lại mật khẩu sai",
    "oidc_refused": "Không vào được qua hệ thống của cơ quan",
    "logout": "Đăng xuất",
    "password_changed": "Đổi mật khẩu",
    "password_reset": "Cấp mật khẩu tạm",
    "totp_on": "Bật xác thực hai bước",
    "totp_off": "Tắt xác thực hai bước",
    "totp_reset": "Tắt xác thực hai bước cho người khác",
    "recovery_renewed": "Lấy mã dự phòng mới",
    "person_added": "Thêm người dùng",
    "person_appointed": "Giao quyền",
    "person_disabled": "Ngừng tài khoản",
    "person_enabled": "Mở lại tài khoản",
    "audit_exported": "Xuất nhật ký",
    "audit_verified": "Kiểm tra nhật ký",
    "content.save": "Lưu nội dung",
    "content.remove": "Bỏ nội dung",
    "content.restore": "Khôi phục bản cũ",
    "content.import": "Nhập nội dung từ tệp",
    "content.export": "Xuất nội dung ra tệp",
    "procedure.new": "Thêm thủ tục",
    "procedure.draft": "Lưu nháp thủ tục",
    "procedure.save": "Lưu thủ tục",
    "procedure.warnings": "Nhận theo dõi cảnh báo",
    "import.upload": "Tải lên danh mục quốc gia",
    "import.accept": "Nhận thay đổi của danh mục",
    "import.refuse": "Bỏ qua thay đổi của danh mục",
    "publish.make": "Tạo bản sắp xuất bản",
    "publish.cancel": "Dừng tạo bản sắp xuất bản",
    "publish.resume": "Chạy tiếp việc tạo bản",
    "publish.again": "Kiểm tra lại bản sắp xuất bản",
    "publish.retire": "Bỏ bản sắp xuất bản",
    "publish.approve": "Duyệt bản sắp xuất bản",
    "publish.live": "Đưa lên cho người dân",
    "publish.rollback": "Quay lại bản trước",
    "queue.change": "Đổi người phụ trách, hạn, ghi chú",
    "queue.ignore": "Bỏ qua nhóm câu hỏi",
    "queue.reopen": "Mở lại nhóm câu hỏi",
    "queue.split": "Tách nhóm câu hỏi",
    "queue.merge": "Gộp nhóm câu hỏi",
    "queue.resolve": "Xử lý nhóm câu hỏi",
    "call.open": "Mở lời nhắn chờ gọi lại",
    "call.done": "Ghi đã gọi lại",
    "switch.off": "Tạm ngừng",
    "switch.on": "Mở lại",
    "figures.export": "Xuất số liệu",
    "sample.draw": "Lấy mẫu câu trả lời",
    "sample.judge": "Chấm câu trả lời",
}
"""Every section adds its own."""


def title(action: str) -> str:
    """An action that nobody has named is shown as it is kept."""
    return TITLES.get(action, action)
