"""Rewrites a screenshot with a palette of 256 colours, which is a fraction of its size.

    python3 palette.py FILE.png

Reads what Chromium writes: 8 bits a channel, red, green, blue and perhaps alpha, not interlaced.
"""
import collections
import struct
import sys
import zlib


def chunks(data):
    place = 8
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place:place + 8])
        yield kind, data[place + 8:place + 8 + length]
        place += 12 + length


def paeth(left, above, corner):
    guess = left + above - corner
    nearest = min(abs(guess - left), abs(guess - above), abs(guess - corner))
    if nearest == abs(guess - left):
        return left
    return above if nearest == abs(guess - above) else corner


def rows(width, size, data):
    """The rows with their filters undone (PNG, section 9)."""
    stride, last = width * size, bytes(width * size)
    for start in range(0, len(data), stride + 1):
        kind, row = data[start], bytearray(data[start + 1:start + 1 + stride])
        for i in range(stride):
            left = row[i - size] if i >= size else 0
            corner = last[i - size] if i >= size else 0
            add = [0, left, last[i], (left + last[i]) // 2, paeth(left, last[i], corner)][kind]
            row[i] = (row[i] + add) & 255
        last = bytes(row)
        yield [last[i:i + 3] for i in range(0, stride, size)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main(path):
    with open(path, "rb") as file:
        parts = list(chunks(file.read()))
    header = dict(parts)[b"IHDR"]
    width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", header)
    if depth != 8 or color not in (2, 6) or interlace:
        sys.exit(f"{path}: this is no screenshot of Chromium")
    data = zlib.decompress(b"".join(part for kind, part in parts if kind == b"IDAT"))
    pixels = list(rows(width, 3 if color == 2 else 4, data))
    counts = collections.Counter(pixel for row in pixels for pixel in row)
    palette = [pixel for pixel, _ in counts.most_common(256)]
    numbers = {pixel: number for number, pixel in enumerate(palette)}
    for pixel in counts:
        if pixel not in numbers:
            numbers[pixel] = min(
                range(len(palette)),
                key=lambda n: sum((a - b) ** 2 for a, b in zip(pixel, palette[n])))
    body = b"".join(b"\0" + bytes(numbers[pixel] for pixel in row) for row in pixels)
    with open(path, "wb") as file:
        file.write(
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
            + chunk(b"PLTE", b"".join(palette))
            + chunk(b"IDAT", zlib.compress(body, 9)) + chunk(b"IEND", b""))


main(sys.argv[1])
