"""Frames of sentences for the tagger of names: {N} stands for a full name, the rest is filled by training/names_made.py.

All written for this purpose, here and by several hands in training/frames/ (stories, forms, short messages). {ask}: a question of data/phrasings; {kin}: "con tôi"; {proc}: a short name of a matter;
{doc}: a paper; {num}: a number with its label; {house}: house and street; {com}: commune; {street}, {school}: as they say.
"""

from __future__ import annotations

from pathlib import Path

MORE = Path(__file__).with_name("frames")
"""More of them, for `train_names --more`. Text files: "# WITH" and a frame a line, then "# WITHOUT" and those that name nobody."""


def more(part: str) -> list[str]:
    """part: "# WITH" or "# WITHOUT" → its frames in all files, in the order of the files' names."""
    found, now = [], ""
    for file in sorted(MORE.glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("# "):
                now = line
            elif line.strip() and now == part:
                found.append(line)
    return found

WITH_NAME = """
{N}
{N}, {ask}
{N} {num}, {ask}
{N} - {num} - {ask}
{N} ở {com} {ask}
{N}, sinh năm {year}, {ask}
{N} sn {year} {num} {ask}
{N}, {house}, {com}, {ask}
{N}, {house}, {com}, {num}, {ask}
{N} {house} {com} {proc}
tôi tên {N}, {ask}
tôi tên là {N}, {ask}
tui tên {N} {ask}
em tên {N} ở {com}, {ask}
mình tên {N}, {num}, {ask}
con tên {N}, {age} tuổi, {ask}
cháu tên {N} học lớp {small}, {ask}
tên tôi là {N}, {ask}
tên em {N}, {ask}
tên tui là {N} đó, {ask}
tên đầy đủ của em là {N}, {ask}
họ tên: {N}, {num}, {ask}
họ và tên {N}, {num}
Họ và tên: {N}. {Ask}
họ tên đầy đủ {N}, địa chỉ {house}, {com}
họ tên người nộp: {N}; {num}; {proc}
Họ tên khai sinh {N}, nay đổi là {N}, {ask}
tôi là {N}, {ask}
toi la {N} {ask}
em là {N} ở {com} {ask}
mình là {N}, hiện ở {house}, {com}, {ask}
tui là {N} đây, {ask}
con là {N}, con của {N}, {ask}
tôi, {N}, {ask}
em {N} {ask}
em {N} ở {com}, {ask}
cháu {N}, {age} tuổi, {ask}
tui {N} đây, hôm trước có hỏi {proc}
tui {N} nhà ở {house} {com}, {ask}
mình {N}, {num}, {ask}
dạ em {N} nè, {ask}
dạ tôi {N} xin hỏi {ask}
dạ thưa, tôi là {N}, {ask}
alo, {N} đây, {ask}
alo em là {N}, {ask}
xin chào, tôi {N}, {ask}
chào anh chị, em tên {N}. {Ask}
chào cán bộ mình tên {N} ở {com}, {ask}
Kính gửi cán bộ, tôi là {N}, {ask}
kính gửi quý cơ quan, tôi tên {N}, {num}, ngụ {house}, {com}. {Ask}
kính thưa ông chủ tịch, tôi là {N} ở {com}
{kin} tên {N}, {ask}
{kin} tên là {N} {age} tuổi, {ask}
{kin} là {N}, {ask}
{kin} {N} {ask}
{kin} {N} mới mất, {ask}
{kin} {N} bị bệnh nằm nhà, {ask}
{kin} {N} đi làm xa, {ask}
{kin} {N} sinh năm {year}, {ask}
{kin} {N} ({num}) {ask}
{kin} ({N}) {ask}
{kin}, {N}, {ask}
{kin} họ tên {N} {num} {ask}
{kin} tên {N} mà {doc} ghi {N}, sửa sao
{kin} mang tên {N}, {ask}
{kin} và {kin} {N} {ask}
{ask}, {kin} tên {N}
{ask} cho {kin} {N}
{ask} cho {N}
{ask} của {N}
{ask}, của {kin} {N}
{ask}. Tôi tên {N}, {num}
{ask}? Em cảm ơn. {N}
{ask}. {N}
{ask}. Ký tên: {N}
{ask} - {N}
{ask}, người hỏi: {N}
{ask}. Trân trọng, {N}
{ask}. Cảm ơn. {N}, {num}
{ask} {N} {num}
{ask}? tên {N}
{ask}, tên tui {N}
làm {proc} cho {kin} là {N}
làm {proc} cho {N}, {age} tuổi, ở {com}
làm {proc} cho bé {N} sinh ngày {day}
khai sinh cho bé {N}, {kin} là {N}
đăng ký kết hôn giữa {N} và {N}
hai vợ chồng {N} và {N}, {ask}
vợ chồng {N} với {N} ở {com}, {ask}
vợ chồng tôi là {N} và {N}, {ask}
cặp đôi {N}, {N} muốn đăng ký kết hôn
anh {N} với chị {N} ly hôn rồi, {ask}
ba {N} má {N} muốn nhận con
cha là {N}, mẹ là {N}, con là {N}
tách hộ cho {N} khỏi hộ của {N}
nhận nuôi cháu {N}, {ask}
{doc} đứng tên {N}, {ask}
{doc} đứng tên {kin} {N}, {ask}
{doc} mang tên {N}, {ask}
{doc} của {N} bị mất, {ask}
{doc} của {N} {num} bị sai
{doc} ghi {N} mà {doc} ghi {N}, {ask}
{doc} ghi tên {N} {ask}
{doc} ghi là {N} trong khi tên đúng là {N}
{doc} viết nhầm thành {N}, {ask}
{doc} tên {N} {num}, {ask}
{doc} cấp cho {N}, {ask}
{doc} {num} của {N} hết hạn, {ask}
{doc} do {N} đứng tên, giờ {ask}
trong {doc} tên {N}, {ask}
tên trên {doc} là {N}, {ask}
tên cũ {N}, tên mới {N}, {ask}
đổi tên từ {N} sang {N} được không
đổi tên con từ {N} thành {N}
sửa {N} thành {N} trong {doc}
chữ lót sai, đúng là {N}, {ask}
hồ sơ của {N} nộp hôm {day} tới đâu rồi
hồ sơ của {kin} {N} tới đâu rồi
hồ sơ {num} của {N} xong chưa
hồ sơ {num} {N} xong chưa
hồ sơ tên {N} nộp ở {com} chưa thấy trả
hồ sơ đứng tên {N} {num} trễ hẹn rồi
cho hỏi hồ sơ {N} nộp ngày {day}
tra giùm hồ sơ {N} {num}
xem giúp {N} có kết quả chưa
kiểm tra giúp em {doc} của {N}
biên nhận {num} tên {N}
người nộp {N}, {num}, {proc}
người nộp: {N} - {house}, {com} - {proc}
người đứng đơn {N}, {ask}
người làm đơn: {N}, {age} tuổi
người được ủy quyền là {N}, {ask}
người uỷ quyền {N}, người nhận {N}
ủy quyền cho {N} đi nộp thay, {ask}
ủy quyền cho {kin} {N} {num} lãnh tiền
tôi nhờ {N} nộp giùm được không
tôi uỷ quyền lại cho ông {N} ngụ {house} {com}
người giám hộ là {N}, {ask}
người mất là {N}, {ask}
người mất: {N}, {num}
người chết tên {N}, mất ngày {day}, {ask}
người để lại di chúc là {N}, {ask}
người bảo lãnh {N}, {ask}
người phụ thuộc: {N}, {num}
người đại diện pháp luật {N}, {num}
giám đốc là {N}, {ask}
chủ hộ {N}, {ask}
chủ hộ là ông {N} ở {com}, {ask}
chủ hộ: {N}, {house}, {com}
chủ hộ kinh doanh {N}, {num}, {ask}
chủ cũ {N} không chịu ký, {ask}
chủ đất {N} bán lại cho {N}, {ask}
chủ xe {N}, {num}, {ask}
chủ tài khoản {N} {num}
chủ trọ {N} không chịu đăng ký tạm trú
hàng xóm tên {N} lấn đất, {ask}
hàng xóm là ông {N} tranh chấp ranh đất với {kin}
mua đất của {N}, {ask}
mua đất của anh {N} {small} công mà chưa có giấy
mua xe của {N} {num}, {ask}
bán đất cho {N} rồi mà chưa sang tên
mượn đất của ông {N} từ năm {year}
thuê nhà của bà {N} ở {house}, {com}, {ask}
cho {N} thuê nhà thì {ask}
ông {N} ở {com} {ask}
ông {N} ngụ {house}, {com}, {ask}
bà {N} {age} tuổi sống một mình, {ask}
bà {N} là vợ liệt sĩ, {ask}
bà {N} thường trú {house}, {com}, {num}, {ask}
bà nội {N} {age} tuổi, {ask}
anh {N} {num}, {ask}
anh {N} đi nghĩa vụ về, {ask}
chị {N} nghỉ thai sản, {ask}
chị {N} ở {house}, {com} {ask}
cô {N} dạy {school}, {ask}
cô {N} kêu em lên xã, {ask}
thầy {N} ở {school} nói phải có {doc}
chú {N} làm ở {com} hướng dẫn tui {proc}
bác {N} bên tư pháp hẹn bữa nay
dì {N} ở {com} nuôi con của {N}, {ask}
cậu {N} mới về nước, {ask}
mợ {N}, thím {N} cùng ký, {ask}
bé {N} mới sinh, {ask}
bé {N} {small} tháng tuổi, {ask}
cháu {N} con của {N}, {ask}
cháu nội {N} {small} tuổi {ask}
học sinh {N} lớp {small}, {school}, {ask}
sinh viên {N} xin {doc}
bệnh nhân {N} {num}, {ask}
công dân {N}, {num}, {ask}
đồng chí {N} công an {com} kêu tui làm {proc}
cán bộ {N} hẹn tui ngày {day}
gặp anh {N} ở {com} được không
gặp {N} phòng một cửa được không
tài xế {N} chạy xe {num}
lái xe {N} bị giữ bằng, {ask}
thí sinh {N} thi bằng lái, {ask}
kế toán {N} {num}, {ask}
công ty em có nhân viên {N} nghỉ việc, {ask}
nhân viên {N} và {N} {ask}
lao động {N}, {num}, {ask}
thành viên góp vốn: {N}, {N} và {N}
anh em tôi gồm {N}, {N}, {N} chia đất
các con là {N}, {N} ký tên, {ask}
đồng thừa kế là {N} và {N}, {ask}
đồng sở hữu với {N}, {ask}
con riêng của {N}, {ask}
con của {N} và {N}, {ask}
vợ của {N}, {ask}
con gái {N} {age} tuổi lấy chồng, {ask}
thằng con {N} {age} tuổi, {ask}
thằng {N} con tui, {ask}
con {N} nhà tui {ask}
ổng tên {N} {num} {ask}
bả tên {N}, {ask}
nó tên {N}, {ask}
ảnh là {N} ở {com}, {ask}
tên vợ {N}, tên chồng {N}
tên chồng là {N}, {ask}
tên con {N}, tên cha {N}, {ask}
đặt tên con là {N} được không
đặt tên bé {N} có trùng ai không
muốn đặt {N} cho con, {ask}
chuyển tiền vô {num} tên {N}
chuyển khoản cho {N} {num}
stk {num} {N}, {ask}
tài khoản mang tên {N} {num}
gửi kết quả cho {N}, {house}, {com}
gửi về {N} {house} {com}
giao kết quả tới nhà {N}, {house}, {com}, {num}
ship {doc} cho {N} {num}
nhận thay cho {N}, {ask}
nhận kết quả giùm {N} {num}
địa chỉ: {house}, {com}, họ tên {N}
địa chỉ {house} {com} tên {N}, {proc}
địa chỉ {house}, chủ hộ {N}, {proc}
tại {house}, {com} có {N} tạm trú, {ask}
số điện thoại {num} tên {N}
{num} {N}
{num} - {N}
{num} là của {N}, {ask}
{num}, {N}, {com}
liên hệ {N} {num}
liên lạc với {N} qua {num}
gọi {N} theo {num}
cần gặp thì kêu {N} {num}
xe {num} của {N} sang tên cho {N}
xe đứng tên {N} {num} {ask}
thửa {small} tờ {small} đứng tên {N}
thửa đất của ông {N} giáp ranh với {N}
phần đất {N} để lại cho {N}
di sản của {N} mất năm {year}
ký tên {N}
ký thay {N}
khách hàng {N}
khách hàng tên {N}, {num}
đương sự {N}, {ask}
Tên: {N} | {num} | {proc}
Tên {N}/ {num}/ {proc}
1. Họ tên: {N} 2. {num} 3. {proc}
V/v {proc} của {N}
nội dung: {proc}, người đề nghị: {N}
đề nghị {proc} cho {N}, {num}
làm đơn {proc} cho {kin} là {N} ngụ {house}, {com}
trích lục khai sinh của {N} sinh {year}
xin trích lục {N} {year}
xác nhận {N} và {N} là một người
giấy xác nhận hai tên {N} với {N} là một
nhờ kiểm tra {N}, {num}
tố cáo ông {N} xây nhà không phép, {ask}
khiếu nại việc {N} lấn chiếm đất
phản ánh cán bộ {N} thái độ không tốt
bị {N} lừa tiền, {ask}
{N} bỏ đi {small} năm, {ask}
{N} nợ tiền không trả, {ask}
{N} mất rồi thì {ask}
{N} muốn {proc}, {ask}
{N} có được {proc} không
{N} xin hỏi {ask}
{N} hỏi: {ask}
{N} cần {proc}
{N} và {N} muốn {proc}
{N} là {kin}, {ask}
{N} là hộ nghèo ở {com}, {ask}
{title} {N} {ask}
{title} {N} chưa chịu ký {doc}
{title} {N} đi vắng thì ai giải quyết {proc}
{title} {N} nói khác, {ask}
{title} tên {N} hẹn tui tuần sau
{title} là {N}, {num}
được {title} {N} hướng dẫn rồi mà {ask}
nhờ {title} {N} xác nhận giùm {proc}
gởi {title} {N}, {ask}
gặp {title} {N} hay {title} {N} cũng được phải không
{title}: {N}
{title}: {N}, {title}: {N}, {ask}
{title} {N}; {title} {N}
{title} - {N} - {num}
xin khen {title} {N} làm việc tận tình
phản ánh {title} {N} đòi tiền
con của {title} {N} có được {proc} không
phần mộ {title} {N} nằm ở đâu
thân nhân {title} {N} hưởng chế độ gì
di chúc lập cho {N} mà {N} từ chối
hộ {N} có tên trong danh sách chưa
hộ của {N} được xét {proc} chưa
nhà {N} bị giải tỏa, {ask}
gia đình {N} và gia đình {N} tranh chấp
con {N} vợ {N}, {ask}
chồng: {N}; vợ: {N}; con: {N}
cha: {N}, mẹ: {N}
bên chuyển nhượng {N}, bên nhận {N}
ra tòa thì {N} phải có mặt không
{N} kiện {N} vụ đất, {ask}
{N} lấy {N} năm {year}, {ask}
{N} (sinh {year}) {ask}
{N} ({age} tuổi) và {N} ({age} tuổi), {ask}
{N} có {doc} chưa, {ask}
{N} có phải đóng tiền gì không
{N} đây
{N} đây ad, {ask}
{N} kính chào, {ask}
{N} nè cán bộ ơi, {ask}
{N} quê ở {com}, {ask}
{N}: {num}
{N} / {num} / {com}
{N}. {num}. {Ask}
hôm qua {N} lên {com} mà bị kêu về
lúc còn sống {N} có hứa cho đất
nếu {N} vắng mặt thì {ask}
vì {N} bệnh nên {ask}
do {N} đứng ra bảo lãnh
theo lời {N} thì {ask}
cùng với {N} nộp {proc}
chung với {N} một thửa đất
ngoài {N} ra còn ai được hưởng
giữa {N} và {N} có giấy tay
thay cho {N} đã mất
nhân danh {N}, {ask}
từ tên {N} qua tên {N}
trong đơn ghi {N}, {N}, {N}
gồm có {N}, {N} với {N}, {N}
gồm {N} {N} {N}, {ask}
1. {N} 2. {N} 3. {N}
- {N}
- {N} - {N} - {N}
{N}; {N}; {N} cùng {proc}
tụi em {N} {N} muốn {proc}
hai đứa nhỏ nhà tui {N}, {N} {ask}
sinh đôi {N} và {N} {ask}
anh {N} chị {N} {ask}
bác {N}, chú {N}, cô {N} đều ký rồi
bà con ai biết {N} ở đâu chỉ giùm
tìm {N} đi lạc, {num}
chào bạn, mình là {N}. {Ask}
thưa quý cơ quan, {N} tôi xin trình bày: {ask}
tôi xin trình bày, tôi là {N}, {kin} là {N}, {ask}
người ký: {N}
ký và ghi rõ họ tên: {N}
(ký tên) {N}
(đã ký) {N}
kính đơn. {N}
thân ái, {N}
mong phản hồi, {N}, {com}
em cảm ơn ạ. {N} - {num}
em cám ơn {N}
e {N} {ask}
e là {N}, {ask}
e tên {N} ạ, {ask}
mk là {N}, {ask}
mk tên {N} {num}
m tên {N} nè {ask}
ny em {N} {ask}
ox em {N} {ask}
ông xã tên {N} {ask}
ôg xã {N} {ask}
bx {N} {ask}
học sinh {N} {ask}
hs {N} học lớp {small} {ask}
vợ chồng {N} {N} {ask}
vợ chồng {N} {num} {ask}
cha con {N} {N} {ask}
cảm ơn ad {N}
cám ơn nhiều {N}
cảm ơn. {N} {com}
nhờ {N} {ask}
nhờ {N} đi thay {kin}
{N} ở {small} ấp {small} {com} {ask}
{N} trọ {house}, {ask}
hồ sơ của {N} {ask}
hồ sơ {N} {ask}
ghi {N} hay ghi {N}
bx mình {N} {num} {ask}
gđ em có {N} {ask}
fb {N}, zalo {N}, {ask}
facebook em tên {N}
chị {N} ơi cho em hỏi {ask}
anh {N} ơi {ask}
cô {N} ơi hồ sơ em sao rồi
ad {N} trả lời em hôm bữa {ask}
năm {year} ba tui mua đất của {N}, giờ {ask}
hồi năm {year}, {N} sang lại cho tui {small} công đất, chưa làm giấy, {ask}
tui lấy chồng từ năm {year}, chồng là {N}, bỏ nhà đi biệt, {ask}
má tui {N} mất sớm, tui ở với ngoại tên {N}, {ask}
trước đây tôi tên {N}, sau đổi thành {N}, {ask}
nhà có {small} anh em: {N}, {N}, tui là út, {ask}
cưới {N} bên Hàn Quốc, {ask}
con rể tui là {N} người Đài Loan, {ask}
chồng em tên {N} quốc tịch Mỹ, {ask}
khách nước ngoài {N} ở trọ, {ask}
{N} nhà {house}, {ask}
{N} nhà ở {house} {com}
{N} {house}
nhà của {N}, {house}, {com}
chỗ ở: {house}. Tên: {N}
nơi ở {house} {com}, {N}, {num}
giao cho {N} ở {house}
tới nhà {N} {house}
{house} - {N}
{house}, {com}: {N}
mua nhà {house} của {N}
xe {num} do {N} mua
{num} tên chủ {N}
ghe {num} của {N}, {ask}
sổ của {N} số {num}
""".strip().split("\n")

WITHOUT_NAME = """
đường {PN} thuộc phường nào
nhà em ở đường {PN}, {ask}
nhà ở hẻm {small} đường {PN}, {com}, {ask}
tui ở xã {PN}, {ask}
tôi ở {PN}, {ask}
từ xã {PN} lên {PN} bao xa
xã {PN} sáp nhập với xã nào
UBND xã {PN} làm việc thứ bảy không
ủy ban nhân dân phường {PN} ở đâu
công an xã {PN} {ask}
huyện {PN} cũ giờ nộp ở đâu
chợ {PN} muốn thuê sạp, {ask}
cầu {PN} bị hư phản ánh ở đâu
kênh {PN} sạt lở, {ask}
{school} {ask}
con học {school}, {ask}
{school} tuyển sinh lớp {small}
trường {PN} nhận lớp {small} chưa
trường tiểu học {PN} {ask}
trường thpt {PN} cách nhà {small} km
bệnh viện {PN} {ask}
bệnh viện {PN} cấp giấy chứng sinh trễ
khám ở bệnh viện {PN}, {ask}
trạm y tế xã {PN} {ask}
công viên {PN} ở đâu
khu phố {small} phường {PN}, {ask}
ấp {PN} xã {PN}, {ask}
khóm {small} phường {PN} {ask}
giao lộ {PN} và {PN} bị ngập
đoạn từ {PN} đến {PN} cấm xe
quán cà phê ở đường {PN} thì {ask}
trụ sở ở {small} {PN} phải không
trung tâm hành chính công số {small} {PN}
giải thưởng {PN} xét sao
học bổng {PN} nộp ở đâu
quỹ {PN} hỗ trợ gì
giải bóng đá {PN} đăng ký ở đâu
đền thờ {PN} ở xã nào
khu lưu niệm {PN} mở cửa mấy giờ
tượng đài {PN} do ai quản lý
anh hùng {PN} là ai
liệt sĩ {PN} được đặt tên đường nào
tên đường {PN} đặt từ năm nào
tên trường {PN} đổi khi nào
đổi tên đường thành {PN} thì {ask}
công ty {PB} {ask}
công ty TNHH {PB} thay đổi địa chỉ, {ask}
doanh nghiệp tư nhân {PB} {ask}
hợp tác xã {PB} muốn giải thể
cửa hàng {PB} bán thuốc thú y, {ask}
tàu cá {PB} hết đăng kiểm
ví dụ Nguyễn Văn A và Trần Thị B thì {ask}
ông Nguyễn Văn A bán cho bà Lê Thị B, {ask}
mẫu ghi Nguyễn Văn A là sao
họ Nguyễn đổi sang họ Trần được không
con theo họ Lê của mẹ, {ask}
tên đệm là Văn bỏ được không
bỏ chữ Thị trong tên, {ask}
đổi chữ lót cho con, {ask}
họ và tên ghi sao
họ tên trong {doc} bị sai, {ask}
họ tên cha mẹ ghi thế nào trong {doc}
tên tôi bị sai chữ lót trong {doc}
tên con đặt bốn chữ được không
tên con sai dấu trong {doc}, {ask}
tôi tên bị sai trong {doc}
em tên bị sai, {ask}
chủ hộ là chồng, {ask}
chủ hộ mất rồi, {ask}
chủ hộ là mẹ tôi đã già, {ask}
{kin} {ask}
{kin} là người cao tuổi, {ask}
{kin} là hộ nghèo, {ask}
{kin} là người nước ngoài, {ask}
{kin} tên bị sai, {ask}
{doc} ghi sai năm sinh, {ask}
{doc} ghi thiếu chữ lót, {ask}
{doc} đứng tên hai vợ chồng, {ask}
{doc} đứng tên hộ gia đình, {ask}
{doc} đứng tên ông bà nội, {ask}
{doc} của cha mẹ để lại, {ask}
hồ sơ của {kin} xong chưa
hồ sơ {num} xong chưa
{ask}, {num}
{num}, {ask}
tôi ở {house}, {com}, {ask}
em ở {com}, {ask}
{kin} ở {house}, {com}, {ask}
người nộp là {kin}, {ask}
người mất là {kin}, {ask}
ủy quyền cho {kin} nộp thay, {ask}
chị út, anh hai và em ba cùng ký, {ask}
má hai với dì tư, {ask}
anh Ba, chị Tư ở {com}, {ask}
bé Na nhà em, {ask}
chú Sáu kêu lên xã, {ask}
luật {law} {ask}
theo luật {law} thì {ask}
nghị định về {law} {ask}
tôi là {job}, {ask}
em là {job} ở {com}, {ask}
mình là {job} {ask}
{kin} là {job}, {ask}
{kin} làm {job}, {ask}
{title} {ask}
{title} không chịu ký {doc}, {ask}
{title} ở {com} {ask}
{title} của {com} tiếp dân ngày nào
{title} ký thay được không
{title} xã làm việc mấy giờ
người mua là công ty, {ask}
bên bán là hộ gia đình, {ask}
hộ nghèo {ask}
hộ có hai vợ chồng già, {ask}
nhà có ba chị em gái, {ask}
anh hai, chị ba với cậu út đứng tên, {ask}
thằng Tèo nhà em {ask}
con Bé Hai {ask}
cô Sáu bán cá, {ask}
ad ơi {ask}
bạn ơi {ask}
cán bộ ơi {ask}
em chào anh chị {ask}
cảm ơn anh chị nhiều
cám ơn cán bộ đã hướng dẫn
kính đơn
trân trọng cảm ơn quý cơ quan
{proc}
{proc} {proc}
{doc} với {doc}
{doc} {proc} {com}
{proc} ở {com}
chuyển từ {com} qua {com}
giữa {com} và {com}
sang tên {doc}
chồng quốc tịch Mỹ, {ask}
khách Hàn Quốc ở trọ, {ask}
chợ {PN}, cầu {PN}, trường {PN} đều ở {com}
đường {PN}, đường {PN} ngập nước
phía sau trường {PN} có bãi rác
tuyến {PN} nối {PN} khi nào xong
trung tâm {PB} dạy nghề {ask}
tiệm vàng {PB} {ask}
siêu thị {PB} {ask}
quán {PB} {ask}
đặt tên quán là {PB} {ask}
bảng hiệu "{PB}" {ask}
lăng Ông Nam Hải ở {com}
miếu Bà Chúa Xứ {ask}
Bộ Công Thương cấp {doc}
Bộ Tư Pháp cấp {doc}
Bộ Xây Dựng, Bộ Nội Vụ ai cấp {doc}
bác sĩ Hàn Quốc {ask}
chồng Đài Loan, vợ Trung Quốc {ask}
người Cu Ba, Thái Lan, Lào {ask}
về từ Hàn Quốc, Nhật Bản, {ask}
""".strip().split("\n")

KIN = (
    "con tôi|con tui|con em|con gái tôi|con trai em|con gái|con trai|con út|con đầu|con dâu|con rể|vợ tôi|vợ em|vợ tui|chồng em|chồng tôi|chồng tui|ba em|ba tôi"
    "|ba tui|cha tôi|cha em|mẹ tôi|mẹ em|mẹ chồng|má tui|má em|ông nội|ông ngoại|bà nội em|bà ngoại tôi|bà nội|ông xã|bà xã em|anh trai tôi|anh hai|chị gái em|chị tôi"
    "|chị hai|em trai tôi|em gái|em chồng|em ruột|cháu nội tui|cháu ngoại|cháu tôi|cháu họ|bé nhà em|bé|cô ruột|chú ruột|bác tôi|dì tôi|cậu tôi|mợ|thím tôi|dượng tôi"
    "|bạn tôi|bạn em|bồ em|người yêu em|vk em|ck em|anh rể|chị dâu|ba chồng|ba vợ|cha vợ|má chồng|bố tôi|bố em|tía tui|sui gia"
).split("|")
TITLES = (
    "bác sĩ|y sĩ|cô giáo|thầy giáo|giáo viên|hiệu trưởng|thầy chủ nhiệm|luật sư|kỹ sư|dược sĩ|y tá|nữ hộ sinh|bà mụ|trưởng ấp|trưởng khóm|phó ấp|tổ trưởng|tổ phó|bí thư|bí thư chi bộ"
    "|chủ tịch xã|phó chủ tịch|chủ tịch|giám đốc|phó giám đốc|trưởng phòng|phó phòng|kế toán|thủ quỹ|đồng chí|cán bộ|cán bộ tư pháp|anh cán bộ|chuyên viên|công chức|công chứng viên|công an viên"
    "|thương binh|bệnh binh|cựu chiến binh|liệt sĩ|mẹ Việt Nam anh hùng|bị cáo|bị hại|bị đơn|nguyên đơn|nhân chứng|người làm chứng|người mua|người bán|người thuê|người cho thuê|người vay|người mượn"
    "|người bệnh|người chăm sóc|người hưởng|người đề nghị|người khai|người yêu cầu|người thừa kế|người bảo lãnh|chủ quán|chủ tiệm|chủ vựa|chủ ghe|chủ thửa|chủ sử dụng đất|chủ cơ sở|thuyền viên"
    "|công nhân|lao động|học viên|phụ huynh|thượng tọa|hòa thượng|sư cô|linh mục|trụ trì|thầy thuốc|nghệ nhân|chuyên gia|vị khách|quý danh|cụ ông|cụ bà|trẻ|đứa bé|cháu bé|bé trai|bé gái"
).split("|")
PROCEDURES = (
    "khai sinh|khai tử|đăng ký kết hôn|làm căn cước|đổi bằng lái|sang tên sổ đỏ|tách thửa|cấp lại giấy phép lái xe|xác nhận độc thân|trích lục khai sinh|nhập khẩu"
    "|tách hộ|đăng ký tạm trú|xin trợ cấp người cao tuổi|lãnh tiền tuất|rút bảo hiểm một lần|hưởng thai sản|làm lý lịch tư pháp|hộ chiếu|đăng ký hộ kinh doanh"
    "|xin giấy phép xây dựng|cải chính hộ tịch|nhận cha mẹ con|thừa kế đất|hỗ trợ mai táng phí|chế độ thương binh|đăng ký xe|miễn học phí|chuyển trường|cấp đổi sổ hồng"
    "|đăng ký tàu cá|chứng thực chữ ký|thế chấp đất|thủ tục ly hôn|xác nhận hộ nghèo|vay vốn sinh viên|hoàn thuế|giải thể công ty|cấp số nhà|nuôi con nuôi"
).split("|")
DOCUMENTS = (
    "sổ đỏ|sổ hồng|giấy khai sinh|căn cước|cccd|bằng lái|hộ chiếu|thẻ bhyt|thẻ bảo hiểm|sổ bảo hiểm|sổ hộ khẩu|giấy kết hôn|giấy chứng tử|bằng tốt nghiệp|học bạ|lý lịch tư pháp"
    "|giấy phép xây dựng|giấy đăng ký xe|cà vẹt|hợp đồng mua bán|di chúc|giấy ủy quyền|đơn|tờ khai|biên nhận|phiếu hẹn|gplx|gks|gcn|sổ tiết kiệm|vé|bản án|giấy chuyển viện|giấy chứng sinh"
).split("|")
JOBS = (
    "giáo viên|nông dân|người khuyết tật|thương binh|con liệt sĩ|chủ hộ|sinh viên|công nhân|hộ kinh doanh|người cao tuổi|người dân tộc Khmer|cựu chiến binh|tài xế|mẹ đơn thân|người lao động"
    "|đảng viên|cán bộ hưu trí|phó giám đốc|vợ liệt sĩ|dân tạm trú|chủ trọ|kế toán|luật sư|ngư dân|người nước ngoài|lao động tự do|bộ đội xuất ngũ|chủ quán|thợ hồ|phụ huynh"
).split("|")
LAWS = "đất đai|cư trú|hộ tịch|lao động|nhà ở|hôn nhân và gia đình|bảo hiểm xã hội|trẻ em|khiếu nại|người cao tuổi|phòng chống ma túy|thủy sản|lâm nghiệp|đầu tư".split("|")
BUSINESS = (
    "Minh Phát|Hoàng Long|Phú Cường|An Khang|Tân Thành|Thành Đạt|Việt Tiến|Kim Ngân|Hưng Thịnh|Hồng Phúc|Thái Dương|Lâm Phát|Cao Phát|Hồ Gươm|Mai Linh|Lý Hải|Trường Hải|Hùng Cá|Ngọc Sinh|Quốc Việt"
).split("|")
COMMUNES_PLAIN = (
    "Khánh Bình|Khánh Lâm|Đất Mũi|Năm Căn|Tân Thuận|Đầm Dơi|Thới Bình|Cái Nước|Phú Tân|U Minh|Sông Đốc|Biển Bạch|Vĩnh Lợi|Hòa Bình|Phước Long|Gành Hào|Hồng Dân|Giá Rai|Láng Tròn"
    "|Vĩnh Châu|Tân Tiến|An Xuyên|Tân Thành|Hòa Thành|Bạc Liêu|Vĩnh Trạch|Hiệp Thành|Tân Hưng|Hưng Mỹ|Tân Lộc|Trí Phải|Đông Hải|Long Điền|Ninh Quới|Ninh Thạnh Lợi|Vĩnh Hậu|Châu Thới|Hưng Hội|Đất Mới"
).split("|")
HAMLETS = "Cái Ngay|Tân Lập|Mũi|Bà Điều|Vàm Đầm|Kinh Ngang|Cây Dừa|Nhà Máy|Xóm Lung|Thị Tường|Rạch Gốc|Ông Như|Bà Hính|Cái Keo|Tắc Thủ|Bào Chà|Chống Mỹ|Kinh Hòn".split("|")
