"""Words that tell a person's name from the words around it. General knowledge of Vietnamese, nobody's list of citizens."""

from __future__ import annotations

from bot.gateway.masking_view import spellings

UNMISTAKABLE = spellings("nguyễn nguyển trần phạm huỳnh phan đặng bùi trịnh trương hoàng dương võ lê đỗ ngô đinh quách")
"""Surnames that are believed in small letters and after weak hints."""
SURNAMES = UNMISTAKABLE | spellings(
    "vũ hồ lý đoàn lâm mai tô hà cao tạ lưu châu phùng lương tăng thái đào vương diệp kiều hứa từ thạch danh sơn kim lục giang tiêu tống"
    " triệu khưu âu mạc chu la đồng thân tôn bành bạch doãn hàn khổng lại lã nghiêm nhan ninh ông quan tiền tiết trà văn viên kha"
    " khương liêu lư lữ vưu ngụy khúc mạch mã thi chung cổ đàm hàng hầu hữu chau néang kiên điều thị vòng sầm nông đậu phí thang tào trầm uông vi"
)
"""Also those of Khmer and Chinese families of the south."""
RARE = spellings(
    "ngũ trầm trang tất cù biện trác lai dư kỷ sử cam bồ phù phó khấu thiều tưởng tòng lò quàng lường giàng vừ sùng thào cầm bế ma vi siu rmah ksor"
    " điểu y niê h chế tri bàng giáp khuất lỗ sái thẩm trình ung ưng bông ngọ nhữ yên dềnh voòng chíu sú hoắc kế ngưu ấu nhâm thiệu dịp"
    " sok keo chea chen chan lin wang huang chang tsai wu liu park lee choi jung kang tanaka suzuki"
)
"""Surnames met seldom, of other peoples and of foreigners too: a hint to the tagger; the rules believe them with
a capital and a diacritic only."""
SELDOM = RARE | spellings(
    "thới hình khang đới cáp úc lục hờ tẩn chảo"
    " sato takahashi watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki kimura hayashi"
    " mao ros prak nuon heng kwon yoon shin seo zhu zhang zhao zhou liao hsu hsieh kuo chiu tseng cheng yang wong cheung leung"
    " james robert william thomas daniel paul andrew kevin steven john david peter michael emily sarah linda jessica sophie lucas marie hans"
    " pierre ivan ahmed jose carlos"
) - {"hinh", "khang", "doi", "cap", "uc", "luc", "ho", "tan", "chao"}
"""Believed of the tagger as first words of a name, where RARE is also a hint to it; left out what everyday words are without diacritics."""
WORDS_TOO = spellings(
    "mã lương lại văn thi la đồng thân chung từ tiền tiết quan ông danh điều phí nông kim hàng cổ trà viên khổng thang đàm giang sơn mai"
    " hà hồ chu thị thái tô ninh bành thành tôn đậu"
)
"""Surnames that are everyday words: in small letters they need Văn or Thị, or words that introduce a name."""
SMALL = spellings("nguyễn nguyển trần huỳnh phạm trịnh đặng bùi lê quách")
"""Surnames that are believed in small letters after "tên" alone, if no word of OTHERWISE follows."""
OTHERWISE = spellings("vi tội liệu phí nhà pháp sau lợi thuê xe ký nhập bộ viên kiểm quang ban của đẳng táng")
MIDDLES = spellings("văn thị thi")
SHORTENED = frozenset({"ng", "ngn"})
"""How Nguyễn is shortened; only before MIDDLES."""

PERSONS = spellings(
    "ông bà anh chị cô chú bác dì cậu mợ thím dượng em cháu con bé vợ chồng cha mẹ ba má bố tía nội ngoại thầy mình tôi tui cụ trai gái"
    " dâu rể út xã ck vk nhỏ"
)
"""Kin and pronouns; "bà xã", "ông xã" end in xã, so the word before tells."""
ROLES = spellings(
    "|họ tên|chủ hộ|chủ xe|chủ đất|chủ thẻ|chủ tài|chủ tk|người nhận|người gửi|người nộp|người mất|người khai"
    "|khách hàng|bệnh nhân|công dân|học sinh|sinh viên|ký tên|thí sinh|đương sự"
    "|giám hộ|nộp đơn|chủ nhà|chủ cơ|bà xã|ông xã|chủ rừng|chủ tàu|tài xế|lái xe|chủ cũ|hàng xóm"
)
TITLES = spellings(
    "|cô giáo|thầy giáo|giáo viên|hiệu trưởng|bác sĩ|bác sỹ|y sĩ|nha sĩ|dược sĩ|luật sư|kỹ sư|điều dưỡng|hộ sinh|trưởng ấp|trưởng khóm|tổ trưởng|tổ phó|bí thư"
    "|chủ tịch|giám đốc|trưởng phòng|phó phòng|kế toán|đồng chí|cán bộ|chuyên viên|công chức|công chứng|đảng viên|thương binh|liệt sĩ|liệt sỹ|bị cáo|bị can|bị hại"
    "|bị đơn|nguyên đơn|nhân chứng|làm chứng|người mua|người bán|bên bán|bên mua|người thuê|người vay|người chết|người bệnh|người hỏi|người viết|làm đơn|kính đơn"
    "|thừa kế|bảo lãnh|chủ quán|chủ tiệm|chủ trọ|chủ vựa|chủ vuông|chủ ghe|máy trưởng|thuyền trưởng|thuyền viên|nhân viên|lao động|hiền thê|phu quân"
    "|ông cố|bà cố|sui gia|anh rể|chị dâu|em rể|em dâu|hòa thượng|thượng tọa|đại đức|sư cô|linh mục|mục sư|chuyên gia|du khách|quốc tịch"
)
"""Also before a name, and as often before other words: believed for full names in capitals, for others a hint to the tagger."""
LINKS = spellings("của cho gửi gởi gặp với và nhờ giúp tới đến giùm dùm do hoặc hay nhận là ghi")
"""Words of everyday use before a person's name: believed only for full names."""

PLACES = spellings(
    "đường phố phường huyện quận tỉnh trường thpt thcs th ptth chợ cầu kênh rạch hẻm hẽm ngõ giải quỹ lớp viện chùa đình đền tượng bến"
    " ql lộ tp tx tt đg đ p x h vòng dinh ấp khóm thôn khu cty tnhh dntn miếu phủ cống tuyến góc kinh xã hương"
) - {"cho", "lo"}
PLACE_PAIRS = spellings(
    "|thị trấn|thành phố|thị xã|tiểu học|trung học|đại học|cao đẳng|mầm non|mẫu giáo|bệnh viện|học viện|công viên|giải thưởng"
    "|huân chương|trung tâm|công ty|doanh nghiệp|nhà máy|quảng trường|khu phố|học bổng|bảo tàng|tượng đài|di tích|lưu niệm|tư tưởng"
    "|anh hùng|phổ thông|cơ sở|thư viện|nhà hát|nghĩa trang|thi đấu|đô thị|bùng binh|vòng xoay|ngã tư|ngã ba"
    "|phòng khám|nhà thuốc|bưu điện|chung cư|ubnd xã|danh nhân|khu căn|khu lưu|giao với|lộ giới"
)
"""Before a name that is a street's, a commune's, a school's or a prize's."""

STOPS = spellings(
    "ở tại sinh muốn có là làm cần số cccd cmnd cmt sđt sdt đt đang hiện thường nhà ngụ địa xin hỏi và với bị đã không được mà thì ấp xã"
    " khóm phường đường tổ thôn quê cho đi nộp gửi lên năm ngày mua bán đăng cấp mất định từ đến để nên nhưng còn cũng đây nha nghe ạ dạ"
    " nhé ơi nè đó này kia vậy hả hông hong hok ko k vừa mới sắp sẽ phải chưa rồi xong giờ nay tuổi huyện tỉnh tp tạm chồng vợ tôi tui em"
    " mình cháu ông bà chị chú bác nhờ giúp giùm dùm trước khi nếu thuộc gọi điện mail email gmail zalo stk bên gặp cùng người theo vào ra"
    " về lại thấy biết bệnh chết kết nhận đổi tra mã phí giấy lấy vô bhxh bhyt mst xe biển đất sai trên trong ghi đóng học đặt chuyển nhập"
    " tách xác ký căn các những đc dc đọc sn ngân vietcombank agribank bidv vietinbank sửa cải tiếp hưởng lãnh vs zị hồ nhằm của như nhưng"
    " ck thửa quyền bảo chứng công tên hộ hay hoặc do đòi lm mún r trú cư ngay sang bấm viết chuẩn dân nuôi bỏ thành qua mở tới chạy"
) - {"thi"}
"""A name ends before these when letters do not tell (all small, or all capitals)."""
NAME_AS_WELL = spellings(
    "hiện thường bảo công hồ đăng mẫn thành đang chứng hưởng năm nay mới cô huyện quê thuộc sinh làm quốc tài qua trú nhà cấp tiếp sang chuẩn minh mình nhưng ngân hả ha anh chị chi nhận định tạm cần ký quyền dân tra bán sang đông giang mai hương kiều báo thôn bên cung lãnh hưởng hộ tuổi thấy đi vô cùng lại hay tin điện đặt địa nhờ nhỏ đối theo bỏ qua ra viết từ như"
)
"""Those of STOPS that a given name may hold as well: taken when what follows ends the name anyhow."""
ENDS = spellings("ở cccd cmnd sđt sdt muốn xin ấp xã khóm phường tôi là và cần o") - {"la"}
"""Those of STOPS that end a name whatever its letters."""
