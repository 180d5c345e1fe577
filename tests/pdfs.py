"""Looking into the bytes of our own PDFs."""

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def streams(paper):
    for match in STREAM.finditer(paper):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            yield match[1]


def objects(paper):
    """All that can be read of the file, compressed parts opened."""
    return paper + b"\n".join(streams(paper))


def fonts_of(paper):
    """Names of the embedded fonts, without the six letters of a subset."""
    names = re.findall(rb"/BaseFont\s*/([^\s/>]+)", objects(paper))
    return {name.decode().split("+")[-1] for name in names}


def squeezed(text):
    """Without white space, which page breaks and columns shift about."""
    return re.sub(r"\s+", "", text)
