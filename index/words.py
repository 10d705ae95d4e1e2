"""Tables of Vietnamese chat writing: what stands for what. Keys are lower case, as typed: with diacritics or without.

Only spellings that read one way in questions about procedures; ambiguous ones (đk: đăng ký or điều kiện, hk: hộ khẩu or
học kỳ, k: không or khoá) are listed with the reading that such questions use, or left out.
"""

ABBREVIATIONS: dict[str, str] = {
    # negation, particles, pronouns
    "ko": "không", "kg": "không", "khg": "không", "kh": "không", "hok": "không", "k": "không", 
    "hong": "không", "hông": "không", "hg": "không", "kong": "không", "khum": "không", 
    "dc": "được", "đc": "được", "đk": "đăng ký", "dk": "đăng ký", "dky": "đăng ký", "đky": "đăng ký", "dx": "được", "đx": "được",
    "j": "gì", "ji": "gì", "r": "rồi", "rui": "rồi", "vs": "với", "vz": "vậy", "z": "vậy", "zay": "vậy", "dzay": "vậy",
    "dzậy": "vậy", "zậy": "vậy", "v": "vậy", "ntn": "như thế nào", "nt": "như thế", "bn": "bao nhiêu", "bnhiu": "bao nhiêu",
    "bnhieu": "bao nhiêu", "bnh": "bao nhiêu", "nhiu": "nhiêu", "bl": "bao lâu", "blau": "bao lâu", "bh": "bao giờ",
    "bgio": "bao giờ", "bjo": "bao giờ", "h": "giờ", "mk": "mình", "mik": "mình", "m": "mình", 
    "mng": "mọi người", "mn": "mọi người", "ng": "người", "ngta": "người ta",
    "ck": "chồng", "vk": "vợ", "ox": "ông xã", "bx": "bà xã", "cx": "cũng", "cug": "cũng", "cg": "cũng", "lm": "làm", 
    "mun": "muốn", "mún": "muốn", "bik": "biết", "bit": "biết", "bít": "biết", "hỉu": "hiểu", "hiu": "hiểu", "thik": "thích",
    "trc": "trước", "ms": "mới", "ngoai": "ngoài", "vd": "ví dụ", "nc": "nước", "nvay": "như vậy", "nhg": "nhưng", "nhug": "nhưng", "nma": "nhưng mà",
    "ah": "à", "ak": "à", "uh": "ừ", "uk": "ừ", "oki": "ok", "oke": "ok", "okie": "ok", "tks": "cảm ơn", "thanks": "cảm ơn", "thank": "cảm ơn",
    "thks": "cảm ơn", "camon": "cảm ơn", "cmon": "cảm ơn", "iu": "yêu", "ib": "nhắn", "inb": "nhắn", "rep": "trả lời", "hs": "hồ sơ",
    "hso": "hồ sơ", "hsơ": "hồ sơ", "gt": "giấy tờ", "gto": "giấy tờ", "tgian": "thời gian", "tg": "thời gian", "p": "phải", "pải": "phải", "pai": "phải",
    "s": "sao", "tui": "tôi", "ol": "trực tuyến", "onl": "trực tuyến", "online": "trực tuyến",
    "off": "trực tiếp", "ship": "gửi bưu điện", "sip": "gửi bưu điện", "free": "miễn phí", "fí": "phí", "fi": "phí", "fai": "phải", "fải": "phải",
    "fường": "phường", "wa": "qua", "wá": "quá", "qá": "quá", "wên": "quên", "wen": "quen", "zo": "vô", "zô": "vô", "zợ": "vợ", 
    "dzợ": "vợ", "dzo": "vợ", "sdt": "số điện thoại", "sđt": "số điện thoại", 
    "nv": "nhân viên", "cb": "cán bộ", "ktra": "kiểm tra", "ttin": "thông tin", "qđ": "quyết định", "qd": "quyết định",
    "tphan": "thành phần", "ktx": "ký túc xá", "hsinh": "học sinh", "sv": "sinh viên", "cty": "công ty", "cti": "công ty", "dn": "doanh nghiệp",
    "nn": "nước ngoài", "hcm": "hồ chí minh", "tphcm": "thành phố hồ chí minh", "sg": "sài gòn", "tp": "thành phố", "hn": "hà nội",
    # papers and agencies
    "cccd": "căn cước công dân", "cmnd": "chứng minh nhân dân", "cmt": "chứng minh nhân dân", "cmtnd": "chứng minh nhân dân", "cc": "căn cước",
    "gplx": "giấy phép lái xe", "blx": "bằng lái xe", "gks": "giấy khai sinh", "gcn": "giấy chứng nhận", "gcnqsdd": "giấy chứng nhận quyền sử dụng đất",
    "gcnqsdđ": "giấy chứng nhận quyền sử dụng đất", "qsdd": "quyền sử dụng đất", "qsdđ": "quyền sử dụng đất", "sđ": "sổ đỏ", "shk": "sổ hộ khẩu", "hk": "hộ khẩu",
    "kt3": "tạm trú", "dkkh": "đăng ký kết hôn", "đkkh": "đăng ký kết hôn", "ddkkh": "đăng ký kết hôn", "gdkkh": "giấy đăng ký kết hôn", "ttkh": "tình trạng hôn nhân",
    "tthn": "tình trạng hôn nhân", "xntthn": "xác nhận tình trạng hôn nhân", "lltp": "lý lịch tư pháp", "bhxh": "bảo hiểm xã hội", "bhyt": "bảo hiểm y tế", "bhtn": "bảo hiểm thất nghiệp",
    "tctn": "trợ cấp thất nghiệp", "hkd": "hộ kinh doanh", "dkkd": "đăng ký kinh doanh", "đkkd": "đăng ký kinh doanh", "gpkd": "giấy phép kinh doanh", "mst": "mã số thuế", "tncn": "thu nhập cá nhân",
    "gpxd": "giấy phép xây dựng", "ubnd": "ủy ban nhân dân", "ub": "ủy ban", "cax": "công an xã", "csgt": "cảnh sát giao thông", "hcc": "hành chính công",
    "dvc": "dịch vụ công", "tthc": "thủ tục hành chính", "bcci": "bưu chính công ích", "pccc": "phòng cháy chữa cháy", "attp": "an toàn thực phẩm", "vsattp": "an toàn thực phẩm",
    "ncc": "người có công", "tnls": "thân nhân liệt sĩ", "ls": "liệt sĩ", "btxh": "bảo trợ xã hội", "nkt": "người khuyết tật", "htx": "hợp tác xã", "noxh": "nhà ở xã hội",
    "ts": "thai sản", "bhxh1l": "bảo hiểm xã hội một lần", "hdld": "hợp đồng lao động", "hđlđ": "hợp đồng lao động", "vbcc": "văn bằng chứng chỉ", "thpt": "trung học phổ thông",
    "thcs": "trung học cơ sở", "dkx": "đăng ký xe", "đkx": "đăng ký xe", "cavet": "cà vẹt", "caver": "cà vẹt", "hd": "hợp đồng", "hđ": "hợp đồng", "passport": "hộ chiếu",
    "pp": "hộ chiếu", "visa": "thị thực", "photo": "phô tô", "foto": "phô tô", "ctxh": "công tác xã hội", "nvqs": "nghĩa vụ quân sự", "qsd": "quyền sử dụng", "tb": "thương binh", "bb": "bệnh binh",
}
"""Token as typed, folded or accented -> words."""

KEEP = frozenset({"taxi", "fax", "tax", "max", "us", "exciter", "wave", "air", "box", "mix", "fix", "as", "is", "ems", "gas", "bar", "bus", "pos", "test", "post", "text", "next", "down", "usa", "na5"})
"""Foreign words and marks of forms that look like Vietnamese typed with Telex or VNI keys."""

DIALECT: dict[str, str] = {
    "má": "mẹ", "tía": "cha", "ba má": "cha mẹ", "bả": "bà ấy", "ổng": "ông ấy", "hổng": "không", "hỏng": "không", "hông": "không", "hong": "không", "mần": "làm",
    "mầng": "làm", "dìa": "về", "zìa": "về", "dià": "về", "nhiêu": "bao nhiêu", "hồi nào": "khi nào", "chừng nào": "khi nào", "bữa nào": "khi nào", "chi": "gì",
    "bển": "bên đó", "trển": "trên đó", "dzậy": "vậy", "zậy": "vậy", "vầy": "như vậy", "sao trăng": "sao", "coi": "xem", "kêu": "gọi", "xài": "dùng",
    "ghe": "tàu", "vỏ lãi": "xuồng máy", "hun": "hôn", "lẹ": "nhanh", "mướn": "thuê", "mắc": "đắt", "rớt": "mất", "bự": "lớn", "tui": "tôi", "thím": "cô",
    "đặng": "được", "đám cưới": "kết hôn", "đám nói": "kết hôn", "nội": "ông bà nội", "ngoại": "ông bà ngoại",
}
"""Southern words -> the words that records use; applied to the search query beside the words themselves."""
