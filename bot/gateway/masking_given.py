"""Syllables that given and middle names are made of. General knowledge of Vietnamese, nobody's list of citizens.

All of them are words of everyday use as well, so a syllable here is a hint to the tagger and never a proof.
"""

from __future__ import annotations

from bot.gateway.masking_view import spellings

GIVEN_SYLLABLES = (
    "an ân anh ánh ái bách bạch bảo bằng bé bích biên bình bông bửu cảnh cầm cẩm cao cát châu chánh chi chí chiến chiêu chinh chính chung chương"
    " công cúc cường cương dân danh dao diễm diện diệp diệu du dũng duy duyên dư dương đa đại đạo đan đào đạt đăng đặng đẹp đệ điền điệp đình định"
    " đoan đô độ đông đồng đức đực gái gấm gia giang giàu giao giáp hà hạ hai hải hãn hân hằng hạnh hào hảo hậu hên hiếu hiền hiển hiện hiệp hoa"
    " hoà hòa hoài hoan hoàn hoàng hoành học hồng hợi hợp huấn huân huệ hùng huy huyền huỳnh hưng hương hường hữu kha khả khải khang khánh khắc"
    " khiêm khiết khoa khoái khôi khởi khuê khương khuyên kiên kiệm kiệt kiều kim kỳ ký lam lan lâm lành lanh lắm lân lập lê lệ lễ lợi lên liêm liên"
    " liễu linh loan loan lộc lợi long luân luận luật lực lương lượm lượng lựu ly lý mai mận mạnh mẫn mẫu mến miên minh mơ mộng muội muồi mười mỹ"
    " my na nam nga ngà ngân nghi nghĩa nghị nghiêm ngoan ngọc ngôn nguyên nguyệt nhã nhạn nhân nhẫn nhanh nhàn nhật nhi nhiên nhiều nho nhơn nhớ"
    " như nhung nhựt nhường nở nữ oanh phát phán pháp phi phong phú phúc phước phụng phương phượng quang quân quế quí quý quốc quyên quyền quyết"
    " quỳnh sa sang sáng sáu san sâm sen sĩ sinh sơn sương tài tam tâm tân tấn tèo tí thạch thái tham thành thanh thạnh thao thảo thắm thắng thân"
    " thẩm thế thêm thi thiên thiện thiệt thiều thịnh thiết thoa thọ thoại thoan thơ thơm thu thuận thủy thúy thuỳ thùy thuyên thuyền thư thừa thức"
    " thương thường thy tiên tiến tiền tín tình tính toại toàn toản tới trà trai trạng tràng trang trân tri trí triển triết triều triệu trinh trình"
    " trong trọng trúc trung trực trường tú tuân tuấn tuệ tùng tuyên tuyền tuyến tuyết tư tường tưởng út uyên uyển vân vẹn văn vẻ viên viễn việt"
    " vinh vĩnh vũ vui vượng vy vương xinh xuân xuyên xuyến yên yến ý"
)
GIVEN = spellings(GIVEN_SYLLABLES)
