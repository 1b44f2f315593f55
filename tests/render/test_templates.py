"""What a template printed is printed once, and is the same as if it were printed again."""

from markupsafe import Markup

from policypress.render import templates
from policypress.render.templates import Kept


class Macro:
    """A macro that counts how often it prints."""

    def __init__(self, word: str = "") -> None:
        self.name = f"prints {word}"
        self.printed: list[str] = []
        self._word = word

    def __call__(self, value: str) -> Markup:
        self.printed.append(value)
        return Markup(f"<p>{self._word}{value}</p>")


def test_a_value_is_printed_once_in_each_language() -> None:
    kept, english, chinese = Kept(), Macro("clause "), Macro("条款")
    for _ in range(3):
        assert kept.within("en")(english, "a") == "<p>clause a</p>"
        assert kept.within("zh-Hans")(chinese, "a") == "<p>条款a</p>"
    assert english.printed == chinese.printed == ["a"]


def test_no_more_is_kept_than_fits_and_what_was_let_go_is_printed_again() -> None:
    kept, macro = Kept(), Macro()
    values = [str(number) for number in range(templates.MOST_KEPT + 1)]
    for value in [*values, values[0]]:
        assert kept.within("en")(macro, value) == f"<p>{value}</p>"
    assert macro.printed == [*values, values[0]]
