"""A reader for the links that docs/link-format.md describes, written from that page alone.

It shares nothing with the product, nor with reader.mjs beside it, and asks for nothing but Python's
standard library (which has no AES, hence gcm.py). It is made to be read next to the page, whose
names it keeps, and is slow: about 20 kB of text a second.

    python3 tests/link_reader/reader.py [--passphrase FILE] [LINK]    the JSON of a link, or of stdin
    python3 tests/link_reader/reader.py --golden tests/fixtures/links  compares every link there
"""

import copy
import hashlib
import json
import pathlib
import re
import string
import sys
import zlib

from gcm import WrongTag, open_sealed

DICTIONARY = pathlib.Path(__file__).parents[2] / "public/schema/link-dictionary-1.txt"
DICTIONARY_CRC = 0xF7C5DAA4
ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
LARGEST = 16 << 20
MOST_ROUNDS = 10_000_000
U32 = 0xFFFFFFFF


class Unreadable(Exception):
    """A text that is no whole link; the message says why."""


# The text


def count(data, at):
    """A count at a place of some bytes, and the place behind it."""
    value = 0
    for i in range(4):
        if at + i >= len(data):
            raise Unreadable("a count breaks off")
        value |= (data[at + i] & 127) << (7 * i)
        if data[at + i] < 128:
            return value, at + i + 1
    raise Unreadable("a count of more than four bytes")


def characters(link):
    """The characters of a link that belong to its text, and the first one that does not.

    The second is `None` where nothing of the text follows it: what stands at the end is no fault.
    """
    text = re.sub("%(?:25)*([0-7][0-9A-Fa-f])", lambda m: chr(int(m[1], 16)), link)
    text = re.sub("[\\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff=]", "", text)
    text = text.replace("+", "-").replace("/", "_").lstrip("\"'`(<[\u201c\u201e\u00ab\u2018")
    ours = re.match("[A-Za-z0-9_-]*", text)[0]
    rest = text[len(ours) :]
    return ours, rest[0] if re.search("[A-Za-z0-9_-]", rest) else None


def digits(text):
    """The bytes that base64url characters make; unused bits are dropped."""
    out, held, bits = bytearray(), 0, 0
    for letter in text:
        held, bits = held << 6 | ALPHABET.index(letter), bits + 6
        if bits >= 8:
            bits -= 8
            out.append(held >> bits)
            held &= (1 << bits) - 1
    return bytes(out)


def frame(link):
    """The first character of a link, and its payload."""
    text, stranger = characters(link)
    if not text:
        raise Unreadable("nothing there")
    if text[0] not in "1s":
        raise Unreadable(f"a later version: {text[0]}")
    head = digits(text[1:9])
    if len(head) < 4 and all(byte > 127 for byte in head):
        raise Unreadable("cut: even the length is missing")
    length, behind = count(head, 0)
    whole = behind + 4 + length
    wanted = 1 + (4 * whole + 2) // 3
    if len(text) < wanted:
        if stranger:
            raise Unreadable(f"does not belong: {stranger}")
        raise Unreadable(f"cut: {wanted - len(text)} of {wanted} characters are missing")
    data = digits(text[1:wanted])
    checksum = int.from_bytes(data[behind : behind + 4], "big")
    payload = data[behind + 4 : whole]
    if zlib.crc32(data[:behind] + payload) != checksum:
        raise Unreadable("changed on its way")
    return text[0], payload


# Tables

KNOTS = [
    22, 36, 60, 98, 162, 267, 439, 720, 1179, 1921, 3108, 4971, 7812, 11955, 17625, 24743, 32768,
    40793, 47911, 53581, 57724, 60565, 62428, 63615, 64357, 64816, 65097, 65269, 65374, 65438,
    65476, 65500, 65514,
]  # fmt: skip


def squash_table():
    table = []
    for x in range(4096):
        k, f = x >> 7, x & 127
        table.append((KNOTS[k] * (128 - f) + KNOTS[k + 1] * f + 64) >> 7)
    return table


def stretch_table(squash):
    table, x = [], 0
    for p in range(4096):
        while x < 4095 and squash[x] >> 4 < p:
            x += 1
        table.append(max(x - 2048, -2047))
    return table


def next_table():
    def after(history, bit):
        zeros, ones = history >> 4, history & 15
        same, other = (ones, zeros) if bit else (zeros, ones)
        same = min(same + 1, 15)
        if other > 2:
            other = 1 + other // 2
        return other << 4 | same if bit else same << 4 | other

    return [[after(history, bit) for bit in (0, 1)] for history in range(256)]


SQUASH = squash_table()
STRETCH = stretch_table(SQUASH)
NEXT = next_table()


def mix(a, b):
    x = ((((a << 13 | a >> 19) & U32) ^ b) * 0x9E3779B1) & U32
    return x ^ (x >> 15)


def s32(value):
    return ((value + 0x80000000) & U32) - 0x80000000


def towards(p, bit, rate):
    return p + (((65535 if bit else 0) - p) >> rate)


# The decoder, and what stands in its place while the dictionary is read


class Decoder:
    def __init__(self, body):
        self.body, self.at = body, 4
        self.low, self.high = 0, U32
        self.number = int.from_bytes(body[:4].ljust(4, b"\0"), "big")

    def bit(self, one):
        middle = self.low + ((self.high - self.low) * one >> 16)
        result = 1 if self.number <= middle else 0
        if result:
            self.high = middle
        else:
            self.low = middle + 1
        while self.low >> 24 == self.high >> 24:
            byte = self.body[self.at] if self.at < len(self.body) else 0
            self.at += 1
            self.low = self.low << 8 & U32
            self.high = (self.high << 8 & U32) + 255
            self.number = (self.number << 8 & U32) + byte
        return result


class Known:
    """Gives the bits that are known, whatever is expected of them."""

    def __init__(self):
        self.bits = []

    def bit(self, one):
        return self.bits.pop(0)


# The model


class Model:
    def __init__(self, b):
        self.text = bytearray()
        self.mask = (1 << b) - 1
        self.rows = [[None] * (1 << b) for _ in range(4)]
        first = [65535 * (2 * (h & 15) + 1) // (2 * ((h >> 4) + (h & 15)) + 2) for h in range(256)]
        self.odds = [list(first) for _ in range(4)]
        self.bit_holds = [40000 + 700 * i for i in range(32)]
        self.byte_holds = [62000] * 32
        self.weights = [[20000] * 5 for _ in range(256)]
        self.places = [0] * 65536
        self.place = self.run = 0
        self.c = [0, 0, 0, 0]
        self.part = self.missing = 0
        self.word = 0

    def learn(self, data):
        """Goes through bytes that are known."""
        known = Known()
        for byte in data:
            known.bits = [byte >> i & 1 for i in range(7, -1, -1)]
            if self.run >= 20:
                known.bits.insert(0, int(byte == self.text[self.place]))
            self.next_byte(known)

    def next_byte(self, coder):
        expected = self.text[self.place] if self.run > 0 else None
        if self.run >= 20:
            i = min(self.run, 511) >> 4
            hit = coder.bit(self.byte_holds[i])
            self.byte_holds[i] = towards(self.byte_holds[i], hit, 5)
            if hit:
                self.push(expected)
                return
            self.run, expected = 0, None
        first = mix(self.part, self.c[0])
        second = mix(first, self.c[1])
        third = mix(mix(second, self.c[2]), self.c[3])
        keys = (first, second, third, mix(mix(self.word, self.part), 0x7777))
        node = self.four_bits(coder, keys, 1, expected)
        node = self.four_bits(coder, keys, node, expected)
        self.push(node & 255)

    def row(self, context, h):
        rows, at = self.rows[context], h & self.mask
        if rows[at] is None:
            rows[at] = bytearray(16)
        row = rows[at]
        if row[0] != h >> 24:
            row[:] = bytes([h >> 24]) + bytes(15)
        return row

    def four_bits(self, coder, keys, node, expected):
        row = [self.row(i, mix(keys[i], node)) for i in range(4)]
        odds, bit_holds = self.odds, self.bit_holds
        slot = 1
        for _ in range(4):
            history = [row[i][slot] for i in range(4)]
            inputs = [STRETCH[odds[i][history[i]] >> 4] for i in range(4)]
            known = node.bit_length() - 1
            agrees = expected is not None and (expected | 256) >> (8 - known) == node
            foreseen = 0
            if agrees:
                foreseen = expected >> (7 - known) & 1
                sure = STRETCH[bit_holds[self.run] >> 4]
                inputs.append(sure if foreseen else -sure)
            else:
                inputs.append(0)
            w = self.weights[node]
            total = s32(sum(a * b for a, b in zip(w, inputs)))
            one = SQUASH[max(-2047, min(2047, total >> 16)) + 2048]
            y = coder.bit(one)
            miss = 65536 * y - one
            for i in range(5):
                w[i] = s32(w[i] + (s32(inputs[i] * miss + 32768) >> 16))
            for i in range(4):
                odds[i][history[i]] = towards(odds[i][history[i]], y, 6)
                row[i][slot] = NEXT[history[i]][y]
            if agrees:
                bit_holds[self.run] = towards(bit_holds[self.run], y == foreseen, 6)
            slot = 2 * slot + y
            node = 2 * node + y
        return node

    def push(self, byte):
        if self.run > 0:
            if self.text[self.place] == byte:
                self.place += 1
                self.run += 1
            else:
                self.run = 0
        self.text.append(byte)
        character = self.character(byte)
        if character is not None:
            self.c = [character] + self.c[:3]
            letter = character | 0x20
            if 0x61 <= letter <= 0x7A or letter >= 0x80:
                self.word = mix(self.word, letter)
            else:
                self.word = 0
        self.look_back()

    def character(self, byte):
        """The character that is complete with this byte, if one is."""
        if byte < 0x80:
            self.part = self.missing = 0
            return byte
        if byte >= 0xC0:
            self.part = byte
            self.missing = 1 if byte < 0xE0 else 2 if byte < 0xF0 else 3
            return None
        if self.missing == 0:
            return byte
        self.part = (self.part << 8 & U32) + byte
        self.missing -= 1
        if self.missing:
            return None
        whole, self.part = self.part, 0
        return whole

    def look_back(self):
        text, n = self.text, len(self.text)
        if n < 5:
            return
        i = mix(int.from_bytes(text[-4:], "big"), text[-5]) >> 16
        found, self.places[i] = self.places[i], n
        if self.run > 0 or found == 0:
            return
        r = 0
        while r < 32 and r < found and text[found - 1 - r] == text[n - 1 - r]:
            r += 1
        if r >= 5:
            self.run, self.place = r, found


def dictionary():
    data = DICTIONARY.read_bytes()
    if len(data) != 17168 or zlib.crc32(data) != DICTIONARY_CRC:
        raise Unreadable("the dictionary is another one")
    return data


TAUGHT = {}


def taught(size):
    """A model for a text of this size that has read the dictionary."""
    b = next((b for b in range(12, 18) if 2 ** (b + 1) >= 17168 + size), 18)
    if b not in TAUGHT:
        TAUGHT[b] = Model(b)
        TAUGHT[b].learn(dictionary())
    return copy.deepcopy(TAUGHT[b])


def unpack(payload):
    """The folded text of a payload."""
    size, behind = count(payload, 0)
    body = payload[behind:]
    if size > LARGEST or size > 256 * len(body):
        raise Unreadable(f"{size} bytes out of {len(body)} are too many")
    model, decoder = taught(size), Decoder(body)
    start = len(model.text)
    while len(model.text) < start + size:
        model.next_byte(decoder)
    return bytes(model.text[start:])


# Lists of numbers


def list_of_numbers(folded, at, pairs):
    """A list behind its two bytes as JSON, and the place behind it."""
    many, at = count(folded, at)
    numbers = []
    for _ in range(many):
        value, places = 0, 0
        while True:
            if at >= len(folded) or places == 7:
                raise Unreadable("a number of a list breaks off or is too long")
            byte, at, places = folded[at], at + 1, places + 1
            if byte & 127 > 99:
                raise Unreadable("a number of a list has a place that is no place")
            value = value * 100 + (byte & 127)
            if byte < 128:
                break
        whole, rest = divmod(value, 100**pairs)
        behind = f"{rest:0{2 * pairs}d}".rstrip("0") if pairs else ""
        numbers.append(f"{whole}.{behind}" if behind else str(whole))
    return ("[" + ",".join(numbers) + "]").encode(), at


def unfold(folded):
    """The JSON of a folded text."""
    out, at = bytearray(), 0
    while at < len(folded):
        if folded[at] != 1:
            out.append(folded[at])
            at += 1
            continue
        kind = folded[at + 1] if at + 1 < len(folded) else None
        if kind == 0:
            out.append(1)
            at += 2
        elif kind in (1, 2, 3):
            written, at = list_of_numbers(folded, at + 2, kind - 1)
            out += written
        else:
            raise Unreadable("a byte 01 that means nothing")
    return bytes(out)


# All of it


def read(link, passphrase=None):
    """The JSON of a link's text (what stands behind `#c=`), as bytes."""
    kind, payload = frame(link)
    if kind == "s":
        if passphrase is None:
            raise Unreadable("encrypted: a passphrase is needed")
        rounds, at = count(payload, 0)
        if not 0 < rounds <= MOST_ROUNDS:
            raise Unreadable(f"{rounds} rounds are not read")
        salt, vector, sealed = payload[at : at + 16], payload[at + 16 : at + 28], payload[at + 28 :]
        key = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, rounds, 32)
        try:
            payload = open_sealed(key, vector, sealed)
        except WrongTag:
            raise Unreadable("another passphrase") from None
    return unfold(unpack(payload))


def as_read(text):
    """JSON as values, with the names of an object in their order."""
    return json.loads(text, object_pairs_hook=list)


def golden(folder):
    """Reads every link below a folder and compares; returns how many and which are wrong."""
    texts, wrong = sorted(pathlib.Path(folder).glob("*/*.txt")), []
    for path in texts:
        words = path.with_suffix(".passphrase")
        passphrase = words.read_text().rstrip("\n") if words.exists() else None
        try:
            document = as_read(read(path.read_text(), passphrase))
        except Unreadable as why:
            wrong.append(f"{path}: {why}")
            continue
        if document != as_read(path.with_suffix(".json").read_bytes()):
            wrong.append(f"{path}: something else came out")
    return len(texts), wrong


def main(arguments):
    if arguments[:1] == ["--golden"]:
        many, wrong = golden(arguments[1])
        print("\n".join([*wrong, f"{many - len(wrong)} of {many} links give the same document"]))
        return 1 if wrong or not many else 0
    passphrase = None
    if arguments[:1] == ["--passphrase"]:
        passphrase = pathlib.Path(arguments[1]).read_text().rstrip("\n")
        arguments = arguments[2:]
    try:
        sys.stdout.buffer.write(read(arguments[0] if arguments else sys.stdin.read(), passphrase))
    except Unreadable as why:
        print(why, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
