"""Compares pictures of a page. A blank page of the same browser reads them."""

from base64 import b64encode
from collections.abc import Sequence
from typing import TypedDict

from playwright.sync_api import Browser, Page

COMPARE = """async pairs => {
  const read = async encoded => {
    const bytes = Uint8Array.from(atob(encoded), character => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const linear = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = ({ data }, at) =>
    0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) + 0.0722 * linear(data[at + 2]);
  const compare = async ([before, after]) => {
    const [one, other] = [await read(before), await read(after)];
    let [changed, strongly] = [0, 0];
    for (let at = 0; at < one.data.length; at += 4) {
      const [low, high] = [luminance(one, at), luminance(other, at)].sort((a, b) => a - b);
      if ((high + 0.05) / (low + 0.05) >= 3) strongly++;
      if ([0, 1, 2].some(channel => one.data[at + channel] !== other.data[at + channel])) changed++;
    }
    return { changed, strongly };
  };
  return Promise.all(pairs.map(compare));
}"""
BRIGHTNESS = """async encoded => {
  const bytes = Uint8Array.from(atob(encoded), character => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum += data[at] + data[at + 1] + data[at + 2];
  return sum / (data.length / 4) / 3 / 255;
}"""


# A row is a line where nearly all of it differs from the back, which the corner shows.
LINES = """async encoded => {
  const bytes = Uint8Array.from(atob(encoded), character => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const linear = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = at =>
    0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) + 0.0722 * linear(data[at + 2]);
  const back = luminance((2 * width + 1) * 4);
  const found = [];
  for (let row = 0; row < height; row++) {
    let strong = 0;
    for (let column = 0; column < width; column++) {
      const [low, high] = [luminance((row * width + column) * 4), back].sort((a, b) => a - b);
      if ((high + 0.05) / (low + 0.05) >= 3) strong++;
    }
    if (strong >= 0.9 * (width - 2)) found.push((row + 0.5) / height);
  }
  return found;
}"""


class Difference(TypedDict):
    """How many pixels changed at all, and how many by a contrast of 3:1 or more."""

    changed: int
    strongly: int


class Eye:
    """Looks at pictures; `page` is any page without a content security policy, such as about:blank."""

    def __init__(self, browser: Browser) -> None:
        self._page: Page = browser.new_context().new_page()

    def differences(self, pairs: Sequence[tuple[bytes, bytes]]) -> list[Difference]:
        """Compare pictures of equal size, pair by pair."""
        encoded = [[b64encode(picture).decode() for picture in pair] for pair in pairs]
        found: list[Difference] = self._page.evaluate(COMPARE, encoded)
        return found

    def brightness(self, picture: bytes) -> float:
        """The mean of all pixels, from 0 (black) to 1 (white)."""
        return float(self._page.evaluate(BRIGHTNESS, b64encode(picture).decode()))

    def lines(self, picture: bytes) -> list[float]:
        """Where lines run from side to side: 0 is the top, 1 the foot."""
        found: list[float] = self._page.evaluate(LINES, b64encode(picture).decode())
        return found

    def close(self) -> None:
        self._page.context.close()
