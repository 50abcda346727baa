//! Whom an employer may take: security clearances, and permits to work.

use super::cues::Cue;
use super::passages::Passage;
use crate::document::Section;
use crate::text::{Span, char_start};

/// Bytes behind a clearance in which it is said not to be needed.
const TO_NEGATION: usize = 40;
/// Bytes before a clearance in which it is said that it need not be held yet.
const TO_OBTAINABLE: usize = 60;
/// Bytes before a sponsor in which something else is named that is sponsored.
const TO_OTHER: usize = 32;
/// Words of an item that names what is offered and nothing else.
const ITEM_WORDS: usize = 7;

/// Whether a security clearance is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clearance {
    /// It is said that none is needed.
    None,
    /// One is welcome.
    Preferred,
    /// One must be obtainable: `able to obtain`, `eligible for`.
    Obtainable,
    /// One must be held.
    Required,
}

impl Clearance {
    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Preferred => "preferred",
            Self::Obtainable => "obtainable",
            Self::Required => "required",
        }
    }

    /// The most that `passage` asks for.
    pub(super) fn asked(passage: &Passage<'_>) -> Option<Self> {
        let all = Span::new(0, passage.text().len());
        passage.cues.within(all, Cue::Clearance).filter_map(|named| Self::at(passage, named)).max()
    }

    /// What is asked of the clearance at `named`; none of a heading such as `Clearance level:`.
    fn at(passage: &Passage<'_>, named: Span) -> Option<Self> {
        let sentence = passage.sentence(named);
        let rest = Span::new(named.end, sentence.end);
        if sentence.start == named.start && rest.of(passage.text()).trim() == ":" {
            return None;
        }
        let near = Span::new(rest.start, rest.end.min(rest.start + TO_NEGATION));
        if passage.answer(named) == Some(false) {
            return Some(Self::None);
        }
        let before = Span::new(sentence.start.max(named.start.saturating_sub(TO_OBTAINABLE)), named.start);
        // `with SCI eligibility` says more of a clearance that is held.
        let obtainable = |span| passage.cues.within(span, Cue::Obtainable).any(|word| !is_of_access(passage, word));
        if obtainable(before) {
            return Some(Self::Obtainable);
        }
        if passage.is_denied(named, Cue::TermDenied) || passage.cues.any(near, Cue::NegatesAfter) {
            return Some(Self::None);
        }
        let is_welcome = passage.cues.any(sentence, Cue::Welcome) || passage.section(named.start) == Section::Preferred;
        Some(if is_welcome {
            Self::Preferred
        } else if obtainable(sentence) {
            Self::Obtainable
        } else {
            Self::Required
        })
    }
}

/// `SCI eligibility`: access beside a clearance.
fn is_of_access(passage: &Passage<'_>, word: Span) -> bool {
    passage.text()[..word.start].trim_end().ends_with("SCI")
}

/// Whether the sentences of `passage` say that permits to work are sponsored, one by one.
pub(super) fn sponsorship<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = bool> + 'p {
    let all = Span::new(0, passage.text().len());
    passage.cues.within(all, Cue::Sponsor).filter_map(|named| is_sponsored(passage, named))
}

/// What all that was said of sponsorship comes to; nothing where it is said to be both.
pub(super) fn agreed(sponsored: &[bool]) -> Option<bool> {
    let first = *sponsored.first()?;
    sponsored.iter().all(|said| *said == first).then_some(first)
}

fn is_sponsored(passage: &Passage<'_>, named: Span) -> Option<bool> {
    let (cues, sentence) = (&passage.cues, passage.sentence(named));
    let start = char_start(passage.text(), named.start.saturating_sub(TO_OTHER).max(sentence.start));
    if cues.any(Span::new(start, sentence.end), Cue::SponsorOther) {
        return None;
    }
    if let Some(answer) = passage.answer(named) {
        return Some(answer);
    }
    if cues.any(sentence, Cue::TermDenied) || cues.any(sentence, Cue::NegatesAfter) {
        return Some(false);
    }
    let is_item = sentence.of(passage.text()).split_whitespace().count() <= ITEM_WORDS;
    (is_item || cues.any(sentence, Cue::Offered)).then_some(true)
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::facts;

    #[test]
    fn clearances_are_required_obtainable_or_welcome() {
        let cases = [
            ("An active TS/SCI clearance is required.", "required"),
            ("* Active Secret security clearance", "required"),
            ("You must hold SC clearance.", "required"),
            ("SC cleared candidates only", "required"),
            ("Clearance level:\n* Top Secret", "required"),
            ("Ability to obtain and maintain a Secret security clearance", "obtainable"),
            ("Must be eligible for security clearance", "obtainable"),
            ("You will need to undergo BPSS checks.", "obtainable"),
            ("Active TS/SCI clearance or be eligible and willing to obtain one", "obtainable"),
            ("You are eligible for NATO clearance.", "obtainable"),
            ("A security clearance is a plus.", "preferred"),
            ("Preferred qualifications\n* Active TS/SCI security clearance", "preferred"),
            ("No security clearance is required.", "none"),
            ("Government Clearance Required? No", "none"),
            ("A security clearance is not required.", "none"),
            ("SC Eligible", "obtainable"),
            ("Must hold current SC", "required"),
            ("Active Top Secret clearance with SCI eligibility", "required"),
            ("You may need to get a government clearance.", "obtainable"),
            ("A U.S. Secret Clearance Post-Start is required.", "obtainable"),
            ("NPPV3 vetting", "required"),
            ("Bereitschaft zur Sicherheitsüberprüfung", "obtainable"),
            ("Security clearance: None", "none"),
            ("Clearance is a plus", "preferred"),
            ("An overseas police clearance", ""),
            ("Customs clearance and clearance sales", ""),
            ("Secret management with Vault", ""),
            ("Employee Polygraph Protection Act", ""),
        ];
        let read = |text| facts(text).clearance.map_or("", |clearance| clearance.name());
        let wrong: Vec<_> =
            cases.iter().map(|case| (case, read(case.0))).filter(|(case, found)| case.1 != *found).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn sponsorship_is_offered_or_refused() {
        let cases = [
            ("We do not sponsor visas.", Some(false)),
            ("We are unable to sponsor or take over sponsorship of an employment visa.", Some(false)),
            ("Visa sponsorship is not available for this role.", Some(false)),
            ("You must be able to work in the US without sponsorship.", Some(false)),
            ("Sponsorship: No", Some(false)),
            ("Available for work visa sponsorship? No", Some(false)),
            ("No visa sponsorship", Some(false)),
            ("CCNA certification At this time, we will not sponsor a new applicant", Some(false)),
            ("We offer visa sponsorship.", Some(true)),
            ("Visa sponsorship is available for the right person.", Some(true)),
            ("We can sponsor visas to Germany.", Some(true)),
            ("* Relocation and visa support", Some(true)),
            ("* Visa sponsorship", Some(true)),
            ("We do not currently sponsor immigration visas.", Some(false)),
            ("We are not in a position to sponsor.", Some(false)),
            ("Eligible for day-one PERM sponsorship for qualified people", Some(true)),
            ("This role is not eligible for visa sponsorship.", Some(false)),
            ("Location options: Visa sponsor Paid relocation", Some(true)),
            ("We will sponsor your visa.", Some(true)),
            ("We help you with your visa.", Some(true)),
            ("H1B transfers are welcome", Some(true)),
            ("Event sponsorship", None),
            ("You must be authorized to work in the US.", None),
            ("Company-sponsored events, mentorship and sponsorship", None),
            ("You work with project sponsors.", None),
            ("Technology controlled under export laws without sponsorship for an export license", None),
            ("Do you now or in the future need a work visa to stay in this country and do your job?", None),
        ];
        let wrong: Vec<_> = cases
            .iter()
            .map(|case| (case, facts(case.0).sponsorship))
            .filter(|(case, found)| case.1 != *found)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
