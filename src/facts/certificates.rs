//! Certificates that a posting names, beside those that are skills of the lexicon.
//!
//! Their names are the `[certificates]` of `words.toml`. A name that is a method as well,
//! such as ITIL, stands there with the words that make a certificate of it.

use super::cues::Cue;
use super::passages::Passage;
use super::vocabulary::{Naming, naming};
use crate::document::Section;
use crate::text::{Span, char_start};

/// Bytes after a certificate in which it is said not to be needed.
const TO_NEGATION: usize = 60;
/// Bytes between a method and the word that makes a certificate of it.
const TO_CERTIFICATE: usize = 32;
/// Bytes of a list of certificates and vendors.
const LIST: usize = 160;

/// Words of a list of vendors and of the kinds of their certificates.
const LISTED: [&str; 51] = [
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
    "data",
    "database",
    "operations",
    "fundamentals",
    "foundation",
    "advanced",
    "analytics",
    "oder",
    "und",
    "im",
    "bereich",
    "wie",
    "nach",
];

/// The places among the names of certificates of those that `passage` asks for, in the order
/// of the text.
pub(super) fn asked<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = usize> + 'p {
    let all = Span::new(0, passage.text().len());
    let named = passage.certificates(all).filter(|(span, place)| match naming(*place) {
        Naming::Own => true,
        Naming::Method => is_certified(passage, *span) || is_listed(passage, *span),
        Naming::Vendor => !is_part(passage, *span) && is_listed(passage, *span),
    });
    // What a firm pays for is not asked for.
    let is_benefit = |span: Span| passage.section(span.start) == Section::Benefits;
    named.filter(move |(span, _)| !is_denied(passage, *span) && !is_benefit(*span)).map(|(_, place)| place)
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

/// `AWS or Azure certifications`, `certifications in AWS and Azure`: only others and small words
/// stand between a name and the word that makes a certificate of it.
fn is_listed(passage: &Passage<'_>, named: Span) -> bool {
    let sentence = passage.sentence(named);
    let (before, after) = (Span::new(sentence.start, named.start), Span::new(named.end, sentence.end));
    let follows = passage.cues.within(after, Cue::VendorCertificate).next();
    let precedes = passage.cues.last(before, Cue::VendorCertificate);
    // `certifications such as Cisco CCNA` are named by the word behind.
    let goes_on =
        || after.of(passage.text()).strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    follows.is_some_and(|word| is_list(passage, Span::new(named.end, word.start)))
        || precedes.is_some_and(|word| !goes_on() && is_list(passage, Span::new(word.end, named.start)))
}

/// `Azure` in `Microsoft Azure`.
fn is_part(passage: &Passage<'_>, named: Span) -> bool {
    let near = Span::new(
        char_start(passage.text(), named.start.saturating_sub(TO_CERTIFICATE)),
        char_start(passage.text(), (named.end + TO_CERTIFICATE).min(passage.text().len())),
    );
    let mut others = passage.certificates(near).map(|(span, _)| span);
    others.any(|other| other != named && other.start <= named.start && named.end <= other.end)
}

/// Whether nothing but certificates, vendors and small words stands in `span`.
fn is_list(passage: &Passage<'_>, span: Span) -> bool {
    let text = passage.text();
    let is_small = |words: &str| {
        let mut words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.all(|word| LISTED.iter().any(|listed| word.eq_ignore_ascii_case(listed)))
    };
    if span.end - span.start > LIST {
        return false;
    }
    let mut at = span.start;
    for (named, _) in passage.certificates(span) {
        if named.start >= at {
            if !is_small(&text[at..named.start]) {
                return false;
            }
            at = named.end;
        }
    }
    is_small(&text[at..span.end])
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
        let cases: Vec<(&str, &[&str])> = vec![
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
            (
                "Certifications including Microsoft, Azure, Google, ITIL",
                &["Microsoft certification", "Azure certification", "Google Cloud certification", "ITIL"],
            ),
            ("ScrumMaster certification", &["Scrum certification"]),
            ("CBAP certification", &["CBAP"]),
            ("Docker Certified Associate (DCA)", &["DCA"]),
            ("Certified DevSecOps Professional (CDP)", &["CDP"]),
            ("Google Cloud Professional Data Engineer certification", &["Google Cloud certification"]),
            ("ITIL-Zertifizierung von Vorteil", &["ITIL"]),
            ("Zertifizierungen wie CCNA oder ITIL", &["ITIL"]),
            ("AWS-Zertifizierungen sind ein Plus", &["AWS certification"]),
            ("SnowPro Core Certification", &["SnowPro"]),
            ("Benefits\n* We pay for AWS certifications", &[]),
        ];
        let wrong: Vec<_> = cases
            .iter()
            .map(|(text, want)| (text, want, facts(text).certificates))
            .filter(|(_, want, got)| got != *want)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
