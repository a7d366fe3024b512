"""Names that need no source: places and peoples that everyone knows, days and months, and what stands beside names.

In both languages, folded; small on purpose, since what is missing here costs one look into a source.
"""

from __future__ import annotations

from factdesk.text.fold import fold
from factdesk.text.wordlist import words


def _names(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(name).split()) for name in text.replace("\n", ",").split(",") if name.strip())


KNOWN = _names(
    """Earth, Sun, Moon, Mars, Venus, Jupiter, Africa, Antarctica, Asia, Australia, Europe, America, North America
    South America, Latin America, Middle East, Arctic, Atlantic, Pacific, Mediterranean, Equator, Alps, Himalaya
    Himalayas, Everest, Mount Everest, Amazon, Nile, Mekong, Sahara
    United States, United States of America, United Kingdom, Great Britain, Britain, England, Scotland, Wales, Ireland
    France, Germany, Italy, Spain, Portugal, Netherlands, Belgium, Austria, Switzerland, Poland, Greece, Turkey, Russia
    Ukraine, Sweden, Norway, Denmark, Finland, Canada, Mexico, Brazil, Argentina, Chile, Peru, Colombia, Cuba, Egypt
    Nigeria, Kenya, Ethiopia, South Africa, Morocco, Israel, Iran, Iraq, Syria, Saudi Arabia, India, Pakistan
    Bangladesh, Nepal, China, Japan, Korea, South Korea, North Korea, Taiwan, Hong Kong, Mongolia, Thailand, Vietnam
    Viet Nam, Laos, Cambodia, Myanmar, Malaysia, Singapore, Indonesia, Philippines, New Zealand, Soviet Union, Rome
    London, Paris, Berlin, Madrid, Vienna, Moscow, Kyiv, Brussels, Geneva, Athens, Cairo, Jerusalem, New York
    Washington, Los Angeles, Chicago, Tokyo, Beijing, Shanghai, Seoul, Bangkok, Delhi, Mumbai, Jakarta, Manila, Sydney
    Hanoi, Ha Noi, Hue, Da Nang, Hai Phong, Can Tho, Saigon, Sai Gon, Ho Chi Minh City
    African, American, Arab, Arabic, Asian, Australian, Austrian, Belgian, Brazilian, British, Canadian, Chinese, Cuban
    Danish, Dutch, Egyptian, English, European, Finnish, French, German, Greek, Indian, Indonesian, Iranian, Iraqi
    Irish, Israeli, Italian, Japanese, Korean, Latin, Mexican, Norwegian, Polish, Portuguese, Roman, Russian, Scottish
    Spanish, Swedish, Swiss, Thai, Turkish, Ukrainian, Vietnamese, Americans, Europeans, Germans, Romans, Greeks
    Christian, Christians, Muslim, Muslims, Jewish, Jews, Buddhist, Buddhists, Catholic, Catholics, Bible, Koran, God
    Christmas, Easter, Ramadan, Lunar New Year, New Year, Tet, Internet, Web, World War, Cold War
    Facebook, YouTube, TikTok, Instagram, WhatsApp, Telegram, Zalo, Google, Twitter, Wikipedia, Messenger, Viber, Covid
    Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday, January, February, March, April, May, June, July
    August, September, October, November, December, Celsius, Fahrenheit
    Trái Đất, Mặt Trời, Mặt Trăng, Sao Hỏa, Sao Kim, Sao Mộc, Thái Dương, Ngân Hà, châu Á, châu Âu, châu Phi, châu Mỹ
    châu Úc, châu Đại Dương, Á, Âu, Phi, Mỹ, Úc, Anh, Pháp, Đức, Ý, Nga, Trung Quốc, Nhật, Nhật Bản, Hàn, Hàn Quốc
    Triều Tiên, Ấn Độ, Thái Lan, Lào, Campuchia, Việt, Việt Nam, Tây Ban Nha, Bồ Đào Nha, Hà Lan, Bỉ, Áo, Thụy Sĩ
    Thụy Điển, Na Uy, Đan Mạch, Phần Lan, Ba Lan, Hy Lạp, Thổ Nhĩ Kỳ, Ai Cập, Ma-rốc, Đài Loan, Hồng Kông, Tây Tạng
    Mông Cổ, Miến Điện, Hoa Kỳ, Vương quốc Anh, Liên Xô, Đông Nam Á, Đông Á, Nam Á, Trung Đông, Bắc Mỹ, Nam Mỹ, Mỹ
    Latinh, Bắc Cực, Nam Cực, Thái Bình Dương, Đại Tây Dương, Ấn Độ Dương, Địa Trung Hải, Biển Đông, Bắc, Trung, Nam
    Đông, Tây, Bắc Bộ, Trung Bộ, Nam Bộ, Tây Nguyên, Bắc Kinh, Thượng Hải, Luân Đôn, Hà Nội, Huế, Đà Nẵng, Hải Phòng
    Cần Thơ, Sài Gòn, Thành phố Hồ Chí Minh, Hồ Chí Minh, Sông Hồng, Hồng, Cửu Long, Mê Kông, Trường Sơn, Nhà nước, Tết
    Tết Nguyên Đán, Nguyên Đán, Giáng Sinh, Phật, Chúa, Hán, Kinh, Nôm, La Mã, Internet, Thứ Hai, Thứ Ba, Thứ Tư
    Thứ Năm, Thứ Sáu, Thứ Bảy, Chủ Nhật, tháng Giêng, tháng Hai, tháng Ba, tháng Tư, tháng Năm, tháng Sáu, tháng Bảy
    tháng Tám, tháng Chín, tháng Mười, tháng Chạp, Giêng, Hai, Ba, Tư, Năm, Sáu, Bảy, Tám, Chín, Mười, Chạp"""
)
"""Names, word by word. A country and a city are not stated by naming them."""

LONGEST = max(map(len, KNOWN))

ALSO_GIVEN_NAMES = frozenset(
    fold(each)
    for each in words(
        """Á Âu Phi Mỹ Úc Anh Pháp Đức Ý Nga Nhật Hàn Lào Việt Bỉ Áo Bắc Trung Nam Đông Tây Huế Phật Chúa Hán Kinh Nôm
        Hai Ba Tư Năm Sáu Bảy Tám Chín Mười Giêng Chạp Hồng"""
    )
)
"""Of those single words the ones that Vietnamese people are called too: inside a name they belong to it."""

TITLES = words(
    """mr mrs ms miss dr prof professor doctor sir lady lord dame king queen prince princess president minister premier
    chancellor senator governor mayor general colonel captain judge justice bishop pope rev saint st director chairman
    chair secretary ambassador detective officer inspector dean engineer"""
)
"""Words before English names; with a capital they are no names themselves."""

GENERIC = words(
    """university college school institute institution academy ministry minister department office agency bureau council
    committee commission board court parliament senate congress government assembly hospital clinic museum library
    archive archives laboratory lab society association union federation foundation trust fund bank company corporation
    group party church city town county state republic kingdom province district region north south east west northern
    southern eastern western river lake sea ocean bay island mountain hill street road bridge station airport port news
    times post journal magazine radio tv channel page blog report act law bill article section chapter center centre
    service services team project programme program survey study correction note question answer fact check"""
)
"""Words that are in many names and are none alone."""

NO_NAMES = words(
    """i i'm i'd i've i'll a an the this that these those it its he his him she her they their them we our us you your
    and or but nor so yet if when while where what who whom whose which why how as at by for from in into of off on
    onto over out per than then to up via with without within about above after against along among around because
    before behind below between beyond during except since through throughout toward towards under until upon not no
    yes one two three four five six seven eight nine ten some any each every all both either neither many most more
    other others another such same there here now today still even also only just once again later never always is are
    was were be been being has have had do does did can could may might must shall should will would let see source
    dear reader readers
    sources photo picture image figure table map correction"""
)
"""Words that begin sentences, and have a capital for that."""

IN_VIETNAMESE_NAMES = words(
    """bộ sở cục ban vụ viện trường đại học công ty ủy uỷ hội hiệp trung tâm tổng chi phòng ngân hàng tòa toà án quốc
    chính phủ đảng đoàn đội nhà báo đài tạp chí trang kênh tờ quận huyện tỉnh thành phố thị xã phường thôn làng ấp sông
    núi hồ đảo biển vịnh cầu đường phố chợ luật nghị định thông tư quyết điều khoản chương mục tổ chức liên hiệp bệnh
    giáo sư tiến sĩ sỹ thạc bác kỹ nhà thủ tướng chủ tịch bí thư đại tá tướng ông bà anh chị cô chú em bạn họ cuộc
    chương trình dự kho lưu trữ bảo tàng thư nhóm quỹ câu lạc bộ mạng khoa tập nhật ký sách cuốn phần bài
    bàn bảng hình ảnh bước"""
)
"""Syllables that Vietnamese names of offices, places and people begin with; none is a name alone. With their marks."""

VIETNAMESE_BEGINNINGS = words(
    """theo nhưng khi tại ở từ và còn nếu sau trước ngoài với do vì các những một mỗi hôm nay năm ngày tháng trong trên
    dưới cả chỉ cũng đến tới rồi vậy thế như nhờ để về cho người nước tuy dù song mà này đó đây không có là"""
)
"""Words that Vietnamese sentences begin with."""
