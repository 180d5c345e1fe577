"""Money to the cent (domain.md Z5, 6; papers.md 4 for the capitals)."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
SECTIONS = ("", "万", "亿", "万亿")
SECTION = 10_000


def cents(amount):
    """R of section 6: half away from zero to 0.01, nothing is never −0. Never give it a float."""
    if isinstance(amount, float):
        raise TypeError("money is Decimal, never float")
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP) + NOTHING


def vat(nets):
    """The VAT on {rate: net}: rounded once for each rate (Z5)."""
    return sum((cents(net * rate) for rate, net in nets.items()), Decimal("0.00"))


def capitals(amount):
    """大写 of an amount: 55947.16 is 人民币伍万伍仟玖佰肆拾柒元壹角陆分."""
    amount = cents(amount)
    sign = "负" if amount < 0 else ""
    yuan, rest = divmod(int(abs(amount) * 100), 100)
    whole = f"{integer_capitals(yuan)}元" if yuan or not rest else ""
    return f"人民币{sign}{whole}{part_capitals(rest, has_yuan=bool(yuan))}"


def part_capitals(rest, has_yuan):
    """角 and 分; 整 only when there are no 分."""
    jiao, fen = divmod(rest, 10)
    if not rest:
        return "整"
    words = f"{DIGITS[jiao]}角" if jiao else "零" * has_yuan
    return words + (f"{DIGITS[fen]}分" if fen else "整")


def integer_capitals(number):
    """Whole yuan in groups of four digits, with one 零 for each run of zeros inside."""
    if number == 0:
        return DIGITS[0]
    words, gap = "", False
    for power in reversed(range(len(SECTIONS))):
        group = number // SECTION**power % SECTION
        if group == 0:
            gap = bool(words)
            continue
        if words and (gap or group < SECTION // 10):
            words += DIGITS[0]
        words += group_capitals(group) + SECTIONS[power]
        gap = False
    return words


def group_capitals(group):
    """Up to four digits: 5047 is 伍仟零肆拾柒."""
    words, gap = "", False
    for power in reversed(range(len(PLACES))):
        digit = group // 10**power % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += DIGITS[0] * gap + DIGITS[digit] + PLACES[power]
        gap = False
    return words
