//! The CRC-32 of zlib and Ethernet.

/// The checksum of these bytes. Four bits at a time: a table of 64 bytes is
/// fast enough for text, and one of 1 kB or more would be downloaded.
pub fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 16] = table();
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..2 {
            let entry = TABLE.get((crc & 15) as usize).copied();
            crc = (crc >> 4) ^ entry.unwrap_or_default();
        }
    }
    !crc
}

const fn table() -> [u32; 16] {
    let mut table = [0; 16];
    let mut at = 0;
    while at < 16 {
        let mut entry = at;
        let mut bit = 0;
        while bit < 4 {
            entry = if entry & 1 == 1 {
                (entry >> 1) ^ 0xEDB8_8320
            } else {
                entry >> 1
            };
            bit += 1;
        }
        #[expect(clippy::indexing_slicing, reason = "checked when compiled")]
        {
            table[at as usize] = entry;
        }
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn the_check_value_of_the_catalogues_comes_out() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
