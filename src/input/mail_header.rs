//! How messages and mailboxes begin.

/// Header fields that no other text begins with.
const MARKS: [&str; 8] = [
    "mime-version",
    "received",
    "message-id",
    "return-path",
    "delivered-to",
    "content-type",
    "dkim-signature",
    "x-mailer",
];
/// How the line begins that stands before a message in a mailbox.
pub(super) const FROM: &[u8] = b"From ";

/// Whether a stream without a name begins like a message.
pub(super) fn begins_as_mail(sample: &[u8]) -> bool {
    let sample = String::from_utf8_lossy(sample);
    let mut names = Vec::new();
    for line in sample.lines().take(60).take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        match field_name(line) {
            Some(name) => names.push(name.to_ascii_lowercase()),
            None => return false,
        }
    }
    let has = |name: &str| names.iter().any(|found| found == name);
    MARKS.iter().any(|mark| has(mark)) || (has("from") && (has("subject") || has("date")))
}

/// The name of the header field that a line begins.
pub(super) fn field_name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())).then_some(name)
}

/// Whether a stream without a name begins like a mailbox.
pub(super) fn begins_as_mailbox(sample: &[u8]) -> bool {
    let mut lines = sample.split(|byte| *byte == b'\n');
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    first.starts_with(FROM)
        && first.iter().any(u8::is_ascii_digit)
        && std::str::from_utf8(second).is_ok_and(|line| field_name(line.trim_end()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_from_other_texts() {
        let cases = [
            ("From: a@b.example\nSubject: Cook\n\nx", true),
            ("MIME-Version: 1.0\nX-A: b\n  c\n\nx", true),
            ("Subject: Cook\n\nx", false),
            ("Title: Cook\nPay: 10\n\nx", false),
            ("Cook\n\nFrom: a\nSubject: b\n", false),
            ("", false),
        ];
        for (text, expected) in cases {
            assert_eq!(begins_as_mail(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn mailboxes_are_told_from_other_texts() {
        let cases = [
            ("From a@b.example Thu Jan  1 2026\nSubject: Cook\n\nx", true),
            ("From Monday on you cook.\nAnd bake.\n", false),
            ("From 2026 on\nPay: 10\n", true),
            ("Subject: Cook\n\nx", false),
        ];
        for (text, expected) in cases {
            assert_eq!(begins_as_mailbox(text.as_bytes()), expected, "{text}");
        }
    }
}
