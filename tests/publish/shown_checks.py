"""Checks of a sample newsroom, to look at a site by: long and short titles, both languages, every step of the scale.

What they say is common knowledge about kitchens, bodies and weather; the pages that they quote were written for them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """A check as it is written. `quotations` stand word for word in its source; `twin` is the name of the check whose
    claim it answers in another language."""

    name: str
    language: str
    rating: str
    topics: tuple[str, ...]
    title: str
    summary: str
    claim: str
    source: str
    quotations: tuple[str, ...]
    text: tuple[str, ...] = ()
    twin: str = ""
    claimant: str = ""
    opening: str = ""


SHOWN = (
    Shown(
        "swim", "en", "mostly-false", ("health",),
        "Swimming after a meal may feel heavy, and it is not what drowns people",
        "A full stomach makes sport less pleasant. No study found that it makes swimmers drown.",
        "Swimming within an hour of a meal gives you cramps that drown you",
        "Water and safety (sample)",
        ("No drowning in the sample register was put down to a meal",),
    ),
    Shown(
        "sugar", "en", "false", ("health", "children"),
        "Sugar does not make children wild; the party does",
        "Parents who were told that their child had eaten sugar saw a wilder child, also where there was none in it.",
        "Sugar makes children hyperactive",
        "Sweets and behaviour (sample)",
        ("Children behaved the same after sugar and after a sweetener that looked like it",),
    ),
    Shown(
        "spinach", "en", "misleading", ("food", "health"),
        "Spinach has iron, but your body gets little of it",
        "The figure is right and says nothing about what arrives in the blood: spinach also holds iron back.",
        "Spinach has as much iron as meat",
        "Iron in vegetables (sample)",
        ("A hundred grams of spinach hold about as much iron as a hundred grams of beef",
         "Of the iron in spinach the body takes up a small part, of that in meat several times as much"),
    ),
    Shown(
        "honey", "en", "mostly-true", ("food",),
        "Closed honey keeps for many years, if no water gets into it",
        "Honey holds too little water for germs to grow. An open jar in a damp kitchen is another matter.",
        "Honey never goes bad",
        "Keeping honey (sample)",
        ("Honey that is kept closed and dry stays fit to eat for many years",),
    ),
    Shown(
        "knuckles", "en", "false", ("health",),
        "Cracking your knuckles gives you no arthritis",
        "Those who crack them have arthritis as often as those who do not.",
        "Cracking your knuckles gives you arthritis",
        "Joints and noises (sample)",
        ("Arthritis was as frequent among those who crack their knuckles as among those who do not",),
    ),
    Shown(
        "lightning", "en", "false", ("weather",),
        "Lightning does strike the same place twice, and tall towers many times a year",
        "A mast that is higher than all around it is struck again and again.",
        "Lightning never strikes the same place twice",
        "The mast in the storm (sample)",
        ("The sample mast was struck twenty-three times in a single year",),
    ),
    Shown(
        "bats", "en", "false", ("animals",),
        "Bats see well, and most of those that hunt by ear can still use their eyes",
        "No kind of bat is blind.",
        "Bats are blind",
        "Bats and their eyes (sample)",
        ("Every kind of bat that was examined can see",),
    ),
    Shown(
        "boiling", "en", "true", ("kitchen", "weather"),
        "Yes, water boils at a lower temperature in the mountains",
        "The thinner the air, the less heat water needs to boil, and the longer an egg takes.",
        "Water boils at a lower temperature in the mountains",
        "Cooking up there (sample)",
        ("At three thousand metres water boils at about ninety degrees",),
    ),
    Shown(
        "night", "vi", "misleading", ("sức khỏe", "ẩm thực"),
        "Ăn khuya không tự nó gây tăng cân: điều quyết định là cả ngày bạn ăn bao nhiêu",
        "Người ăn khuya thường ăn nhiều hơn người khác. Cùng một lượng thức ăn thì giờ ăn gần như không khác gì.",
        "Ăn sau tám giờ tối sẽ tăng cân",
        "Bữa ăn khuya (mẫu)",
        ("Ai ăn khuya thường ăn nhiều hơn trong cả ngày",
         "Khi tổng lượng thức ăn bằng nhau thì cân nặng hai nhóm không khác nhau"),
    ),
    Shown(
        "microwave", "vi", "false", ("ẩm thực",),
        "Lò vi sóng không làm thức ăn nhiễm phóng xạ",
        "Sóng trong lò làm nước trong thức ăn nóng lên rồi tắt hẳn, không để lại gì.",
        "Thức ăn hâm bằng lò vi sóng bị nhiễm phóng xạ",
        "Lò vi sóng hoạt động thế nào (mẫu)",
        ("Sóng của lò làm nóng thức ăn chứ không làm thức ăn phát xạ",),
    ),
    Shown(
        "rain", "vi", "mostly-false", ("sức khỏe", "thời tiết"),
        "Dầm mưa không gây cảm lạnh, tuy rằng bị lạnh có thể khiến cơ thể dễ nhiễm vi-rút hơn",
        "Cảm lạnh do vi-rút. Lạnh chỉ góp một phần nhỏ, nếu có.",
        "Dầm mưa thì bị cảm lạnh",
        "Cảm lạnh và thời tiết (mẫu)",
        ("Không có vi-rút thì không ai bị cảm lạnh, dù có ướt đến đâu",),
    ),
    Shown(
        "ginger", "vi", "true", ("sức khỏe",),
        "Gừng giúp bớt buồn nôn khi say tàu xe",
        "Nhiều thử nghiệm nhỏ cho cùng một kết quả.",
        "Gừng làm giảm buồn nôn khi đi tàu xe",
        "Gừng và chứng say sóng (mẫu)",
        ("Người dùng gừng ít buồn nôn hơn người dùng giả dược",),
    ),
    Shown(
        "carrots", "en", "false", ("health", "food"),
        "Carrots keep eyes healthy, and nobody sees at night by them",
        "The eye needs vitamin A, and carrots supply it. More than enough of it helps no healthy eye.",
        "Eating carrots lets you see in the dark",
        "What vitamin A does for the eye (sample)",
        ("Eating more of them than one needs does not let a healthy person see in the dark",
         "A lack of vitamin A does make people see badly at dusk, and they see better once they get enough",
         "Nobody in the sample survey saw better at night after a month of carrots"),
        ("What is left over does nothing for the eye. It is kept in the liver, and much too much of it does harm.",
         "## Where the story comes from",
         "It takes the cure of a lack for a gift to everybody. Who lacks vitamin A sees badly at dusk and gets better "
         "with it, because the eye can make its pigment again; so more of it *seems* to help those who lack nothing.",
         "- A lack of the vitamin is rare where food is varied.\n- Carrots are one source of it among many.\n"
         "- A doctor can find out with a blood test.",
         "## What helps at night", "So carrots are good food, as other vegetables are. In the dark a lamp helps."),
        claimant="Pond Talk (a sample bulletin)",
        opening="A healthy eye needs vitamin A, and a plate of ordinary food holds enough of it.",
    ),
    Shown(
        "carrots-vi", "vi", "false", ("sức khỏe", "ẩm thực"),
        "Cà rốt tốt cho mắt, nhưng không ai nhờ thế mà nhìn rõ ban đêm",
        "Mắt cần vitamin A và cà rốt có chất này. Ăn quá mức cần thiết không giúp gì thêm cho mắt khỏe mạnh.",
        "",
        "Vitamin A giúp gì cho mắt (mẫu)",
        ("Ăn nhiều hơn mức cần thiết không giúp người khỏe mạnh nhìn thấy trong bóng tối",
         "Người thiếu vitamin A lâu ngày sẽ nhìn kém khi trời chập tối"),
        ("Phần dư không giúp gì cho mắt: cơ thể cất nó trong gan, và quá nhiều thì có hại.",
         "## Câu chuyện từ đâu ra",
         "Bài đăng lấy chuyện chữa thiếu chất làm phép màu cho mọi người: người thiếu vitamin A nhìn kém lúc chập tối "
         "và khá lên khi được bổ sung, vì vậy nhiều người tưởng ai ăn thêm cũng nhìn rõ hơn.",
         "Cà rốt là món tốt cho mắt, cũng như nhiều loại rau khác. Còn trong bóng tối thì nên thắp đèn."),
        twin="carrots",
        opening="Mắt khỏe cần vitamin A, và bữa ăn bình thường đã có đủ chất này.",
    ),
)  # fmt: skip

CORRECTED, WITHDRAWN = "spinach", "bats"
WRONG = "We wrote that spinach holds more iron than meat. It holds about as much."
WHY = "The sample page that this check quoted turned out to be about two kinds of bats, not about all of them."
