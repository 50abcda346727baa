//! Sizes as people type them: `900`, `64k`, `16M`, `2GiB`.

/// The bytes of a size; a unit counts in powers of 1024.
pub fn bytes(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let shift = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        _ => return Err("expected a size such as 900, 64k, 16M or 2G".to_owned()),
    };
    let number: u64 = number.parse().map_err(|_| "expected a size such as 900, 64k, 16M or 2G".to_owned())?;
    number.checked_mul(1 << shift).ok_or_else(|| "too large".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_they_are_typed() {
        let cases = [
            ("900", Some(900)),
            ("64k", Some(64 << 10)),
            ("16M", Some(16 << 20)),
            ("2 GiB", Some(2 << 30)),
            ("1t", Some(1 << 40)),
            ("1.5M", None),
            ("M", None),
            ("-1", None),
            ("99999999999T", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(bytes(text).ok(), expected, "{text}");
        }
    }
}
