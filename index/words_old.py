"""Old, everyday and loan names -> the words that records use today; searched beside the words themselves, never instead.

Keys and values are as normalised, keys of at most MAX_WORDS words. The longest key wins; an empty value shields a pair whose
word means something else there (biểu mẫu is no southern "biểu").
"""

MAX_WORDS = 8

_OLD = """
chứng minh nhân dân | chứng minh thư | chứng minh thư nhân dân | thẻ chứng minh | căn cước công dân = căn cước
sổ hộ khẩu | hộ khẩu | hộ tịch hộ khẩu = cư trú thường trú
nhập hộ khẩu | nhập khẩu vào nhà | vô hộ khẩu = đăng ký thường trú cư trú
tách hộ khẩu | tách khẩu = tách hộ cư trú
cắt hộ khẩu | cắt khẩu | xóa hộ khẩu = xóa đăng ký thường trú
sổ tạm trú = tạm trú cư trú
tòa án huyện = tòa án khu vực
viện kiểm sát huyện = viện kiểm sát khu vực
công an huyện = công an xã
ủy ban huyện | ủy ban nhân dân huyện | ubnd huyện | huyện cũ = ủy ban nhân dân xã
ủy ban thành phố | ủy ban nhân dân thành phố | ủy ban quận | ủy ban nhân dân quận = ủy ban nhân dân phường
phòng tư pháp | phòng tư pháp huyện = tư pháp ủy ban nhân dân xã
phòng kinh tế hạ tầng | phòng tài chính kế hoạch | phòng tài chính huyện = ủy ban nhân dân xã
phòng giáo dục | phòng giáo dục huyện | phòng giáo dục và đào tạo = ủy ban nhân dân xã
phòng tài nguyên | phòng tài nguyên môi trường = ủy ban nhân dân xã văn phòng đăng ký đất đai
phòng lao động | phòng thương binh xã hội = nội vụ ủy ban nhân dân xã
sở lao động | sở lao động thương binh xã hội | sở lao động thương binh và xã hội | sở lđtbxh | sở ldtbxh | lđtbxh | ldtbxh = sở nội vụ
bộ lao động | bộ lđtbxh = bộ nội vụ
sở giao thông | sở giao thông vận tải | sở gtvt | gtvt = sở xây dựng công an
sở tài nguyên | sở tài nguyên môi trường | sở tài nguyên và môi trường | sở tnmt | tnmt = sở nông nghiệp và môi trường
sở nông nghiệp và phát triển nông thôn | sở nông nghiệp phát triển nông thôn | sở nông nghiệp ptnt | sở nông nghiệp | sở nnptnt = sở nông nghiệp và môi trường
sở kế hoạch | sở kế hoạch đầu tư | sở kế hoạch và đầu tư | sở khđt | sở khdt | khđt = sở tài chính
sở thông tin truyền thông | sở thông tin và truyền thông | sở tttt = sở khoa học và công nghệ
bằng lái | bằng lái xe | bằng xe | bằng xe máy | bằng chạy xe | bằng tài xế = giấy phép lái xe
sổ đỏ | sổ hồng | bìa đỏ | bìa hồng | bằng khoán | sổ đất | giấy đất | giấy tờ đất | giấy quyền sử dụng đất = giấy chứng nhận quyền sử dụng đất
cà vẹt | cà vẹc | cà vẹt xe | cạc vẹt | giấy xe = giấy chứng nhận đăng ký xe
hôn thú | giá thú | giấy hôn thú | giấy giá thú | làm hôn thú | giấy cưới | giấy kết hôn = đăng ký kết hôn
giấy độc thân | chứng nhận độc thân | xác nhận độc thân = giấy xác nhận tình trạng hôn nhân
khai sanh | giấy khai sanh = khai sinh
trích lục khai sanh | sao lục | trích lục bộ = bản sao trích lục hộ tịch
giấy báo tử | giấy chết | khai chết | làm giấy chết = khai tử
giấy hạnh kiểm | lý lịch án | án tích | giấy tư pháp = lý lịch tư pháp
sao y | sao y bản chánh | công chứng bản sao | thị thực bản sao = chứng thực bản sao
ủy quyền công chứng | thị thực chữ ký = chứng thực chữ ký
bản chánh = bản chính
pát po | pát bo | bát bo | passport | pass port = hộ chiếu
vi da | vi sa | visa | vísa = thị thực
phô tô | phôtô | photo | photocopy | phoco | phoóc = bản sao
ghi sê | ghisê | ghisê một cửa = bộ phận một cửa
ôtô | oto | xe hơi | ô tô con | xe bốn bánh = xe ô tô
xe gắn máy | mô tô | môtô | xe honda | hon đa | honda = xe máy xe mô tô
in tơ nét | inter nét = internet
quán nét | quán net | tiệm net | tiệm nét | phòng net = điểm truy cập internet trò chơi điện tử
karaoke | ka ra ô kê | kara ô kê | hát với nhau = dịch vụ karaoke
gara | ga ra | garage = xưởng sửa chữa ô tô
email | i meo | mail = thư điện tử
web | website | oép | trang mạng = trực tuyến
app | ứng dụng điện thoại = ứng dụng
nhà thuốc tây | tiệm thuốc tây = cơ sở bán lẻ thuốc
giấy phép con = giấy chứng nhận đủ điều kiện
tiền tuất = trợ cấp tuất mai táng
tiền mai táng | tiền chôn cất | tiền ma chay = mai táng phí
lãnh thất nghiệp | lãnh bảo hiểm thất nghiệp = trợ cấp thất nghiệp
bảo hiểm một lần | rút bảo hiểm = bảo hiểm xã hội một lần
lương hưu | sổ hưu = hưu trí
người già | tiền người già | ông già bà cả = người cao tuổi
tàn tật | người tàn tật = người khuyết tật
hộ nghèo đói | sổ nghèo = hộ nghèo
có công cách mạng | gia đình cách mạng = người có công
đi lính | khám nghĩa vụ = nghĩa vụ quân sự
trước bạ | thuế trước bạ = lệ phí trước bạ
sang tên | sang tên xe | sang sổ = chuyển quyền
sang đất | sang tên đất | sang tên sổ = chuyển nhượng quyền sử dụng đất
lên thổ cư | lên thổ | chuyển thổ cư | lên đất ở = chuyển mục đích sử dụng đất
tách thửa | cắt thửa | tách sổ = tách thửa đất
môn bài | thuế môn bài = lệ phí môn bài
chứng minh thơ = căn cước
bảng số | bảng số xe | biển xe = biển số xe
"""

_SHIELDS = """
biểu mẫu | biểu phí | biểu quyết | thời biểu | đại biểu | tiêu biểu | phát biểu | biểu tượng | biểu diễn | biểu đồ | biểu thuế | biểu giá
chi nhánh | chi phí | chi trả | chi tiết | chi cục | chi bộ | chi ngân | thu chi | chi tiêu | chi hội | chi tiền
lãnh sự | lãnh đạo | lãnh thổ | lãnh hải | lãnh vực
nhà thơ | bài thơ | thơ ca | trẻ thơ | tập thơ
trật tự | cần thơ | vô tuyến | vô ý | vô hiệu | vô chủ | vô gia cư | vô sinh | vô điều kiện | vô cảm
hỏng hóc | hư hỏng | bị hỏng | mắc bệnh | mắc nợ | mắc ca | vướng mắc
"""

OLD_NAMES: dict[str, str] = {
    key: value.strip()
    for line in _OLD.strip().splitlines()
    for keys, _, value in [line.partition("=")]
    for key in map(str.strip, keys.split("|"))
} | dict.fromkeys((key.strip() for line in _SHIELDS.strip().splitlines() for key in line.split("|")), "")
"""Name as people say it -> words beside it; "" shields."""
