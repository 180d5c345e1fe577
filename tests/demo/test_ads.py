"""The demo's wall: sixty ads in all media, fifteen of competitors, films that play."""

import io

import pytest
from PIL import Image

from agency.demo import pictures
from agency.demo.ad_list import BY_OTHERS, OWN, THEIRS
from archives.kinds import Medium
from archives.models import Ad, Document
from archives.sniff import media_type


def test_sixty_own_ads_in_all_media_and_fifteen_of_competitors():
    rows = [row for code in OWN for row in OWN[code]]
    assert (len(rows), {row[2] for row in rows}) == (60, set(Medium.values))
    assert sum(map(len, THEIRS.values())) == 15
    assert all(any(row[0] == days for row in OWN[code]) for code, days in BY_OTHERS)


@pytest.mark.django_db
def test_they_stand_on_the_wall_with_their_files():
    listed = Ad.objects.filter(documents__isnull=False).distinct()
    assert (listed.own().count(), listed.of_competitors().count()) == (60, 15)
    assert set(listed.by_others().values_list("made_by_agency", flat=True)) == {*BY_OTHERS.values()}
    films = Document.objects.filter(ads__isnull=False, mime="video/webm")
    assert films.filter(ads__competitor=None).count() == 16
    assert Document.objects.filter(ads__medium="radio", mime="audio/wav").count() == 4


def test_pictures_are_pictures_and_films_are_webm():
    picture = Image.open(io.BytesIO(pictures.picture("LM", 1, "一天一把", "脆谷", "magazine")))
    assert (picture.format, picture.size) == ("JPEG", (780, 1040))
    assert media_type(pictures.sound(1, seconds=1)) == "audio/wav"
    film = pictures.film("YL", 0, "过山", "驭澜")
    assert media_type(film) == "video/webm"
    assert film.count(b"\xa3") >= pictures.FRAMES
    assert len(film) < 300_000
