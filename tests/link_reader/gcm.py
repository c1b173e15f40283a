"""AES-256-GCM for reader.py, by FIPS 197 and NIST SP 800-38D: opening only, slow, not for secrets."""

import hmac


class WrongTag(Exception):
    """The key is another one, or the bytes were changed."""


def boxes():
    """The substitution box, made as FIPS 197 says: an inverse and an affine step."""
    box, p, q = [0] * 256, 1, 1
    while True:
        p ^= (p << 1 & 255) ^ (0x1B if p & 128 else 0)
        q ^= q << 1 & 255
        q ^= q << 2 & 255
        q ^= q << 4 & 255
        if q & 128:
            q ^= 9
        turned = q | q << 8
        box[p] = (q ^ turned >> 7 ^ turned >> 6 ^ turned >> 5 ^ turned >> 4) & 255 ^ 0x63
        if p == 1:
            box[0] = 0x63
            return box


BOX = boxes()


def double(a):
    return (a << 1 & 255) ^ (0x1B if a & 128 else 0)


def schedule(key):
    """The 15 round keys of a key of 32 bytes."""
    words, rcon = [list(key[i : i + 4]) for i in range(0, 32, 4)], 1
    for i in range(8, 60):
        word = list(words[i - 1])
        if i % 8 == 0:
            word = [BOX[a] for a in word[1:] + word[:1]]
            word[0] ^= rcon
            rcon = double(rcon)
        elif i % 8 == 4:
            word = [BOX[a] for a in word]
        words.append([a ^ b for a, b in zip(words[i - 8], word)])
    return [sum(words[i : i + 4], []) for i in range(0, 60, 4)]


def encrypt(keys, block):
    state = [a ^ b for a, b in zip(block, keys[0])]
    for turn in range(1, 15):
        state = [BOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if turn < 14:
            mixed = []
            for c in range(0, 16, 4):
                column = state[c : c + 4]
                every = column[0] ^ column[1] ^ column[2] ^ column[3]
                for i in range(4):
                    mixed.append(column[i] ^ every ^ double(column[i] ^ column[(i + 1) % 4]))
            state = mixed
        state = [a ^ b for a, b in zip(state, keys[turn])]
    return bytes(state)


def times(x, y):
    """The product of two elements of GF(2^128), the first bit being the highest."""
    product = 0
    for i in range(127, -1, -1):
        if x >> i & 1:
            product ^= y
        y = y >> 1 ^ (0xE1 << 120 if y & 1 else 0)
    return product


def open_sealed(key, vector, sealed):
    """What was sealed: ciphertext and a tag of 16 bytes, under 32 bytes of key and 12 of vector."""
    if len(sealed) < 16 or len(vector) != 12:
        raise WrongTag
    keys = schedule(key)
    text, tag = sealed[:-16], sealed[-16:]
    subkey = int.from_bytes(encrypt(keys, bytes(16)), "big")
    check = 0
    for at in range(0, len(text), 16):
        block = int.from_bytes(text[at : at + 16].ljust(16, b"\0"), "big")
        check = times(check ^ block, subkey)
    check = times(check ^ 8 * len(text), subkey)
    mask = encrypt(keys, vector + (1).to_bytes(4, "big"))
    if not hmac.compare_digest(bytes(a ^ b for a, b in zip(check.to_bytes(16, "big"), mask)), tag):
        raise WrongTag
    out = bytearray()
    for i, at in enumerate(range(0, len(text), 16)):
        stream = encrypt(keys, vector + (i + 2).to_bytes(4, "big"))
        out += bytes(a ^ b for a, b in zip(text[at : at + 16], stream))
    return bytes(out)
