"""Abbreviations with several meanings: each reading with the neighbours that tell it.

A line: `key key: reading < words before > words after`. Neighbours are folded: one word, or two joined by _; # is a number,
^ the start of the text. Words before and after weigh 1, with ! 3. The heaviest reading wins; a tie, or no neighbour, gives the
reading marked *, else the abbreviation stays as typed and `index.text.readings` names all of them. The reading "=" means: as
typed, it is another mark (mã HS, biển NG).
"""

from __future__ import annotations

from dataclasses import dataclass

_TABLE = """
đk dk: điều kiện < !du cac nhung theo thoa dap_ung ve thieu co_du ve_cac > !gi !nao !de nhu_the hanh nhung
đk dk: đăng ký < ^ xin muon di phai lam cach chua da khi don quen giay to_khai ho_so so lo duoc moi the_nao > !tam !thuong !khai !ket !ho !kinh xe lai tau ghe doanh thanh !cu nhan online truc qua bao hoc thi giay cho san moi mua dat nuoi lam !vao thue mst bhxh bhyt vneid !hkd nvqs tthn ten bien the phuong cong
hk: học kỳ < diem hoc !cuoi dau thi > # !i !ii
hk: hộ khẩu < so !nhap chuyen !cat !tach giay co trong mat lam them > goc thuong gia cu moi cho ve
k: nghìn < # bao_nhieu
đc dc: địa chỉ < doi sai thay ghi
đc dc: * được > !ko !k !khong !hok !kh !hong !chua
ak: = < form mau o hang sung tu
ak: * à
k: * không
hong: = < so bia hoa mau chu
hong: * không
tb: thương binh < cho con vo che_do the nguoi chong cha me bac > hang liet ls benh binh nang # loai
tb: thông báo < giay co nhan ra ban theo bi > thue nop cua thu cho
tb: trung bình < diem ho muc luc song > kha
hs: = < !ma
hs: học sinh < em con cho chau cac la the giay_khai > cap lop tieu ngheo khuyet dan khiem thpt thcs gioi
hs: hồ sơ < nop lam bo can gui mua nhan sung tra rut xem duyet so phan giay thieu gom > gom gi can nop giay online bao khai nay xin dang nhu sai thieu
ts: thai sản < nghi che_do tien huong luong cap bhxh giay_nghi bao_hiem lanh > cho
ts: tài sản < ky khai chap chia ban gia quyen so_huu > gan chung rieng dat cong dam bao tren
ts: tiến sĩ < bang hoc si
ls: liệt sĩ < con vo me cha than_nhan cung mo gia_dinh tu tho che_do
ls: luật sư < thue the phong chi hanh_nghe nho doan > ca hanh
ls: lịch sử < di_tich tich
ls: lãnh sự < dai tong co_quan ly
gt: giấy tờ < mang nop can lam nhung cac mat ban loai theo thieu > gi tuy nha xe dat gom can nao
gt: giới tính < doi chuyen sua dinh cot sai > nam nu trong tren
gt: giao thông < toan pham canh_sat so_ > duong van
gt: = < !# dung_tich tich tan
p: phải < co can thi toi em minh nha con > lam di nop dong mang khong ko k ra khai len xin dem
p: phường < ubnd o cong_an uy_ban tai x xa ra ve > # nao
cc: = < giay mau
cc: căn cước < lam the so doi mat gan cap > cong gan chip het
cc: công chứng < phong di ban photo sao to hop_dong vp > giay hop o vien di_chuc nha ban mua
cc: chứng chỉ < thi_lay lay hoc > moi ngoai hanh tieng nghe xay !tin
cc: chung cư < ho can mua nha
nt: như thế < lam la sao
nt: nhà trọ < mo khu o chu > cho
nt: nhắn tin < se > cho lai
nt: nội trú < truong hoc
h: = < giay mau loai hang form chung_thu
h: * giờ
v: = < giay mau loai hang form
v: * vậy
m: mét < #
m: * mình
r: = < giay mau loai hang form
r: * rồi
s: = < giay mau loai hang form bien
s: * sao
hd hđ: hợp đồng < ky ban theo lap chung > mua thue lao chuyen uy dat gop tang
hd hđ: hóa đơn < xuat viet in huy mua > dien do vat ban ban_hang
hd hđ: hoạt động < phep ngung nguoi ngung nganh > khang lai cua cach xa
hd hđ: hướng dẫn < nho can xin > em minh giup toi cach lam giup_em
hd hđ: hội đồng > nhan quan giam
nn: nước ngoài < nguoi ng to ra o di von chong vo
nn: nông nghiệp < dat so may bo phong_ may_moc > ptnt mt va moi
nn: nhà nước < quan bac ngan_sach
tg: thời gian < mat trong ^ > bao giai lam cap xu nhan huong cho nop
tg: tham gia > bhxh bhyt bao hoi
tg: tác giả < quyen nhom dong
bh: bảo hiểm < dong rut mua the so tien huong quy ban > y xa that xe mot 1
bh: bao giờ < den > co xong thi moi duoc lay nhan
bh: bây giờ > em minh toi muon lam phai e con
bn: bệnh nhân > nang ung phong tam lao tam_than
bn: * bao nhiêu
bb: biên bản < lap ky hop bi > ban giao hop xac vi
bb: bệnh binh < than_nhan thuong che_do con vo the nhan tb > hang tu
dn: đà nẵng < o tai ve ra
dn: * doanh nghiệp
tp: tư pháp < so lich phong bo
tp: thực phẩm < toan sinh ve_sinh
tp: * thành phố
bl: bằng lái < doi !thi co lai lam cap > !xe a a1 a2 b b1 b2 c c1 oto may
bl: bao lâu < mat het trong ton ^
nc: nước > ngoai sach may mam mua
nc: nước < nha tien cap ve
nc: nghiên cứu < tai vien tam > khoa
nc: nhu cầu < co
nv: nghĩa vụ > qs quan thue tai
nv: * nhân viên
vs: vệ sinh > an attp moi atp
vs: * với
ms: mã số > thue doanh dinh bhxh
ms: * mới
hn: hôn nhân < trang tt luat kiem
hn: hà nội < o ra tu tai ve pho
ng: = < bien
ng: * người
ck: chuyển khoản < tien phi bang qua tra nop > phi tien duoc
ck: cam kết < giay ban don to
ck: * chồng
tt: tình trạng > hon hn
tt: thông tin < doi sua nhat > ca tren cccd sai
tt: tạm trú < ky dk đk han bao the
tt: trung tâm < mo > ngoai hcc hanh phuc
tt: thanh toán > online phi tien le
cn: công nghệ < kh hoc > cao thong so
cn: chứng nhận < giay
cn: chi nhánh < mo lap
cn: công nghiệp < khu cum
cn: chủ nhật < 7 t7 ngay viec
dt đt: điện thoại < so qua bang goi tren
dt đt: đầu tư < an chu von cap_phep
dt: dân tộc < nguoi sv hs
gd: giáo dục < so bo phong
gd: gia đình < ho ca trong
gđ: gia đình < ho ca trong
gđ: giám định < hoi_dong di ket_qua
kh: kết hôn < ky giay đk dk
kh: khoa học < bo so to_chuc dn nghiep > cn va
kh: kế hoạch < lap duyet
kh: khách hàng < cua
kh: * không
bs: bác sĩ < la cua lam
bs: biển số < doi bam mat > xe
bs: bản sao < trich cap lay
bs: bổ sung < can phai > ho hs giay thong
tk: tài khoản < lap tao so nhap hang mo dong du > ngan vneid dvc !kho
tk: tờ khai < dien lay tai viet huy sua > !hai
ks: khai sinh < giay lam dang_ky dk > cho con lai
ks: khách sạn < mo xay
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """words: the meaning, "=" as typed. before, after: folded neighbour -> weight."""

    words: str
    before: dict[str, int]
    after: dict[str, int]
    default: bool


def _weights(words: str) -> dict[str, int]:
    return {word.lstrip("!").strip("_").replace("_", " "): 3 if word[0] == "!" else 1 for word in words.split()}


def _read(table: str) -> dict[str, tuple[Reading, ...]]:
    found: dict[str, list[Reading]] = {}
    for line in table.strip().splitlines():
        keys, _, rest = line.partition(": ")
        head, _, after = rest.partition(" >")
        words, _, before = head.partition(" <")
        reading = Reading(words.lstrip("* ").strip(), _weights(before), _weights(after), words.startswith("*"))
        for key in keys.split():
            found.setdefault(key, []).append(reading)
    return {key: tuple(readings) for key, readings in found.items()}


READINGS: dict[str, tuple[Reading, ...]] = _read(_TABLE)
"""Abbreviation as typed -> its readings, in the order of the table."""


def decide(key: str, before: list[str], after: list[str]) -> str | None:
    """The reading that the neighbours tell; `key` itself when it stays as typed; None when they do not tell.

    Args:
        before, after: the folded words around, nearest first, at most two each; numbers as "#"; before is ["^"] at the start.
    """
    scores: dict[str, int] = {}
    for reading in READINGS[key]:
        weight = sum(reading.before.get(near, 0) for near in _near(before, -1)) + sum(
            reading.after.get(near, 0) for near in _near(after, 1)
        )
        scores[reading.words] = scores.get(reading.words, 0) + weight
    best = max(scores.values())
    first = [words for words, score in scores.items() if score == best]
    if best == 0 or len(first) > 1:
        first = [reading.words for reading in READINGS[key] if reading.default]
    return None if not first else key if first[0] == "=" else first[0]


def _near(words: list[str], step: int) -> list[str]:
    """The nearest word, and the two nearest in reading order."""
    return words[:1] + ([" ".join(words[:2][::step])] if len(words) > 1 else [])
