"""A press on the storage that settings name."""

from pressroom.cms.media.images.library import Library
from pressroom.cms.media.storage import storage_of
from pressroom.cms.renditions.press.press import Press
from pressroom.cms.settings import Settings


def press_of(settings: Settings) -> Press:
    storage = storage_of(settings)
    return Press(settings, storage, Library(storage, settings.max_image_pixels))
