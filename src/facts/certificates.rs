//! Certificates that a posting names, beside those that are skills of the lexicon.
//!
//! Their names are the `[certificates]` of `words.toml`. A name that is a method as well,
//! such as ITIL, stands there with the words that make a certificate of it.

use super::cues::Cue;
use super::passages::Passage;
use super::vocabulary::is_method;
use crate::text::Span;

/// Bytes after a certificate in which it is said not to be needed.
const TO_NEGATION: usize = 60;
/// Bytes between a method and the word that makes a certificate of it.
const TO_CERTIFICATE: usize = 32;

/// The places among the names of certificates of those that `passage` asks for, in the order
/// of the text.
pub(super) fn asked<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = usize> + 'p {
    let named = passage.certificates().filter(|(span, place)| !is_method(*place) || is_certified(passage, *span));
    named.filter(|(span, _)| !is_denied(passage, *span)).map(|(_, place)| place)
}

/// `PMP, ITIL and TOGAF certification`: a method beside a word that makes a certificate of it.
fn is_certified(passage: &Passage<'_>, method: Span) -> bool {
    let sentence = passage.sentence(method);
    let near = Span::new(
        sentence.start.max(method.start.saturating_sub(TO_CERTIFICATE)),
        sentence.end.min(method.end + TO_CERTIFICATE),
    );
    passage.cues.any(near, Cue::CertificateWord)
}

/// `no PMP needed`, `PMP is not required`.
fn is_denied(passage: &Passage<'_>, named: Span) -> bool {
    let after = Span::new(named.end, passage.sentence(named).end.min(named.end + TO_NEGATION));
    passage.is_denied(named, Cue::NegatesBefore) || passage.cues.any(after, Cue::NegatesAfter)
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::facts;

    #[test]
    fn certificates_are_told_from_the_methods_they_are_of() {
        let cases: [(&str, &[&str]); 22] = [
            ("PMP, ITIL and TOGAF certification", &["PMP", "ITIL", "TOGAF"]),
            ("Your CSM owns the account", &[]),
            ("ITIL v4 Foundation certification is required", &["ITIL"]),
            ("ITIL Foundation", &["ITIL"]),
            ("ITIL certified", &["ITIL"]),
            ("Certified in ITIL", &["ITIL"]),
            ("We work by ITIL", &[]),
            ("PMP or PRINCE2 certification is desirable", &["PMP", "PRINCE2"]),
            ("Prince 2 Practitioner", &["PRINCE2"]),
            ("pmp it up", &[]),
            ("You are a Certified Scrum Master (CSM)", &["CSM"]),
            ("PSM I or CSPO", &["PSM", "CSPO"]),
            ("Scrum Master in our team", &[]),
            ("Oracle OCP is required", &["OCP"]),
            ("An Oracle Certified Professional", &["OCP"]),
            ("OCP clusters on bare metal", &[]),
            ("You hold Sec+ or Net+", &["CompTIA Security+", "CompTIA Network+"]),
            ("TOGAF certified; SAFe Agilist", &["TOGAF", "SAFe"]),
            ("Six Sigma Green Belt", &["Six Sigma"]),
            ("No PMP needed", &[]),
            ("A PMP is not required", &[]),
            ("PMP, PMP and PMP", &["PMP"]),
        ];
        let wrong: Vec<_> = cases
            .iter()
            .map(|(text, want)| (text, want, facts(text).certificates))
            .filter(|(_, want, got)| got != *want)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
