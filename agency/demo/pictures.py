"""Pictures, short films and sound of ads that nobody made: drawn, with nothing but Pillow."""

import io
import math
import re
import struct
import wave
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parents[1] / "common" / "fonts" / "NotoSansSC-Bold.ttf"
# sky, ground, what stands out, words
PALETTES = {
    "LM": [
        ("#f3d9a4", "#d08a3c", "#8a4b1d", "#4a2409"),
        ("#fbeee0", "#e7b98b", "#b5482a", "#5b1f12"),
    ],
    "YL": [
        ("#c9dcec", "#5f7f9c", "#16293b", "#16293b"),
        ("#f6dcc4", "#a87663", "#2b2730", "#2b2730"),
    ],
    "AH": [
        ("#dff0e0", "#8cc3a0", "#2e7d5b", "#123c2b"),
        ("#e6f2f4", "#9bcbd2", "#2a7f8e", "#0f3f48"),
    ],
    "HC": [
        ("#e9e6f2", "#9a93c4", "#3d3577", "#221c4d"),
        ("#f0ece4", "#c9b48a", "#6b5426", "#33270f"),
    ],
    "rival": [
        ("#e8e8e8", "#b9b9b9", "#7a2f2f", "#2b2b2b"),
        ("#eef1ea", "#b3bfa5", "#3f5a2b", "#222b1a"),
    ],
}
SIZES = {
    "newspaper": (760, 1040),
    "magazine": (780, 1040),
    "print": (780, 1040),
    "outdoor": (1200, 520),
    "digital": (1080, 1080),
    "collateral": (1000, 760),
}
WIDE = (1120, 630)
FILM, FRAMES, PER_SECOND = (320, 180), 18, 6
RATE = 11_025
_PAUSE = re.compile("(?<=[，：])")


def picture(code, seed, headline, brand, medium="tv"):
    """A JPEG of the ad in the shape of its medium."""
    out = io.BytesIO()
    _drawn(code, seed, headline, brand, SIZES.get(medium, WIDE)).save(out, "JPEG", quality=82)
    return out.getvalue()


def _drawn(code, seed, headline, brand, size, moved=0.0, shown=1.0):
    palette = PALETTES[code][seed % 2]
    image = _ground(palette[0], palette[1], size)
    pen = ImageDraw.Draw(image)
    MOTIFS[code](pen, palette, size, seed, moved)
    _words(pen, palette[3], size, headline[: math.ceil(len(headline) * shown)], brand)
    return image


def _ground(top, bottom, size):
    """From one colour into the other."""
    slope = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), slope)


def _spread(seed, number):
    """A number from 0 to 1 that looks like chance and is the same each time."""
    return (seed * 37 + number * 61 + number * number * 17) % 101 / 100


def _rounds(pen, palette, size, seed, moved):
    """Nuts: rounds of three sizes that roll."""
    width, height = size
    for number in range(14):
        radius = (0.05 + 0.07 * _spread(seed, number)) * min(size)
        x = (_spread(seed, number + 20) + moved * 0.3) % 1 * width
        y = (0.45 + 0.55 * _spread(seed, number + 40)) * height
        box = [x - radius, y - radius * 0.8, x + radius, y + radius * 0.8]
        pen.ellipse(box, fill=palette[2] if number % 3 else palette[0])


def _hills(pen, palette, size, seed, moved):
    """Mountains one behind the other, and a road."""
    width, height = size
    for layer, colour in enumerate((palette[1], palette[2])):
        line = [(0, height)]
        for step in range(9):
            rise = 0.42 + 0.16 * layer - 0.2 * _spread(seed + layer, step)
            line.append((width * (step / 8), height * rise))
        pen.polygon([*line, (width, height)], fill=colour)
    middle = width * (0.5 + 0.2 * math.sin(moved * math.tau))
    foot = [(width * 0.3, height), (width * 0.7, height)]
    pen.polygon([*foot, (middle + 4, height * 0.6), (middle - 4, height * 0.6)], fill=palette[0])


def _leaves(pen, palette, size, seed, moved):
    """Leaves round a drop."""
    width, height = size
    for number in range(10):
        x = (0.1 + 0.09 * number + moved * 0.05) * width
        y = (0.55 + 0.3 * _spread(seed, number)) * height
        long, short = 0.05 * width, 0.12 * height
        pen.ellipse([x - long / 2, y - short, x + long / 2, y + short],
                    fill=palette[2] if number % 2 else palette[1])  # fmt: skip
    radius = 0.16 * min(size)
    x, y = width * 0.5, height * (0.72 + 0.03 * math.sin(moved * math.tau))
    pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=palette[0])


def _towers(pen, palette, size, seed, moved):
    """A skyline with a sun behind it."""
    width, height = size
    radius = 0.2 * min(size)
    x, y = width * 0.72, height * (0.5 - 0.12 * moved)
    pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=palette[0])
    for number in range(9):
        left = width * number / 9
        top = height * (0.9 - 0.35 * _spread(seed, number))
        colour = palette[2] if number % 2 else palette[1]
        pen.rectangle([left, top, left + width / 9, height], fill=colour)


def _bars(pen, palette, size, seed, moved):
    """What the others do: bars across."""
    width, height = size
    for number in range(6):
        top = height * (0.5 + number / 12)
        left = width * (_spread(seed, number) * 0.5 + moved * 0.1)
        pen.rectangle([left, top, width, top + height / 16], fill=palette[2 if number % 2 else 1])


MOTIFS = {"LM": _rounds, "YL": _hills, "AH": _leaves, "HC": _towers, "rival": _bars}


@cache
def _font(size):
    return ImageFont.truetype(str(FONT), size)


def _words(pen, colour, size, headline, brand):
    """The headline in even lines, the brand under it."""
    width, height = size
    lines = [line for part in _PAUSE.split(headline) for line in _even(part)]
    longest = max((len(line) for line in lines), default=1)
    large = round(min(width * 0.84 / max(longest, 5), height * 0.15))
    left, top = width * 0.08, height * 0.09
    words = "\n".join(lines) or " "
    pen.multiline_text((left, top), words, colour, _font(large), spacing=large * 0.25)
    foot = pen.multiline_textbbox((left, top), words, font=_font(large), spacing=large * 0.25)[3]
    pen.text((left, foot + large * 0.35), brand, colour, _font(round(max(large * 0.36, 11))))


def _even(text):
    """Lines of at most seven letters, none much shorter than the others."""
    letters = math.ceil(len(text) / max(1, math.ceil(len(text) / 7))) or 1
    return [text[start : start + letters] for start in range(0, len(text), letters)]


# --- film ----------------------------------------------------------------------------------------


def film(code, seed, headline, brand):
    """Three seconds of WebM: its frames are VP8 key frames, as a lossy WebP holds one each."""
    frames = []
    for number in range(FRAMES):
        done = number / (FRAMES - 1)
        frames.append(_vp8(_drawn(code, seed, headline, brand, FILM, done, min(done * 1.6, 1))))
    return _webm(frames)


def _vp8(image):
    out = io.BytesIO()
    image.save(out, "WEBP", quality=70, method=0)
    data = out.getvalue()
    at = data.index(b"VP8 ")
    return data[at + 8 : at + 8 + struct.unpack("<I", data[at + 4 : at + 8])[0]]


def _element(name, content):
    """An element of Matroska: its id in hex, the length, what it holds."""
    length = len(content)
    size = bytes([0x80 | length]) if length < 127 else (length | 1 << 56).to_bytes(8)
    return bytes.fromhex(name) + size + content


def _number(name, value):
    return _element(name, value.to_bytes(max((value.bit_length() + 7) // 8, 1)))


def _webm(frames):
    kind = _element("4282", b"webm") + _number("4287", 2) + _number("4285", 2)
    length = struct.pack(">d", 1000 * len(frames) / PER_SECOND)
    info = _number("2ad7b1", 1_000_000) + _element("4489", length)
    info += _element("4d80", b"demo") + _element("5741", b"demo")
    shape = _number("b0", FILM[0]) + _number("ba", FILM[1])
    track = _number("d7", 1) + _number("73c5", 1) + _number("83", 1)
    track += _element("86", b"V_VP8") + _element("e0", shape)
    whole = _element("1549a966", info) + _element("1654ae6b", _element("ae", track))
    for first in range(0, len(frames), PER_SECOND):
        whole += _cluster(first, frames[first : first + PER_SECOND])
    return _element("1a45dfa3", kind) + _element("18538067", whole)


def _cluster(first, frames):
    """One second; each frame a key frame (0x80)."""
    content = _number("e7", first * 1000 // PER_SECOND)
    for number, frame in enumerate(frames):
        head = b"\x81" + struct.pack(">h", number * 1000 // PER_SECOND) + b"\x80"
        content += _element("a3", head + frame)
    return _element("1f43b675", content)


# --- sound ---------------------------------------------------------------------------------------


def sound(seed, seconds=4):
    """A little tune, as WAV."""
    notes = [262 * 2 ** (step / 12) for step in (0, 4, 7, 12, 9, 7, 4, 0)]
    samples = bytearray()
    for number in range(RATE * seconds):
        beat = number * len(notes) // (RATE * seconds)
        pitch = notes[(beat + seed) % len(notes)]
        fading = 1 - number * len(notes) / (RATE * seconds) % 1
        wave_at = math.sin(math.tau * pitch * number / RATE)
        samples += struct.pack("<h", round(9000 * fading * wave_at))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(bytes(samples))
    return out.getvalue()
