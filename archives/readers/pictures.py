"""Pictures drawn anew: their pixels alone, nothing else of the file."""

import base64
import io

import pypdfium2
from PIL import Image, ImageOps

PICTURE_BOX = (1100, 300)
PREVIEW_BOX = (640, 640)
COLOURS = 256
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")


def opened(source):
    """Only as what such files are in this house: none of the rarer formats is ever tried."""
    return Image.open(io.BytesIO(source), formats=FORMATS)


def redraw(source):
    """The pixels alone, no wider than a letterhead can print; nothing else of the file is kept."""
    picture = opened(source)
    picture.load()
    drawn = picture.convert("RGBA")
    drawn.thumbnail(PICTURE_BOX)
    drawn.info, out = {}, io.BytesIO()
    drawn.save(out, "PNG")
    return {"picture": base64.b64encode(out.getvalue()).decode()}


def preview_picture(source):
    """The picture as it would hang on a wall: upright, on white, small."""
    picture = opened(source)
    picture.draft("RGB", PREVIEW_BOX)
    return preview(ImageOps.exif_transpose(picture))


def preview_pdf(source):
    """The first page, drawn no larger than the box whatever it says its size is."""
    page = pypdfium2.PdfDocument(source)[0]
    scale = min(
        side / max(length, 1) for side, length in zip(PREVIEW_BOX, page.get_size(), strict=True)
    )
    return preview(page.render(scale=scale).to_pil())


def preview(picture):
    drawn = picture.convert("RGBA")
    drawn.thumbnail(PREVIEW_BOX)
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn)
    out = io.BytesIO()
    paper.quantize(COLOURS).save(out, "PNG")
    return {"picture": base64.b64encode(out.getvalue()).decode(), "size": paper.size}
