//! Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, legacy encodings.

use crate::text::bytes::any;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text, with what was assumed about its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The WHATWG name of the encoding, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// Whether the encoding was inferred from the bytes rather than stated or proven.
    pub guessed: bool,
}

/// Decodes `bytes`, or returns `None` when they are not text at all.
///
/// A byte order mark decides; else valid UTF-8 is UTF-8; else a zero in every other
/// byte means UTF-16; else the legacy encoding is guessed. UTF-8 with a few stray
/// bytes stays UTF-8, each stray byte becoming U+FFFD: guessing there would garble
/// everything else.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(decoded(&bytes[mark..], encoding, false));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Some(decoded(bytes, encoding, true));
    }
    if is_binary(bytes) {
        return None;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Some(decoded(bytes, UTF_8, false));
    }
    if mostly_utf8(bytes) {
        return Some(decoded(bytes, UTF_8, true));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // A few curly quotes and dashes tell little; text that is else ASCII is mostly English,
    // and then they are those of a Western encoding.
    let foreign = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let western = (foreign * 30 < bytes.len()).then_some(b"edu".as_slice());
    Some(decoded(bytes, detector.guess(western, chardetng::Utf8Detection::Allow), true))
}

fn decoded(bytes: &[u8], encoding: &'static Encoding, guessed: bool) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: without_controls(text.into_owned()), encoding: encoding.name(), guessed }
}

/// The text with spaces for control characters that are no white space; every offset
/// stays as it was.
pub(crate) fn without_controls(text: String) -> String {
    if !any(text.as_bytes(), is_control) {
        return text;
    }
    text.chars().map(|c| if u8::try_from(c).is_ok_and(is_control) { ' ' } else { c }).collect()
}

/// Without a branch, so that many are looked at together.
fn is_control(byte: u8) -> bool {
    let is_space = (byte == b'\t') | (byte == b'\n') | (byte == 0xc) | (byte == b'\r');
    ((byte < b' ') & !is_space) | (byte == 0x7f)
}

/// Latin text in UTF-16 has a zero in nearly every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 8 {
        return None;
    }
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    if odd * 10 >= pairs * 7 && even * 20 <= pairs {
        return Some(UTF_16LE);
    }
    (even * 10 >= pairs * 7 && odd * 20 <= pairs).then_some(UTF_16BE)
}

/// More than a stray control character among the first bytes: not text.
fn is_binary(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 7] =
        [b"\x7fELF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"];
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return true;
    }
    let sample = &bytes[..bytes.len().min(8192)];
    let control = sample.iter().filter(|byte| matches!(byte, 0..=8 | 0xe..=0x1a | 0x1c..=0x1f)).count();
    control * 50 > sample.len()
}

/// At least three valid multi-byte sequences for each broken one.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid >= 3 * broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn each_encoding_reads_as_the_same_text() {
        let text = "Senior engineer, naïve café – Kubernetes and Linux, £45,000";
        let (cp1252, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        let mut utf8_mark = b"\xef\xbb\xbf".to_vec();
        utf8_mark.extend(text.as_bytes());
        let mut little_mark = b"\xff\xfe".to_vec();
        little_mark.extend(utf16(text, false));
        let cases: [(&str, Vec<u8>, &str, bool); 6] = [
            ("utf-8", text.as_bytes().to_vec(), "UTF-8", false),
            ("utf-8 with mark", utf8_mark, "UTF-8", false),
            ("utf-16le with mark", little_mark, "UTF-16LE", false),
            ("utf-16le", utf16(text, false), "UTF-16LE", true),
            ("utf-16be", utf16(text, true), "UTF-16BE", true),
            ("windows-1252", cp1252.into_owned(), "windows-1252", true),
        ];
        for (name, bytes, encoding, guessed) in cases {
            let expected = Decoded { text: text.to_owned(), encoding, guessed };
            assert_eq!(decode(&bytes), Some(expected), "{name}");
        }
    }

    #[test]
    fn legacy_encodings_are_guessed() {
        let cases = [
            (
                encoding_rs::WINDOWS_1252,
                "Naïve users pay $83,200 – $97,760 • Associate’s degree, and then a text that goes on in plain English for \
                 a while, as postings do: servers, networks, storage, cables, phones, printers, and people",
            ),
            (
                encoding_rs::WINDOWS_1252,
                "Wir suchen für unser Büro in München eine fröhliche Köchin, die über Größe verfügt",
            ),
            (encoding_rs::WINDOWS_1251, "Мы ищем системного инженера, который будет обслуживать наши серверы и сети"),
            (
                encoding_rs::WINDOWS_1250,
                "Hledáme správce serverů, který se postará o naše sítě a zálohování. Požadujeme zkušenosti",
            ),
            (encoding_rs::SHIFT_JIS, "サーバーの運用と監視を担当するシステムエンジニアを募集しています"),
            (encoding_rs::GBK, "我们正在寻找一名系统工程师，负责服务器的运行和监控"),
            (encoding_rs::EUC_KR, "서버 운영과 모니터링을 담당할 시스템 엔지니어를 찾습니다"),
        ];
        for (encoding, text) in cases {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(decode(&bytes).map(|decoded| decoded.text).as_deref(), Some(text), "{}", encoding.name());
        }
    }

    #[test]
    fn one_stray_byte_does_not_garble_the_rest() {
        let mut bytes = "naïve café résumé – £5".as_bytes().to_vec();
        bytes.push(0x92);
        let text = decode(&bytes).map(|decoded| decoded.text);
        assert_eq!(text.as_deref(), Some("naïve café résumé – £5\u{fffd}"));
    }

    #[test]
    fn binary_is_not_text_and_a_stray_nul_is() {
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0"), None);
        assert_eq!(decode(&[0, 1, 2, 3, 4, 5, 6, 7, 200, 201, 0, 0, 3, 9]), None);
        let mut text = vec![b'a'; 400];
        text[200] = 0;
        let decoded = decode(&text).map(|decoded| decoded.text);
        assert_eq!(decoded, Some(format!("{} {}", "a".repeat(200), "a".repeat(199))));
    }
}
