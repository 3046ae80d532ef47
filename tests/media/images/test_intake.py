"""Taking images in: what strangers send, and what is kept of it."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pictures import (
    BLUE,
    KINDS,
    MOVING,
    RED,
    SECRET,
    bomb,
    drawn,
    moving,
    photographed,
    picture,
    swapping_profile,
    written,
)
from PIL import Image

from pressroom.cms.media.images.intake import (
    MAX_FRAMES,
    MAX_SIDE,
    Master,
    Unacceptable,
    take_in,
)
from pressroom.cms.media.images.kinds import kind_of

BOUND = 1_000_000
WHOLE = {kind: picture(kind) for kind in KINDS}
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def opened(master: Master) -> Image.Image:
    return Image.open(BytesIO(master.content))


def colour_at(master: Master, place: tuple[int, int]) -> str:
    """Name the colour of a place, however exactly it is kept."""
    red, green, blue = opened(master).convert("RGB").getpixel(place)
    high = "".join(
        name for name, value in zip("rgb", (red, green, blue), strict=True) if value > 128
    )
    return {"rgb": "white", "r": "red", "g": "green", "b": "blue"}.get(high, high)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_known_by_its_content(kind: str) -> None:
    master = take_in(WHOLE[kind], BOUND)
    assert (master.kind, master.width, master.height, master.frame_count) == (kind, 120, 80, 1)
    assert kind_of(master.content) == kind
    assert opened(master).size == (120, 80)
    assert (colour_at(master, (10, 5)), colour_at(master, (110, 70))) == ("red", "white")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_kept_but_pixels(kind: str) -> None:
    content = photographed(kind)
    assert SECRET.encode() in content
    kept = take_in(content, BOUND).content
    assert SECRET.encode() not in kept
    assert not {"exif", "xmp", "comment", "icc_profile"} & Image.open(BytesIO(kept)).info.keys()


def test_what_is_hidden_behind_an_image_is_not_kept() -> None:
    content = picture("png") + b"PK\x03\x04 and a program"
    assert b"and a program" not in take_in(content, BOUND).content


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif"])
@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [(1, (120, 80), (10, 5)), (3, (120, 80), (110, 75)), (6, (80, 120), (75, 5)),
     (8, (80, 120), (5, 110))],
)  # fmt: skip
def test_an_image_stands_upright(
    kind: str, orientation: int, size: tuple[int, int], red: tuple[int, int]
) -> None:
    master = take_in(photographed(kind, orientation), BOUND)
    assert (master.width, master.height) == size
    assert colour_at(master, red) == "red"


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_colours_are_made_srgb(kind: str) -> None:
    image = Image.new("RGB", (20, 20), RED)
    content = written(image, kind, icc_profile=swapping_profile())
    assert colour_at(take_in(content, BOUND), (10, 10)) == "green"


def test_a_profile_that_is_none_changes_nothing() -> None:
    content = written(Image.new("RGB", (20, 20), BLUE), icc_profile=b"no profile at all" * 20)
    assert colour_at(take_in(content, BOUND), (10, 10)) == "blue"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_way_to_write_colours_is_understood(mode: str) -> None:
    if mode == "I;16":
        image = Image.new("I;16", (20, 20), 65_535)
    else:
        image = Image.new("RGB", (20, 20), "white").convert(mode)
    kind = "jpeg" if mode == "CMYK" else "png"
    assert colour_at(take_in(written(image, kind), BOUND), (5, 5)) == "white"


def test_half_bright_stays_so_with_sixteen_bits() -> None:
    content = written(Image.new("I;16", (20, 20), 32_768))
    assert abs(opened(take_in(content, BOUND)).convert("L").getpixel((5, 5)) - 128) <= 1


def test_what_shows_through_goes_on_doing_so() -> None:
    image = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    palette = drawn((20, 20)).quantize(4)
    for content in (written(image), written(image, "webp"), written(palette, transparency=0)):
        assert opened(take_in(content, BOUND)).has_transparency_data


@pytest.mark.parametrize("kind", MOVING)
def test_what_moves_goes_on_moving(kind: str) -> None:
    master = take_in(moving(kind), BOUND)
    kept = opened(master)
    assert (master.frame_count, kept.n_frames, kept.info["loop"]) == (3, 3, 2)
    shown = []
    for place, colour in enumerate(["red", "green", "blue"]):
        kept.seek(place)
        kept.load()
        shown.append((kept.info["duration"], kept.convert("RGB").getpixel((20, 20))))
        assert max(range(3), key=lambda part, at=place: shown[at][1][part]) == place, colour
    assert [duration for duration, _ in shown] == [100, 200, 300]


def test_other_kinds_show_their_first_frame() -> None:
    master = take_in(moving("png"), BOUND)
    assert master.frame_count == 1
    assert colour_at(master, (20, 20)) == "red"


def test_large_images_are_scaled_down() -> None:
    master = take_in(picture("png", (MAX_SIDE + 400, 100)), BOUND)
    assert (master.width, master.height) == (MAX_SIDE, 91)


def test_without_loss_stays_without_loss() -> None:
    image = Image.effect_noise((64, 64), 90).convert("RGB")
    for kind, options in {"png": {}, "webp": {"lossless": True}}.items():
        kept = opened(take_in(written(image, kind, **options), BOUND))
        assert kept.convert("RGB").tobytes() == image.tobytes()


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"BM" + bytes(60),
     b"II*\x00" + bytes(60), b"\x00\x00\x01\x00" + bytes(60), bytes(1_000),
     b"\x00\x00\x00\x18ftypheic" + bytes(20)],
)  # fmt: skip
def test_what_is_no_such_image_is_refused(content: bytes) -> None:
    with pytest.raises(Unacceptable, match="no PNG, JPEG, WebP, AVIF or GIF"):
        take_in(content, BOUND)


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    content = bomb(60_000, 60_000)
    assert len(content) < 1_000
    with pytest.raises(Unacceptable, match="more than 1 million pixels"):
        take_in(content, BOUND)


@pytest.mark.parametrize("kind", MOVING)
def test_frames_are_bounded_in_number_and_in_size_together(kind: str) -> None:
    with pytest.raises(Unacceptable, match=f"more than {MAX_FRAMES} frames"):
        take_in(moving(kind, MAX_FRAMES + 1, (4, 4)), BOUND)
    with pytest.raises(Unacceptable, match="pixels, all frames together"):
        take_in(moving(kind, 5), 5_999)


@FUZZ
@given(st.sampled_from(KINDS), st.data())
def test_what_is_cut_off_is_refused(kind: str, data: st.DataObject) -> None:
    whole = WHOLE[kind]
    # PNG ends with twenty bytes of sums and marks, without which every pixel is there yet.
    cut = data.draw(st.integers(0, len(whole) - 21))
    with pytest.raises(Unacceptable):
        take_in(whole[:cut], BOUND)


@FUZZ
@given(st.sampled_from(KINDS), st.data())
def test_what_is_damaged_is_refused_or_is_an_image(kind: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    try:
        master = take_in(bytes(content), BOUND)
    except Unacceptable:
        return
    assert opened(master).size == (master.width, master.height)
    assert master.width * master.height <= BOUND


def test_the_same_image_is_known_by_the_same_digest() -> None:
    first, second = take_in(photographed("jpeg"), BOUND), take_in(picture("jpeg"), BOUND)
    assert first.sha256 == second.sha256
