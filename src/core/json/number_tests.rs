use super::nearest;
use proptest::prelude::*;

/// The float of a text that is a number.
fn read(text: &str) -> f64 {
    let unsigned = text.trim_start_matches('-');
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.parse().expect("an exponent");
    let size = nearest(whole.as_bytes(), fraction.as_bytes(), exponent);
    if text.starts_with('-') { -size } else { size }
}

fn is_as_in_std(text: &str) -> Result<(), TestCaseError> {
    let expected: f64 = text.parse().expect("a number");
    prop_assert_eq!(read(text).to_bits(), expected.to_bits(), "{}", text);
    Ok(())
}

/// The middle between a float and the next one, as the digits after a point and
/// a power of ten.
fn middle(float: f64) -> (Vec<u8>, usize) {
    const WIDTH: usize = 1_400;
    const DECIMALS: usize = 1_080;
    let digits = |float: f64| {
        let text = format!("{float:0>WIDTH$.DECIMALS$}");
        let digits = text.bytes().filter(u8::is_ascii_digit);
        digits.map(|digit| digit - b'0').collect::<Vec<u8>>()
    };
    let next = digits(float.next_up());
    let mut rest = 0;
    let mut sum = vec![0];
    sum.extend(digits(float).iter().zip(&next).map(|(a, b)| a + b));
    for at in (1..sum.len()).rev() {
        sum[at - 1] += sum[at] / 10;
        sum[at] %= 10;
    }
    let mut half: Vec<u8> = Vec::new();
    for digit in sum.into_iter().chain([0]) {
        let part = rest * 10 + digit;
        half.push(part / 2);
        rest = part % 2;
    }
    while half.last() == Some(&0) {
        half.pop();
    }
    // Before the point: what is left of the width, and the carry.
    (half, WIDTH - DECIMALS)
}

fn text_of(digits: &[u8], exponent: usize) -> String {
    let digits = digits.iter().map(|digit| char::from(digit + b'0'));
    format!("0.{}e{exponent}", digits.collect::<String>())
}

#[test]
fn edges_of_the_range_are_as_in_the_standard_library() {
    for text in [
        "0",
        "0.0e999999999",
        "1e308",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "179769313486231580793e289",
        "1e309",
        "1e2147483647",
        "1e-2147483648",
        "4.9e-324",
        "5e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.5e-324",
        "1e-323",
        "2.2250738585072011e-308",
        "2.2250738585072012e-308",
        "2.2250738585072014e-308",
        "9007199254740992",
        "9007199254740993",
        "9007199254740993.0000000000000000000000000000001",
        "18446744073709551615",
        "18446744073709551616",
        "123456789012345678901234567890",
        "0.1e23",
        "8.5e22",
        "1e23",
    ] {
        is_as_in_std(text).expect(text);
        is_as_in_std(&format!("-{text}")).expect(text);
    }
}

#[test]
fn what_follows_very_many_digits_decides_a_tie() {
    let zeros = "0".repeat(5_000);
    for text in [
        format!("9007199254740993.{zeros}"),
        format!("9007199254740993.{zeros}1"),
        format!("9007199254740993{zeros}1e-5001"),
        format!("0.{zeros}1e5001"),
        format!("1{zeros}e-5000"),
        format!("1{zeros}.5e-5300"),
    ] {
        is_as_in_std(&text).expect("alike");
    }
}

#[test]
fn a_million_digits_take_no_time() {
    // Here the standard library is wrong: it says infinity.
    let digits = "7".repeat(1_000_000);
    for (text, float) in [
        (format!("0.{digits}"), 7.0 / 9.0),
        (format!("{digits}e-999999"), 70.0 / 9.0),
        (
            format!("0.{}{digits}e1000001", "0".repeat(1_000_000)),
            70.0 / 9.0,
        ),
    ] {
        assert_eq!(read(&text).to_bits(), f64::to_bits(float));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn every_float_comes_back_from_its_digits(bits in any::<u64>()) {
        let float = f64::from_bits(bits);
        prop_assume!(float.is_finite());
        for text in [format!("{float:e}"), format!("{float}"), format!("{float:.17e}")] {
            prop_assert_eq!(read(&text).to_bits(), text.parse::<f64>().unwrap().to_bits(), "{}", text);
        }
    }

    #[test]
    fn usual_numbers_are_as_in_the_standard_library(
        digits in any::<u64>(), cut in 0..64_u32, exponent in -30..30_i32
    ) {
        is_as_in_std(&format!("{}e{exponent}", digits >> cut))?;
    }

    #[test]
    fn decimals_are_as_in_the_standard_library(
        whole in "[0-9]{1,30}|[0-9]{1,400}",
        fraction in "([0-9]{1,30}|[0-9]{1,400})?",
        exponent in -400..400_i32,
    ) {
        is_as_in_std(&format!("{whole}.{fraction}e{exponent}"))?;
        is_as_in_std(&format!("{whole}.{fraction}e-{}", whole.len()))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn ties_go_to_the_even_one_and_all_else_to_the_nearest(
        bits in prop_oneof![0..f64::MAX.to_bits(), 0..1_u64 << 52, 0..100_u64, (0..1_u64 << 52).prop_map(|low| low | 0x433 << 52)]
    ) {
        let float = f64::from_bits(bits);
        let (digits, exponent) = middle(float);
        let exact = text_of(&digits, exponent);
        is_as_in_std(&exact)?;
        let even = if bits & 1 == 0 { float } else { float.next_up() };
        prop_assert_eq!(read(&exact).to_bits(), even.to_bits());
        for tail in [vec![1], vec![0, 0, 7], [vec![0; 60], vec![1]].concat()] {
            let more = text_of(&[digits.clone(), tail].concat(), exponent);
            prop_assert_eq!(read(&more).to_bits(), float.next_up().to_bits());
        }
        let mut less = digits;
        *less.last_mut().unwrap() -= 1;
        less.extend([9; 40]);
        prop_assert_eq!(read(&text_of(&less, exponent)).to_bits(), bits);
    }
}
