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
}
"""Of this section; other sections add theirs here."""


def title(action: str) -> str:
    """An action that nobody has named is shown as it is kept."""
    return TITLES.get(action, action)
