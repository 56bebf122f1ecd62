"""Any colours a decoder gives, as 8-bit sRGB on white paper. Runs in the child that decodes."""

from contextlib import suppress
from io import BytesIO

from PIL import Image, ImageCms


def workable(image: Image.Image) -> Image.Image:
    """A mode that can be made smaller without harm: no palette, no key colour. The
    profile stays in `info`: it holds for the colours, however they are kept."""
    if image.mode.startswith("I;16") or image.mode == "F":
        return image.convert("I")
    if "transparency" in image.info or image.mode == "PA":
        return image.convert("RGBA")
    if image.mode in {"P", "YCbCr", "HSV", "LAB"}:
        return image.convert("RGB")
    return image.convert("L") if image.mode == "1" else image


def as_srgb(image: Image.Image) -> Image.Image:
    """8-bit sRGB on white paper, without anything that came along in the file."""
    image = workable(image)
    if image.mode == "I":  # 16 bits of grey: keep the upper eight
        image = image.point(lambda value: value / 256).convert("L")
    is_clear = image.mode in {"RGBA", "LA"}
    colours = image.convert(image.mode.removesuffix("A")) if is_clear else image
    plain = Image.new("RGB", image.size, "white")
    alpha = image.getchannel("A") if is_clear else None
    plain.paste(_by_profile(colours, image.info.get("icc_profile")), mask=alpha)
    return plain


def _by_profile(colours: Image.Image, profile: object) -> Image.Image:
    """Dropping a profile without converting shifts the colours (14 of 255 was measured)."""
    if isinstance(profile, bytes):
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = ImageCms.profileToProfile(
                colours,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
            if converted is not None:
                return converted
    return colours.convert("RGB")
