"""Words of which an address of a house is made, and words that tell whose house it is."""

from __future__ import annotations

from bot.gateway.masking_view import spellings

HOUSE = spellings("số sn nhà lô")
ROOM = frozenset({"căn", "trọ", "nền", "kiốt", "kiot", "block", "phòng", "phong"})
"""Before the number of a flat, a plot, a rented room; as they are spelt, because "can" and "tro" are other words as well."""
STREET = spellings("đường phố hẻm hẽm kiệt ngõ ngách đg đ lộ ql")
HAMLET = spellings("ấp khóm thôn xóm tổ kp tdp buôn làng khu đội k kv")
UNITS = spellings("năm tháng ngày tuổi người triệu lần mét m m2 công ha chỗ khoản điều mùng tầng giờ cây cái con bản bộ thửa k đồng nghìn ngàn tấn kg km") - {"cho"}
"""After a number, or before one, that counts something."""
NOT_BEFORE = UNITS | spellings("phường quận p q lớp mẫu thửa tờ lần thứ số đợt khoản điều hạng cấp nhóm lầu quý bằng lái loại dấu vùng visa")
"""Before a number that is no house's."""
NUMBERED = {"ô"} | spellings("bão mục lục pháp mẫu định tư luật quầy bàn cửa biểu kênh trang dòng câu tập")
"""Before "số": the number is theirs, no house's."""
STOREYS = spellings("tầng gian mặt tấm cấp mái")
"""Behind "nhà 3": how the house is built."""
PAIRS = {
    **dict.fromkeys(spellings("|số nhà|nhà số|căn nhà|căn hộ|căn số|lô số|phòng trọ|nền số"), "house"),
    **dict.fromkeys(spellings("|quốc lộ|tỉnh lộ|hương lộ|quản lộ|đường số|đường hẻm"), "street"),
    **dict.fromkeys(spellings("|khu phố|khu vực|tổ dân|ấp số|khu dân|khóm ấp|cụm dân"), "hamlet"),
}
"""Two words that begin a part → which part. "tổ dân phố" and "khu dân cư" go on with a third."""
THIRD = spellings("phố cư")
COMMUNE = spellings("xã phường huyện quận tỉnh tp tx tt p x h q tphcm")
"""Begins what the answer needs, and so ends what is masked."""
AGENCY = spellings("ubnd ủy uỷ sở bhxh hcc tòa quầy chợ trạm nộp trường mẫu thửa bằng quán kho thuế") - {"cho", "so"}
"""Without what "chợ" and "sở" are when typed without diacritics: "cho hỏi nhà tôi ở số …" speaks of no market."""
AGENCY_PAIRS = spellings(
    "|trung tâm|công an|bưu điện|văn phòng|chi nhánh|bệnh viện|cơ quan|chi cục|kho bạc|ngân hàng|một cửa|bộ phận|phòng công|phòng tư"
    "|trụ sở|công ty|cửa hàng|đăng kiểm|bảo hiểm|phòng đăng|tới số|đến số|tờ bản|nhà văn|cơ sở|trường học|tổ chức"
)
HOME_PAIRS = spellings(
    "|nhà tôi|nhà tui|nhà em|nhà con|nhà mình|nhà cháu|nhà anh|nhà chị|nhà ở|nhà số|tôi ở|tui ở|em ở|con ở|mình ở|cháu ở|anh ở|chị ở"
    "|thường trú|tạm trú|cư trú|cư ngụ|đang ở|hiện ở|nhà tại|tôi ngụ|em ngụ|tui ngụ|đang ngụ|chỉ em|chỉ tôi|chỉ tui|chỉ nhà|tận nhà|về nhà"
    "|tới nhà|ba mẹ|gia đình|hộ khẩu|trọ ở|trọ số|ông ở|bà ở|ship về|giao về|giao tới|giao đến|gửi về|chị nhà|nhà bà|nhà ông|vợ ở|chồng ở"
)
"""Before the number of a house: it is somebody's home."""
NAME_ENDS = spellings(
    "muốn có là làm cần thì mà để cho nộp được phải xin hỏi đăng đi lên và với hay hoặc nên bị đã đang sẽ chưa rồi giờ nay hôm tôi tui em mình"
    " cccd cmnd sđt sdt đt sinh điện thoại mua bán vừa mới không ko k thuộc của này đó kia nha ạ cũng bây hồ giấy gửi nhận về tên vợ"
    " chồng con cháu mẹ cha ba má ông bà anh chị ở tại mất khi nếu tìm gặp gần chỗ"
)
"""The name of a street or hamlet in small letters ends before these."""
