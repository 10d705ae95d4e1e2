"""Sentences that no record holds: asking back, not knowing, apologising. Facts never stand here. Said through actions.texts."""

ASK_PROCEDURE = (
    "Dạ, câu hỏi của anh/chị có thể thuộc mấy thủ tục sau. Anh/chị cần thủ tục nào? (bấm chọn, hoặc trả lời bằng số hay tên)"
)
ASK_FAMILY = "Dạ, {question} (bấm chọn, hoặc trả lời bằng số hay tên)"
ASK_ONE = "Dạ, có phải anh/chị hỏi về thủ tục này không? Đúng thì anh/chị bấm chọn hoặc trả lời “đúng rồi”."
ASKED_ENOUGH = (
    "Dạ, tôi đã hỏi lại hai lần mà vẫn chưa rõ anh/chị cần thủ tục nào, nên không đoán thêm để khỏi chỉ sai. "
    "Anh/chị hỏi {office} để được chỉ đúng thủ tục."
)
STILL_THERE = "Các thủ tục gần với câu hỏi nhất (bấm chọn, hoặc trả lời bằng số hay tên):"
SUPPOSED = "Tôi hiểu là anh/chị hỏi thủ tục này; nếu không phải, anh/chị bấm chọn thủ tục khác."
ELSE = "Nếu anh/chị hỏi việc khác, anh/chị bấm chọn thủ tục bên dưới."
USUAL = "Tôi trả lời theo trường hợp thường gặp; nếu trường hợp của anh/chị khác, anh/chị bấm chọn thủ tục bên dưới."
NOT_FOUND = (
    "Dạ, tôi chưa tìm thấy thủ tục đúng với câu hỏi này trong dữ liệu đã đối chiếu, nên không trả lời đoán. "
    "Anh/chị thử nói rõ muốn làm giấy gì, cho ai; hoặc hỏi {office}."
)
WHICH_PROCEDURE = "Dạ, anh/chị đang hỏi về thủ tục nào ạ? Ví dụ: đăng ký khai sinh, đăng ký tạm trú, đổi bằng lái xe."
UNCLEAR = "Dạ, tôi chưa hiểu ý anh/chị. Anh/chị viết lại ngắn gọn việc cần làm giúp tôi, ví dụ: “làm lại căn cước bị mất cần gì”."
NOT_READABLE = "Dạ, tôi chưa đọc được tin nhắn này. Anh/chị gõ câu hỏi bằng chữ giúp tôi nhé."
OUT_OF_SCOPE = "Dạ, tôi chỉ hướng dẫn thủ tục hành chính nên không trả lời được câu này. Anh/chị cần hỏi giấy tờ, thời hạn hay lệ phí của thủ tục nào ạ?"
NO_INDEX = "Dạ, xin lỗi anh/chị, dữ liệu thủ tục đang tạm thời không mở được. Anh/chị thử lại sau ít phút, hoặc hỏi {office}."
UNVERIFIED = "Dạ, xin lỗi anh/chị, tôi chưa chắc chắn về câu trả lời này nên không gửi. Anh/chị hỏi {office} giúp tôi nhé."
ENGINE_DOWN = (
    "Dạ, phần hiểu câu hỏi đang khởi động lại, nên tôi trả lời theo tìm kiếm. Nếu chưa đúng ý, anh/chị hỏi lại sau một phút nhé."
)
SYSTEM_ERROR = "Dạ, xin lỗi anh/chị, hệ thống vừa gặp lỗi. Anh/chị thử lại sau ít phút, hoặc hỏi {office}."
EXPIRED = (
    "Thủ tục {name} (mã {code}): dữ liệu tôi có đã hết hiệu lực ngày {day}, tôi không đọc lại để tránh sai. Anh/chị hỏi {office}."
)
NOT_YET = "Thủ tục {name} (mã {code}) chỉ áp dụng từ ngày {day}. Trước ngày đó, anh/chị hỏi {office}."
AS_OF = "Tính cho ngày {day}, theo quy định hiện có."
OFFICE = "Trung tâm Phục vụ hành chính công xã, phường nơi anh/chị ở"
"""Named when not even the province's contacts can be read."""
EVENT = "Dạ, {name}, anh/chị thường cần làm lần lượt:"
EVENT_AFTER = "Dạ, {opening}. {name}, anh/chị thường cần làm lần lượt:"
EVENT_TOTAL = "Nếu làm lần lượt các việc không ghi “nếu cần” thì khoảng {total}, chưa kể thời gian đi lại và bổ sung giấy tờ."
EVENT_NO_TOTAL = "Tổng thời gian thì tôi chưa nói chắc được, vì có việc chưa rõ thời hạn hoặc thời hạn tính khác nhau."
EVENT_STEP_ENDED = "dữ liệu tôi có không còn áp dụng vào ngày này nên tôi không đọc lại, anh/chị hỏi {office}."
EVENT_CHOOSE = "Anh/chị bấm chọn hoặc trả lời bằng số để xem từng việc. Trang đầy đủ để in: {page}"
OFFICER = "Dạ, tôi là máy trả lời nên không nối máy hay nhận hồ sơ thay cán bộ được. Anh/chị gặp cán bộ tại nơi này:"
LEAVE_WORD = "Nếu không tiện đến, anh/chị gửi lời nhắn để được gọi lại trong giờ làm việc.\nGửi lời nhắn: /lien-he"
LEAVE_WORD_CLOSED = "Bây giờ chưa gặp được cán bộ. Anh/chị gửi lời nhắn để được gọi lại trong giờ làm việc.\nGửi lời nhắn: /lien-he"
RESTART = "Dạ, mình bắt đầu lại nhé. Anh/chị cần làm thủ tục gì ạ?"
