//! Certificates that a posting names, beside those that are skills of the lexicon.
//!
//! Their names are the `[certificates]` of `words.toml`. A name that is a method as well,
//! such as ITIL, stands there with the words that make a certificate of it.

use super::cues::Cue;
use super::passages::Passage;
use super::vocabulary::{Naming, naming};
use crate::text::Span;

/// Bytes after a certificate in which it is said not to be needed.
const TO_NEGATION: usize = 60;
/// Bytes between a method and the word that makes a certificate of it.
const TO_CERTIFICATE: usize = 32;

/// Words of a list of vendors and of the kinds of their certificates.
const LISTED: [&str; 38] = [
    "and",
    "or",
    "in",
    "on",
    "for",
    "from",
    "with",
    "such",
    "as",
    "like",
    "e",
    "g",
    "eg",
    "including",
    "of",
    "one",
    "more",
    "any",
    "other",
    "relevant",
    "related",
    "industry",
    "technical",
    "cloud",
    "professional",
    "associate",
    "practitioner",
    "architect",
    "developer",
    "administrator",
    "admin",
    "engineer",
    "consultant",
    "network",
    "security",
    "specialist",
    "expert",
    "level",
];

/// The places among the names of certificates of those that `passage` asks for, in the order
/// of the text.
pub(super) fn asked<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = usize> + 'p {
    let named = passage.certificates().filter(|(span, place)| match naming(*place) {
        Naming::Own => true,
        Naming::Method => is_certified(passage, *span),
        Naming::Vendor => is_of_vendor(passage, *span),
    });
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

/// `AWS or Azure certifications`, `certifications in AWS and Azure`: only other vendors and
/// small words stand between a vendor and the word that makes a certificate of it.
fn is_of_vendor(passage: &Passage<'_>, vendor: Span) -> bool {
    let sentence = passage.sentence(vendor);
    let is_part =
        vendors(passage).any(|other| other != vendor && other.start <= vendor.start && vendor.end <= other.end);
    let after = Span::new(vendor.end, sentence.end);
    let follows =
        || passage.cues.within(after, Cue::VendorCertificate).next().map(|word| Span::new(vendor.end, word.start));
    let before = Span::new(sentence.start, vendor.start);
    let precedes = || passage.cues.last(before, Cue::VendorCertificate).map(|word| Span::new(word.end, vendor.start));
    // `certifications such as Cisco CCNA` are named by the word behind.
    let goes_on = after.of(passage.text()).strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let precedes = || precedes().filter(|_| !goes_on);
    !is_part && [follows(), precedes()].into_iter().flatten().any(|between| is_list_of_vendors(passage, between))
}

/// Where vendors are named.
fn vendors<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = Span> + 'p {
    passage.certificates().filter(|(_, place)| naming(*place) == Naming::Vendor).map(|(span, _)| span)
}

fn is_list_of_vendors(passage: &Passage<'_>, span: Span) -> bool {
    let text = passage.text();
    let is_list = |words: &str| {
        words.len() <= TO_CERTIFICATE
            && words
                .split(|c: char| !c.is_alphanumeric())
                .all(|word| word.is_empty() || LISTED.iter().any(|listed| word.eq_ignore_ascii_case(listed)))
    };
    let mut at = span.start;
    for vendor in vendors(passage).filter(|vendor| vendor.end <= span.end) {
        if vendor.start >= at {
            if !is_list(&text[at..vendor.start]) {
                return false;
            }
            at = vendor.end;
        }
    }
    is_list(&text[at..span.end])
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
        let cases: [(&str, &[&str]); 34] = [
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
            ("Six Sigma or Lean certification", &["Six Sigma"]),
            ("We work by Six Sigma", &[]),
            ("Boomi Architect Certification", &["Boomi certification"]),
            ("AWS or Azure certifications", &["AWS certification", "Azure certification"]),
            ("Certifications in GCP, SAP", &["Google Cloud certification", "SAP certification"]),
            ("Microsoft Azure certification", &["Azure certification"]),
            ("Azure certificates and Cisco switches", &[]),
            ("Cisco CCNA certification", &[]),
            ("You drive the certification of our AWS accounts", &[]),
            ("Certifications such as Cisco CCNP", &[]),
            ("ScrumMaster certification", &["Scrum certification"]),
            ("CBAP certification", &["CBAP"]),
        ];
        let wrong: Vec<_> = cases
            .iter()
            .map(|(text, want)| (text, want, facts(text).certificates))
            .filter(|(_, want, got)| got != *want)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
