"""Words that passwords of the office must not be built of: folded (no marks, no blanks, lower case). Short on purpose; rules do the rest."""

from __future__ import annotations

COMMON = frozenset("""
password passw0rd passwort mypassword newpassword passwordpassword secret letmein welcome iloveyou qwerty qwertyuiop asdfghjkl zxcvbnm
qazwsx qazwsxedc zaqwsx abc abcd abcdef abcdefgh admin administrator adminadmin root user login master dragon monkey football baseball
superman batman sunshine princess shadow michael default changeme temporary temppassword test testtest guest computer internet windows
google facebook trustno helloworld hello whatever starwars pokemon
matkhau matkhaumoi matkhaucu matkhaumatkhau matkhaucuatoi quantri quantrivien quantrihethong nguoidung canbo congchuc truycap dangnhap
motcua motcuadientu mocua bophanmotcua dichvucong dichvucongtructuyen cchc caicachhanhchinh ubnd uybannhandan uyban hanhchinh
hanhchinhcong thutuchanhchinh trungtamhanhchinhcong phuong xaphuong tinh camau tinhcamau baclieu saigon hanoi danang cantho hochiminh
thanhphohochiminh vietnam vietnamvodich chxhcnvn cochu bacho doclaptudohanhphuc anhyeuem emyeuanh toiyeuem yeuem yeuanh emyeu yeunhau
anhnhoem nhoem vochong giadinh conyeu mevacon mayman hanhphuc hoahong khongbiet khongnho khongco khongcogi xinchao chaoban tinhyeu
congnghethongtin maytinh bongda nguyenvan nguyenthi nguyenvana
""".split())
ROWS = (
    "01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn",
    "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujmikolp",
)
"""What fingers run along."""
