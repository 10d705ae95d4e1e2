"""Names of persons that are names of places today: communes of the province, streets, schools. Folded."""

from __future__ import annotations

COMMUNES = frozenset({
    "ho thi ky", "luong the tran", "ly van lam", "nguyen huan", "nguyen phich", "nguyen viet khai", "ngoc hien", "phan ngoc hien",
    "quach pham", "ta an khuong", "tran hoi", "tran phan", "tran thoi", "tran van thoi", "thanh tung", "le hong phong",
})  # fmt: skip
"""tests/bot/gateway/test_masking.py compares them with data/province/old_names.yml."""
STREETS = frozenset({
    "an duong vuong", "bui thi truong", "bui thi xuan", "cao ba quat", "cao van lau", "chau van dang", "dang thuy tram", "dang van ngu",
    "dinh tien hoang", "do thua luong", "doan thi diem", "duong thi cam van", "ha huy tap", "ho chi minh", "ho trung thanh",
    "ho tung mau", "hoang dieu", "hoang hoa tham", "hoang quoc viet", "hoang sa", "hoang van thu", "huynh ngoc diep", "huynh thuc khang",
    "huynh tan phat", "kim dong", "lam thanh mau", "le anh xuan", "le chan", "le dai hanh", "le dinh tham", "le duan", "le khac xuong",
    "le lai", "le loi", "le quy don", "le thanh ton", "le thanh tong", "le thi hong gam", "le thi rieng", "le van luong", "le van sy",
    "le van tam", "luong dinh cua", "luong the vinh", "luu huu phuoc", "ly nam de", "ly thai to", "ly thai ton", "ly thuong kiet",
    "ly tu trong", "mac dinh chi", "mai hac de", "mai thi hong hanh", "ngo gia tu", "ngo quyen", "ngo thi nham", "nguyen an ninh",
    "nguyen binh khiem", "nguyen chi thanh", "nguyen cong tru", "nguyen dinh chieu", "nguyen du", "nguyen hue", "nguyen huu canh",
    "nguyen huu le", "nguyen huu tho", "nguyen khuyen", "nguyen luong bang", "nguyen ngoc sanh", "nguyen sinh sac", "nguyen tat thanh",
    "nguyen thai binh", "nguyen thai hoc", "nguyen thi dinh", "nguyen thi minh khai", "nguyen thien thanh", "nguyen thong",
    "nguyen thuong hien", "nguyen tri phuong", "nguyen trai", "nguyen truong to", "nguyen trung truc", "nguyen van bien",
    "nguyen van cu", "nguyen van linh", "nguyen van tien", "nguyen van troi", "nguyen vinh nghiep", "pham hong tham",
    "pham hung", "pham ngoc thach", "pham ngu lao", "pham van dong", "phan boi chau", "phan chu trinh", "phan chau trinh",
    "phan dang luu", "phan dinh giot", "phan dinh phung", "phan thi rang", "phung khac khoan", "phung ngoc liem", "ta uyen", "thai phien",
    "ton duc thang", "ton that tung", "ton that thuyet", "tran binh trong", "tran cao van", "tran dai nghia", "tran hung dao", "tran huynh",
    "tran nguyen han", "tran nhan tong", "tran phu", "tran quang khai", "tran quoc toan", "tran te xuong", "tran van binh", "tran van on",
    "tran van ot", "tran van phu", "truong cong dinh", "truong dinh", "truong phung xuan", "truong vinh ky", "to hieu", "to huu", "vo nguyen giap",
    "vo thi sau", "vo van kiet", "vo van tan", "vo van tu", "vo tanh", "xuan dieu",
})  # fmt: skip
"""Whom streets and schools are often named after."""
