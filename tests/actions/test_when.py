"""The day of handing in, from the words of citizens: what is read, what is asked back, and what is no such day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.when import received_on
from actions.when_found import without_days
from actions.when_words import spelt, written_out

SUNDAY = datetime(2026, 11, 22, 15)
WEDNESDAY = datetime(2026, 11, 25, 9)

ON_WEDNESDAY = [
    # From today.
    ("hôm nay tôi nộp hồ sơ thì chừng nào có", "25/11"), ("hom nay nop thi bao gio xong", "25/11"), ("bữa nay tui nộp", "25/11"), ("hum nay tui nộp hs", "25/11"),
    ("hnay e nop", "25/11"), ("sáng nay em nộp ở xã", "25/11"), ("chiều nay ra phường nộp", "25/11"), ("hồi sáng tui nộp rồi", "25/11"), ("hôm ni nộp", "25/11"),
    ("hôm qua tôi nộp", "24/11"), ("hom qua toi nop", "24/11"), ("bữa qua nộp rồi", "24/11"), ("hôm wa e nộp", "24/11"), ("hqua nop hs", "24/11"), ("chiều qua nộp", "24/11"),
    ("ngày hôm qua có gửi hồ sơ", "24/11"), ("tôi hôm qua lên công an nộp", "24/11"), ("tối qua nộp trên dịch vụ công", "24/11"),
    ("hôm kia nộp", "23/11"), ("bữa kia tui nộp", "23/11"), ("hom kia em nop", "23/11"), ("sáng hôm kia nộp hồ sơ", "23/11"), ("hôm kìa nộp", "22/11"),
    ("ngày mai tôi nộp thì bao giờ có", "26/11"), ("mai tui nộp thì bữa nào lấy", "26/11"), ("mai nop chung nao co", "26/11"), ("sáng mai em đi nộp", "26/11"),
    ("bữa mai ra xã nộp", "26/11"), ("định mai lên phường nộp", "26/11"), ("nộp mai thì sao", "26/11"), ("kết hôn mai nộp bao giờ lấy", "26/11"), ("ngay mai nop", "26/11"),
    ("mốt tui nộp", "27/11"), ("ngày mốt nộp", "27/11"), ("bua mot em nop", "27/11"), ("sáng mốt đi nộp", "27/11"), ("ngày kia tôi nộp", "27/11"),
    # Weekdays.
    ("nộp hôm thứ 5 chừng nào có", "19/11"), ("tôi đã nộp thứ 6", "20/11"), ("hồ sơ nộp bữa thứ hai", "23/11"), ("nop hom t5 roi", "19/11"), ("mới nộp thứ ba", "24/11"),
    ("nộp hôm chủ nhật trên mạng", "22/11"), ("gửi hồ sơ hôm cn", "22/11"), ("nộp hôm thứ tư rồi chưa có", "18/11"), ("sẽ nộp thứ 6", "27/11"), ("thứ hai tôi mới nộp", "30/11"),
    ("tính thứ 7 ra nộp", "28/11"), ("định nộp chủ nhật", "29/11"), ("nếu thứ sáu nộp thì bao giờ có", "27/11"), ("nộp thứ 6 thì chừng nào có", "27/11"),
    ("nộp thứ sáu tuần trước", "20/11"), ("nop thu sau tuan truoc", "20/11"), ("nộp t6 tuần trc", "20/11"), ("nộp thứ ba tuần rồi", "17/11"), ("nộp thứ hai tuần này", "23/11"),
    ("thứ sáu tuần này tôi nộp", "27/11"), ("nộp thứ 2 tuần sau", "30/11"), ("thứ tư tuần tới em nộp", "02/12"), ("nộp cn tuần trước", "22/11"), ("thứ năm tới nộp", "26/11"),
    ("nộp thứ sáu vừa rồi", "20/11"), ("thứ hai này nộp", "30/11"), ("lên xã nộp chiều thứ sáu tuần rồi", "20/11"), ("nộp thứ bảy tuần trước", "21/11"),
    # So long ago, or from now.
    ("nộp 3 ngày trước", "22/11"), ("nop 3 ngay truoc", "22/11"), ("nộp cách đây 2 tuần", "11/11"), ("cach day 10 ngay tui nop", "15/11"), ("nộp được 10 ngày rồi", "15/11"),
    ("nộp hai tuần trước", "11/11"), ("nộp ba bữa trước", "22/11"), ("nộp 5 hôm trước", "20/11"), ("tui nộp 1 tháng rồi", "25/10"), ("nộp mười ngày nay rồi", "15/11"),
    ("2 bữa nữa nộp", "27/11"), ("ba ngày nữa tôi nộp", "28/11"), ("1 tuần nữa mới nộp", "02/12"),
    # Days by number.
    ("nộp hôm 20", "20/11"), ("nộp hôm 28", "28/10"), ("nộp ngày 20 bao giờ có", "20/11"), ("đã nộp ngày 30", "30/10"), ("đã nộp ngày 31", "31/10"), ("sẽ nộp ngày 5", "05/12"),
    ("nộp ngày 27 thì bao giờ có", "27/11"), ("bữa 18 nộp", "18/11"), ("nop hom 12 chua thay gi", "12/11"),
    ("nộp 20/11", "20/11"), ("nộp ngày 20/11 bữa nào có", "20/11"), ("nop hom 5/11 khi nao co", "05/11"), ("nộp 20-11-2026", "20/11"), ("nộp hôm 20.11", "20/11"),
    ("nộp 20.11.2026", "20/11"), ("nộp 20/11/26", "20/11"), ("nộp 2026-11-20", "20/11"), ("nộp ngày 20 tháng 11", "20/11"), ("ngày 20 tháng 11 năm 2026 tôi nộp", "20/11"),
    ("nop ngay 20 thang 11 nam 2026", "20/11"), ("nộp 20 tháng mười một", "20/11"), ("nộp ngày 2/9 năm nay", "02/09"), ("nộp ngày mười tháng mười", "10/10"), ("nộp 1/12", "01/12"),
    ("dự định nộp 3/12", "03/12"), ("Đăng ký khai sinh (mã 1.001193) nộp ngày 20/11/2026 thì bao giờ có kết quả?", "20/11"), ("nộp 20 / 11 / 2026", "20/11"),
    ("nộp thứ 6 ngày 20/11 chừng nào có", "20/11"), ("nop thu 6 (20/11)", "20/11"), ("thứ hai, 9/11 tôi nộp", "09/11"), ("20/11 thứ 6 nộp", "20/11"), ("nộp thứ sáu hôm 20", "20/11"),
    # The day beside the word of handing in, not another one.
    ("con sinh ngày 5/11, tôi nộp hôm 18/11 thì bao giờ có", "18/11"), ("nộp hôm 10/11, giấy hẹn ghi 20/11 mà chưa có", "10/11"), ("má tui mất hôm 15/11, nộp hồ sơ hôm qua", "24/11"),
    ("tôi sinh ngày 1/2/1990, đi làm căn cước hôm thứ sáu", "20/11"), ("nộp hôm nay thì 3 ngày nữa có không", "25/11"), ("cưới ngày 1/11 mà hôm 12/11 mới nộp", "12/11"),
    # Other words of handing in.
    ("đi làm căn cước hôm 12/11 bữa nào lấy", "12/11"), ("đăng ký tạm trú hôm kia chừng nào xong", "23/11"), ("gởi hồ sơ hôm 18/11", "18/11"), ("xã tiếp nhận hồ sơ hôm thứ năm", "19/11"),
    ("hồ sơ của tôi hôm 2/11 tới giờ chưa xong", "02/11"), ("chụp hình lăn tay hôm 9/11", "09/11"), ("lên công an hôm 9/11 làm lại thẻ", "09/11"),
]


IN_OTHER_WORDS = [
    # "Nay" alone, a half of today far from its verb, misspelt.
    ("nay em nộp hồ sơ khai sinh thì bao giờ có", "25/11"), ("nay em moi nop ho so, chung nao co", "25/11"), ("em mới nộp hồ sơ nay", "25/11"), ("tui mới nộp giấy tạm trú nay, bữa nào lấy", "25/11"),
    ("moi nop nay ne", "25/11"), ("mới nộp xong nay", "25/11"), ("dạ nay tui ra xã nộp giấy", "25/11"), ("sáng nay tôi chở má tôi ra ủy ban nhân dân xã Khánh An đợi cả tiếng mới nộp được hồ sơ", "25/11"),
    ("chiều nay vợ chồng tôi tranh thủ ghé ủy ban phường An Xuyên để nộp", "25/11"), ("làm căn cước ở công an phường An Xuyên sáng nay", "25/11"), ("chìu nay e nộp", "25/11"), ("chiu nay nop", "25/11"),
    ("xáng nay tui nộp", "25/11"), ("sớm mai tui đi nộp", "26/11"), ("chìu wa nộp", "24/11"), ("nộp xáng hôm qua", "24/11"), ("mai ra phường làm căn cước", "26/11"),
    # Weekdays that say which.
    ("mai thứ năm tôi nộp", "26/11"), ("mai, thu nam, em ra nop", "26/11"), ("thứ tư này tôi nộp", "25/11"), ("thu 4 nay nop thi chung nao co", "25/11"), ("thứ sáu này nộp", "27/11"), ("thứ hai này nộp rồi", "23/11"), ("đã nộp thứ ba này", "24/11"),
    ("nộp thứ ba vừa rồi", "24/11"), ("nop thu 5 vua roi", "19/11"), ("thứ hai vừa qua tôi nộp", "23/11"), ("nộp t7 mới rồi", "21/11"), ("thứ ba tới nộp", "01/12"),
    ("nop t2 toi thi chung nao co", "30/11"), ("thứ năm tới em mới nộp", "26/11"), ("hôm nay thứ tư nộp", "25/11"), ("hôm qua là thứ ba tui nộp", "24/11"),
    # The office's own receipt, before the day of sending.
    ("xã nhận đủ ngày 20/11", "20/11"), ("hồ sơ được nhận hôm thứ hai", "23/11"), ("trên giấy hẹn ghi nhận ngày 18/11", "18/11"), ("giay hen ghi nhan ho so 18/11, tra 30/11", "18/11"),
    ("gửi bưu điện hôm 16/11, xã nhận 18/11", "18/11"), ("thứ hai gửi bưu điện, thứ ba xã nhận", "24/11"), ("bo buu dien 16/11, buu dien giao cho xa 18/11", "18/11"),
    ("bưu điện lấy hồ sơ hôm 16/11 mà hôm kia mới giao tới xã", "23/11"), ("xã nhận 18/11, gửi bưu điện 16/11", "18/11"), ("gửi bưu điện hôm 16/11, bưu điện giao cho phòng quản lý xuất nhập cảnh 18/11", "18/11"), ("nộp online tối qua, sáng nay hệ thống tiếp nhận", "25/11"),
    ("nộp trên mạng hôm nay, sáng mai công an tiếp nhận", "26/11"), ("gửi qua mạng chủ nhật, thứ hai phường đã tiếp nhận", "23/11"), ("hôm thứ sáu gửi hồ sơ qua bưu điện, thứ ba họ nhận được", "24/11"),
    # At the counter.
    ("lăn tay chụp hình ở công an phường An Xuyên hôm thứ hai", "23/11"), ("lay van tay hom 18/11 bao gio co the", "18/11"), ("mới lấy dấu vân tay sáng nay", "25/11"),
    ("hôm qua ra xã làm giấy khai sinh cho con", "24/11"), ("bữa qua đi khai tử cho ba tui", "24/11"), ("xin mở khóa định danh hôm kia", "23/11"), ("hôm thứ hai đi đổi bằng lái", "23/11"),
    ("di dang ki tam tru hom qua", "24/11"), ("chụp ảnh làm căn cước hôm 12/11", "12/11"), ("lăn tay chụp hình ở công an phường đổi căn cước hôm thứ hai chừng nào lấy", "23/11"),
    # Typing keys left over.
    ("hoom qua nopj", "24/11"), ("nopj hoof sow thuws 3 tuaanf truowcs", "17/11"), ("ho6m qua no6p5", "24/11"), ("nop5 thu71 hai vua2 ro6i2", "23/11"), ("chieuf qua nopj hs", "24/11"),
    ("sangs nay nopj", "25/11"), ("nopj ngayf 20/11", "20/11"), ("noop hoom kia", "23/11"), ("ngayf mai em nopj", "26/11"), ("nop thuws 6 tuanf truocs", "20/11"),
    # A lunar day that today settles.
    ("bữa nay rằm, mới nộp hồ sơ", "25/11"), ("hôm nay mùng một, tôi vừa nộp", "25/11"), ("nay rằm tui đi nộp", "25/11"), ("bua nay la ram, moi nop", "25/11"),
    ("hôm nay nhằm mùng 5, nộp hồ sơ xong", "25/11"), ("hôm qua là rằm tui nộp", "24/11"), ("rằm hôm nay em nộp", "25/11"), ("nay mung 1 nop ho so", "25/11"),
]


@pytest.mark.parametrize(("message", "day"), [*ON_WEDNESDAY, *IN_OTHER_WORDS])
def test_the_day_that_is_meant(message: str, day: str) -> None:
    found = received_on(message, WEDNESDAY)
    assert found is not None and found.unclear is None, found
    assert f"{found.day:%d/%m/%Y}" == f"{day}/2026"


@pytest.mark.parametrize(("message", "days"), [
    ("nộp thứ sáu tuần trước", ("13/11", "20/11")), ("thứ ba tuần rồi tui nộp", ("10/11", "17/11")), ("thứ 2 tuần sau nộp thì bữa nào có", ("23/11", "30/11")),
    ("nộp thứ 7 tuần này", ("21/11", "28/11")), ("nộp thứ 6 bao giờ có", ("20/11", "27/11")), ("nộp ngày 7 chừng nào có", ("07/11", "07/12")),
    ("nop t2 bao gio xong", ("16/11", "23/11")),
])
def test_two_readings_are_asked_back(message: str, days: tuple[str, ...]) -> None:
    found = received_on(message, SUNDAY)
    assert found is not None and found.day is None
    assert tuple(f"{day:%d/%m}" for day in found.readings) == days
    assert all(f"{day}/2026" in (found.unclear or "") for day in days) and (found.unclear or "").endswith("?")


@pytest.mark.parametrize(("message", "day"), [
    ("nộp cn tuần trước", "15/11"), ("đã nộp thứ sáu tuần này", "20/11"), ("nộp hôm thứ 6", "20/11"), ("đã nộp hôm chủ nhật", "15/11"), ("sẽ nộp chủ nhật", "29/11"),
])
def test_on_a_sunday_what_is_clear_stays_clear(message: str, day: str) -> None:
    found = received_on(message, SUNDAY)
    assert found is not None and found.day is not None and f"{found.day:%d/%m}" == day


def test_a_day_without_its_year_that_is_far_away_is_asked_back() -> None:
    found = received_on("nộp 5/12 rồi mà chưa có", SUNDAY)
    assert found is not None and found.readings == (date(2025, 12, 5), date(2026, 12, 5))
    new_year = received_on("nộp 28/12 rồi", datetime(2027, 1, 3, 9))
    assert new_year is not None and new_year.day == date(2026, 12, 28)


@pytest.mark.parametrize(("message", "words"), [
    ("nộp đầu tháng bao giờ có", "ngày nào"), ("nộp hôm bữa", "ngày nào"), ("nộp bữa hổm", "ngày nào"), ("nộp tuần trước", "ngày nào"), ("nộp cuối tháng trước", "ngày nào"),
    ("nộp tháng 10", "ngày nào"), ("nộp mấy bữa rồi", "ngày nào"), ("nộp hơn 1 tuần rồi", "ngày nào"), ("nộp nửa tháng rồi", "ngày nào"), ("mai mốt tui nộp", "ngày nào"),
    ("nộp mùng 5", "lịch âm hay lịch dương"), ("nop mung 2 thang 10", "lịch âm hay lịch dương"), ("nộp hôm rằm", "lịch âm hay lịch dương"), ("nộp ngày 5/10 âm lịch", "lịch âm hay lịch dương"),
    ("nộp 31/11", "tháng 11 năm 2026 không có ngày 31"), ("nop 30/2 khi nao co", "tháng 2 năm 2026 không có ngày 30"), ("nộp 29/2/2027", "tháng 2 năm 2027 không có ngày 29"),
    ("nộp 5/13", "không có tháng 13"), ("nộp ngày 45", "không có ngày 45"), ("nộp 0/11", "không có ngày 0"),
])
def test_what_is_no_day_is_asked_back(message: str, words: str) -> None:
    found = received_on(message, SUNDAY)
    assert found is not None and (found.day, found.readings) == (None, ())
    assert found.unclear and words in found.unclear and found.unclear.startswith("Dạ, ")


NOT_FILED = [
    "khai sinh mấy ngày có", "con sinh hôm 5/11 chừng nào đi khai sinh", "vợ đẻ hôm qua làm khai sinh bao lâu có", "tôi sinh ngày 20/11/1990 làm căn cước bao giờ có",
    "ba tôi mất hôm qua khai tử bao lâu xong", "thẻ hết hạn ngày 20/11 làm lại khi nào có", "giấy hẹn trả ngày 20/11 mà chưa có", "hẹn 20/11 lấy", "cưới ngày 5/12 thì đăng ký trước bao lâu",
    "mai táng phí nộp ở đâu bao giờ có", "cô Mai nộp hồ sơ chừng nào có", "nhà dột mái nộp đơn xin sửa", "một người nộp được không", "nộp mot ban thoi", "nộp hai bản",
    "nộp 3 bản sao", "nộp 2 tờ khai", "nộp lần thứ hai", "con thứ ba nộp hồ sơ hộ nghèo", "ba tôi nộp hồ sơ", "tư cách nộp hồ sơ", "nộp hồ sơ 7 ngày làm việc có", "nộp trong 10 ngày",
    "nộp 500.000 đồng", "mã 1.001193 bao giờ có", "nghị định 118/2025 nộp hồ sơ", "nộp thuế hôm qua", "nộp phạt ngày 20/11", "hôm nay trời mưa", "ngày mai có họp không", "20/11",
    "thứ 6 có làm việc không", "bay ngày 20/11 làm hộ chiếu có kịp không", "cấp ngày 5/5/2020 đổi lại bao lâu", "số thứ 5 nộp", "", "123", "tái nộp", "nộp dự án theo điều 6.4", "xin xác nhận nhóm 98.12", "cuối năm đăng ký khám nghĩa vụ", "cần đi ngày mốt, xin giấy mấy ngày có", "nộp qua bên thứ ba",
    "giay to nay nop o dau chung nao co", "cai nay nop o dau", "nop ho so nay chung nao co", "nop o xa nay bao lau co", "nộp từ năm nay", "từ đó đến nay chưa nộp", "hiện nay nộp ở đâu", "dao nay lam giay to kho",
    "lop mai lam giay phep bao lau co", "chị mai ra xã nộp hồ sơ", "cô mai làm căn cước", "thứ bảy bộ phận tiếp nhận và trả kết quả có làm không", "giấy hẹn ghi nhận kết quả ngày 20/11",
    "ngày nhận kết quả 20/11", "hôm qua làm mất cái thẻ xin lại chừng nào có", "con sinh ngày 5/11 giờ ra xã làm khai sinh", "tuần sau ra xã làm khai sinh thì mấy ngày có", "thẻ cấp ngày 5/5/2020 đi đổi bao lâu", "bằng lái hết hạn hôm 18/11 đi đổi bao lâu",
    "đám cưới thứ bảy này, làm giấy kết hôn kịp không", "ba tôi mất hôm rằm, khai tử mấy ngày có",
    "tuần sau có đoàn khách, xin lại thẻ bao lâu có", "tôi qua nộp", "toi qua nop",
]


@pytest.mark.parametrize("message", NOT_FILED)
def test_what_tells_no_day_of_handing_in(message: str) -> None:
    assert received_on(message, WEDNESDAY) is None


@pytest.mark.parametrize(("message", "hour", "part"), [
    ("nộp lúc 3h chiều hôm qua", "15:00", "afternoon"), ("nộp 15h30 ngày 20/11", "15:30", None), ("9 giờ sáng hôm qua nộp", "09:00", "morning"), ("hồi 4g chiều hôm kia nộp", "16:00", "afternoon"),
    ("nộp lúc 8:30 hôm qua", "08:30", None), ("nop luc 2 gio chieu hom qua", "14:00", "afternoon"), ("nộp 3 giờ rưỡi chiều qua", "15:30", "afternoon"), ("nộp hôm qua lúc 1 giờ trưa", "13:00", "noon"),
    ("nộp hôm qua lúc 3 giờ", "15:00", None), ("nộp hôm qua lúc 10h", "10:00", None), ("sáng mai nộp", None, "morning"), ("chiều qua nộp", None, "afternoon"), ("tối qua nộp trên mạng", None, "evening"),
    ("nộp hôm 20/11 buổi sáng", None, "morning"), ("nộp hôm qua, 24 giờ làm việc có", None, None), ("nộp hôm qua 8 giờ làm việc xong", None, None), ("nộp hôm qua", None, None),
    ("nộp ngày 20/11/2026 lúc 15:30 thì bao giờ có", "15:30", None),
])
def test_the_hour_and_the_half_of_the_day(message: str, hour: str | None, part: str | None) -> None:
    found = received_on(message, WEDNESDAY)
    assert found is not None and found.day
    assert (found.time and f"{found.time:%H:%M}", found.part) == (hour, part)
    assert found.moment == (datetime.combine(found.day, found.time) if found.time else found.day)


@pytest.mark.parametrize(("message", "channel"), [
    ("gửi hồ sơ qua bưu điện hôm thứ 5", "post"), ("nop qua buu dien hom 20/11", "post"), ("hôm qua nộp bằng đường bưu chính", "post"), ("bưu điện giao cho xã hôm 18/11", "post"), ("nộp trên mạng hôm qua", "online"),
    ("nop onl hom qua", "online"), ("nộp hồ sơ trên dịch vụ công hôm 20/11", "online"), ("nộp vneid hôm qua", "online"), ("hôm qua ra xã nộp", "direct"), ("nộp trực tiếp hôm qua", "direct"),
    ("nộp hôm qua", None), ("nộp hôm qua, nhận kết quả qua bưu điện", None),
])
def test_the_way_of_handing_in(message: str, channel: str | None) -> None:
    found = received_on(message, WEDNESDAY)
    assert found is not None and found.channel == channel


@pytest.mark.parametrize(("message", "planned"), [
    ("hôm nay nộp thì bao giờ có", True), ("hôm nay nộp rồi bao giờ có", False), ("hồi sáng nộp", False), ("vừa nộp hôm nay", False), ("mai nộp", True), ("hôm qua nộp", False), ("sẽ nộp 3/12", True),
])
def test_what_is_still_to_come_is_planned(message: str, planned: bool) -> None:
    found = received_on(message, WEDNESDAY)
    assert found is not None and found.planned is planned


def test_asked_for_the_day_a_bare_one_is_enough() -> None:
    assert received_on("hôm thứ 6 đó", WEDNESDAY) is None
    found = received_on("hôm thứ 6 đó", WEDNESDAY, asked=True)
    assert found is not None and found.day == date(2026, 11, 20)
    assert received_on("con sinh hôm 5/11", WEDNESDAY, asked=True) is None


def test_the_day_is_vietnam_s() -> None:
    late = datetime(2026, 11, 24, 20, tzinfo=UTC)
    found = received_on("hôm nay nộp", late)
    assert found is not None and found.day == date(2026, 11, 25)


def test_a_weekday_of_this_week_that_the_verb_denies_is_asked_back() -> None:
    found = received_on("đã nộp thứ sáu này rồi", WEDNESDAY)
    assert found is not None and found.readings == (date(2026, 11, 20), date(2026, 11, 27))


@pytest.mark.parametrize(("message", "text"), [("chieuf qua nopj", "chieu qua nộp"), ("gửi ems tuanf  này", "gửi ems tuan này"), ("hoom wa", "hôm qua")])
def test_a_message_is_written_out(message: str, text: str) -> None:
    assert written_out(message) == text


def test_the_days_are_taken_out_of_a_message() -> None:
    assert without_days("bữa nay rằm, nộp hôm thứ 6 ngày 20/11 đổi thẻ") == ", ,, nộp , , đổi thẻ"


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.sampled_from(["{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "ngày {d} tháng {m} năm {y}", "{y}-{m:02}-{d:02}"]))
def test_any_whole_date_is_read_in_any_spelling(day: date, spelling: str) -> None:
    found = received_on(f"hồ sơ nộp {spelling.format(d=day.day, m=day.month, y=day.year)} khi nào có", WEDNESDAY)
    assert found is not None and found.day == day


@given(st.integers(1, 99), st.sampled_from(["ngày trước", "bữa trước", "ngày rồi"]))
def test_any_number_of_days_ago(count: int, unit: str) -> None:
    found = received_on(f"tôi nộp {count} {unit}", WEDNESDAY)
    assert found is not None and found.day == WEDNESDAY.date() - timedelta(days=count)


@given(st.text(max_size=60))
def test_no_message_breaks_it(message: str) -> None:
    received_on(f"nộp {message}", WEDNESDAY)


@pytest.mark.parametrize(("pattern", "text", "found"), [
    ("nộp", "nọp", True), ("nộp", "nôp", True), ("nộp", "nợp", False), ("đã", "đa", True), ("đã", "dã", True),
    ("mốt", "mốt", True), ("mốt", "mot", True), ("mốt", "một", False), ("mai", "mái", False), ("~tối", "toi", False), ("~tối", "tối", True), (r"\bhôm nay", "hom nay", True),
])
def test_words_match_with_their_diacritics_or_some_or_none(pattern: str, text: str, found: bool) -> None:
    assert bool(spelt(pattern).search(text)) is found
