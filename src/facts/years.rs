//! Years of experience that a posting asks for, and the skills they are asked of.

use std::cmp::Reverse;

use super::cues::Cue;
use super::passages::{Passage, word};
use super::year_count::{Count, counts};
use crate::document::{Document, Section};
use crate::text::Span;

/// So many years are a firm's, unless they are asked for.
const OF_A_FIRM: u32 = 20;
/// From this number on, years may be a person's age.
const ADULT: u32 = 16;
/// Bytes after a demand within which a skill may be bound to it.
const REACH: usize = 140;
/// Bytes after a demand in which the words are still of what the years are.
const OF_WHAT: usize = 30;
/// Bytes between a skill and the demand after it that is bound to it.
const REACH_BACK: usize = 24;
/// Bytes before a number in which a child's age is told.
const CHILD_REACH: usize = 24;
/// Words between `ideally` and a number, and between a number of one year and the
/// experience it is of.
const FEW_WORDS: usize = 4;

/// Years of experience asked for at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// Where the number and its `years` stand in the text.
    pub span: Span,
    /// The fewest years; none for `up to 5 years`.
    pub min: Option<u32>,
    /// The most years; none where the demand is open, as most are.
    pub max: Option<u32>,
    /// Whether the years are only welcome, or stand in for a degree.
    pub optional: bool,
    /// Whether it stands in a section of what is welcome.
    in_preferred: bool,
    /// Whether it is one of several ways to qualify: `BS and 5 years or MS and 3 years`.
    alternative: bool,
    /// Where it stands in the normalised text, and where what it speaks of ends there.
    place: Span,
    reach: usize,
}

/// Marks the demands that stand in a section of what is welcome. A lone demand counts
/// in whatever section it stands.
pub(super) fn prefer_in_sections(demands: &mut [Demand]) {
    if demands.len() > 1 {
        for demand in demands {
            demand.optional |= demand.in_preferred;
        }
    }
}

/// The demands for years in `passage`, from left to right.
pub(super) fn demands(passage: &Passage<'_>) -> Vec<Demand> {
    let text = passage.text();
    let hits = counts(text);
    let places = hits.iter().enumerate().map(|(at, hit)| {
        let sentence = passage.sentence(hit.span);
        let from = at.checked_sub(1).map_or(0, |before| hits[before].span.end);
        let to = hits.get(at + 1).map_or(text.len(), |next| next.span.start);
        let or_before = at > 0 && is_choice(&text[from..hit.span.start]);
        let or_after = to < text.len() && is_choice(&text[hit.span.end..to]);
        let part = Span::new(sentence.start.max(from).min(hit.span.start), sentence.end.min(to).max(hit.span.end));
        Place { passage, hit, sentence, part, is_choice: or_before || or_after }
    });
    places.filter(Place::asks).map(|place| place.demand()).collect()
}

/// Whether what stands between two numbers makes ways to qualify of them: `2 years of sales or
/// at least 3 years of support`.
fn is_choice(between: &str) -> bool {
    let words = between.trim_end_matches([' ', '(', '>', '~']);
    let words = ["at least", "a minimum of", "minimum of", "over", "more than"]
        .iter()
        .find_map(|least| words.strip_suffix(least))
        .unwrap_or(words)
        .trim_end();
    words.ends_with(" or") && !between.contains(['\n', ';']) && !between.contains(". ")
}

/// The fewest and the most years that the demands of a posting amount to.
///
/// A person must meet every demand, in one of its ways if it has several, so the
/// greatest of the demands decides. Its own upper end is the most; of several ways,
/// the way that asks most. What is optional counts if nothing is required.
pub(super) fn overall(demands: &[Demand]) -> (Option<u32>, Option<u32>) {
    let any_required = demands.iter().any(|demand| !demand.optional);
    let counted = || demands.iter().filter(|demand| !(demand.optional && any_required));
    let ways = counted().filter(|demand| demand.alternative);
    let least_way = ways.clone().filter_map(|demand| demand.min).min();
    let most_way = ways.filter_map(|demand| demand.max.max(demand.min)).max();
    let ends = counted()
        .filter(|demand| !demand.alternative)
        .map(|demand| (demand.min, demand.max))
        .chain(least_way.map(|least| (Some(least), most_way.filter(|most| *most > least))));
    // Of equal demands, the one with an upper end.
    ends.max().unwrap_or_default()
}

/// The years asked of the skill mentioned at `mention`, if a demand is bound to it:
/// `5+ years of Java`, `Java (5+ years)`.
pub(super) fn bound_to(demands: &[Demand], document: &Document<'_>, mention: Span) -> Option<u32> {
    let text = document.text().cased();
    let next = demands.partition_point(|demand| demand.place.start < mention.end);
    let follows = demands.get(next).filter(|demand| {
        demand.place.start - mention.end <= REACH_BACK && leads_to(&text[mention.end..demand.place.start])
    });
    let precedes = || {
        let demand = demands[..next].last().filter(|demand| demand.place.end <= mention.start)?;
        let enclosed = text[..demand.place.start].ends_with('(');
        let goes_on = text[demand.place.end..].trim_start_matches(['\'', 's', ' ', '\n']);
        let speaks = goes_on.starts_with(|c: char| c.is_alphanumeric() || c == '.');
        (mention.end <= demand.reach && !enclosed && speaks).then_some(demand)
    };
    let min = follows.or_else(precedes)?.min?;
    // `PhD, 3 years` says nothing of three years of doctorate.
    let inside = document.hits_in(mention).iter().filter(|hit| hit.span.end <= mention.end);
    let is_way = inside.filter_map(|hit| word(document, hit)).any(|word| word.cues & Cue::Way.bit() != 0);
    (!is_way).then_some(min)
}

/// Whether `between` ties years to the skill before them: `(`, `: at least`, `for`.
fn leads_to(between: &str) -> bool {
    let between = between.strip_prefix("'s").unwrap_or(between);
    let bare = between.trim_matches([' ', '>', '\n']);
    let bare = bare.strip_prefix(['(', '[', ':', '-']).unwrap_or(bare);
    matches!(
        bare.trim().to_ascii_lowercase().as_str(),
        "" | "at least" | "minimum" | "minimum of" | "min" | "min." | "over" | "for" | "for at least" | "for over"
    )
}

/// A number of years where it stands.
struct Place<'t> {
    passage: &'t Passage<'t>,
    hit: &'t Count,
    sentence: Span,
    /// The part of the sentence up to the numbers of years before and after.
    part: Span,
    /// Whether it is joined by `or` with the number before or after it.
    is_choice: bool,
}

impl Place<'_> {
    fn before(&self) -> Span {
        Span::new(self.sentence.start, self.hit.span.start)
    }

    fn after(&self) -> Span {
        Span::new(self.hit.span.end, self.sentence.end)
    }

    /// Whether the sentence holds a cue.
    fn tells(&self, cue: Cue) -> bool {
        self.passage.cues.any(self.sentence, cue)
    }

    fn follows(&self, cue: Cue) -> bool {
        self.passage.cues.just_after(self.passage.text(), self.after(), cue)
    }

    fn precedes(&self, cue: Cue) -> bool {
        self.passage.cues.just_before(self.passage.text(), self.before(), cue)
    }

    /// Whether the years are experience asked of the reader.
    fn asks(&self) -> bool {
        let vague = self.hit.singular && !(self.tells(Cue::Experience) && self.is_of_experience());
        let vague = vague || self.hit.months && !self.near_after(Cue::Experience);
        if vague || self.is_of_other() || self.is_of_others() || self.is_age() || self.is_unneeded() {
            return false;
        }
        let text = self.passage.text();
        let opens = !self.before().of(text).contains(char::is_alphanumeric);
        let marked = self.before().of(text).trim_end().ends_with(['>', '≥', '=', '<', '≤']);
        self.hit.telling
            || opens
            || marked
            || self.tells(Cue::Experience)
            || self.precedes(Cue::Least)
            || self.follows(Cue::AskedAfter)
            || self.is_of_activity()
            || self.is_form_line()
    }

    /// Whether the years are no one's experience.
    fn is_of_other(&self) -> bool {
        self.follows(Cue::TimeAfter)
            || self.precedes(Cue::TimeBefore)
            || self.is_of_time()
            || self.is_of_contract()
            || self.is_of_standing()
    }

    /// Whether the years are the experience of someone else than who is sought.
    fn is_of_others(&self) -> bool {
        self.is_of_company() || self.is_shared() || self.is_of_colleagues()
    }

    /// `5 years of steady growth`.
    fn is_of_time(&self) -> bool {
        let text = self.passage.text();
        let after = self.after().of(text).trim_start_matches(['\'', 's', ' ']);
        let Some(rest) = after.strip_prefix("of ") else { return false };
        let start = self.sentence.end - rest.len();
        let second = rest.find(' ').map(|space| start + space);
        let is_other =
            |from: usize| self.passage.cues.just_after(text, Span::new(from, self.sentence.end), Cue::TimeOf);
        is_other(start) || second.is_some_and(is_other)
    }

    /// Whether the years are someone's age.
    fn is_age(&self) -> bool {
        let near =
            Span::new(self.hit.span.start.saturating_sub(CHILD_REACH).max(self.sentence.start), self.hit.span.start);
        self.hit.least >= ADULT && self.tells(Cue::Age) || self.passage.cues.any(near, Cue::Child)
    }

    /// Whether an employer writes how long it has existed.
    fn is_of_company(&self) -> bool {
        let (cues, before) = (&self.passage.cues, self.before());
        let text = self.passage.text();
        // A list item opens with a bullet: `* With 5 years of experience` asks.
        let opens = |since: Span| is_blank(&text[before.start..since.start]);
        let at_once = |since: Span| since.of(text).starts_with(['f', 'F']) && is_blank(&text[since.end..before.end]);
        let since = || cues.within(before, Cue::Since).any(|since| opens(since) || at_once(since));
        let is_many = self.hit.least >= OF_A_FIRM;
        (is_many || cues.any(before, Cue::Company) || since() || self.is_held()) && !self.tells(Cue::Asking)
    }

    /// `Acme has 20 years of experience`: someone who is named, and no one who is sought.
    fn is_held(&self) -> bool {
        let (cues, text, before) = (&self.passage.cues, self.passage.text(), self.before());
        let Some(holder) = cues.nearest_before(text, before, Cue::Holder) else { return false };
        let subject = Span::new(before.start, holder.start);
        subject.of(text).contains(char::is_alphabetic) && !cues.any(subject, Cue::Person)
    }

    /// `30 years of combined experience`, unless one person shall have them.
    fn is_shared(&self) -> bool {
        self.near_after(Cue::Shared) && self.tells(Cue::Company) && !self.tells(Cue::Asking)
    }

    /// `You will learn from colleagues with 10 years of experience`.
    fn is_of_colleagues(&self) -> bool {
        let (cues, text, before) = (&self.passage.cues, self.passage.text(), self.before());
        let owned = cues.nearest_before(text, before, Cue::Owned);
        owned.is_some_and(|owned| {
            let people = cues.last(Span::new(before.start, owned.start), Cue::Colleagues);
            people.is_some_and(|people| !text[people.end..owned.start].contains([';', '\n']))
        })
    }

    /// `2 year rolling contract`.
    fn is_of_contract(&self) -> bool {
        !self.follows(Cue::Activity) && self.near_after(Cue::Contract) && !self.near_after(Cue::Experience)
    }

    /// `5 years UK residency`, `a licence held for 2 years`.
    fn is_of_standing(&self) -> bool {
        let (text, before) = (self.passage.text(), Span::new(self.part.start, self.hit.span.start));
        let held = self.passage.cues.last(before, Cue::Standing).is_some_and(|standing| {
            let between = &text[standing.end..before.end];
            !between.contains([',', ';', '.', '\n']) && !between.contains(" and ")
        });
        (held || self.near_after(Cue::Standing)) && !self.near_after(Cue::Experience)
    }

    /// `You do not need 5 years of experience`, `5 years of experience are not required`.
    fn is_unneeded(&self) -> bool {
        let (cues, text) = (&self.passage.cues, self.passage.text());
        let before = Span::new(self.part.start, self.hit.span.start);
        let denied = cues.last(before, Cue::Unneeded).is_some_and(|no| {
            let between = &text[no.end..before.end];
            between.split_whitespace().count() <= FEW_WORDS && !between.contains([',', '.', ';'])
        });
        let after = Span::new(self.hit.span.end, self.part.end);
        let excused = cues
            .within(after, Cue::NegatesAfter)
            .next()
            .is_some_and(|not| !text[after.start..not.start].contains([',', '.', ';', '\n']));
        denied || excused
    }

    /// Whether a cue stands among the few words after the years, in their clause.
    fn near_after(&self, cue: Cue) -> bool {
        let after = self.after().of(self.passage.text());
        let clause = after.find([',', '.', ';', ':', '\n']).map_or(after, |end| &after[..end]);
        let few = clause.split_inclusive(' ').take(FEW_WORDS + 1).map(str::len).sum::<usize>();
        self.passage.cues.any(Span::new(self.hit.span.end, self.hit.span.end + few), cue)
    }

    /// `1 year of Java experience`, `1 year in support`; or the clause ends with the year.
    fn is_of_experience(&self) -> bool {
        let after = self.after().of(self.passage.text());
        let ends = after.trim_start_matches([' ', ')']);
        let near = after.split_whitespace().take(FEW_WORDS + 1).map(str::len).sum::<usize>() + FEW_WORDS;
        let end = (self.hit.span.end + near + 1).min(self.sentence.end);
        let within = Span::new(self.hit.span.end, end);
        let speaks = |cue| self.passage.cues.any(within, cue);
        ends.is_empty() || ends.starts_with(['.', ';', ',', '\n']) || speaks(Cue::Activity) || speaks(Cue::Experience)
    }

    /// `5 years in operations`, `5 years developing firmware`.
    fn is_of_activity(&self) -> bool {
        let after = self.after().of(self.passage.text());
        self.follows(Cue::Activity) || after.split_whitespace().next().is_some_and(|word| word.ends_with("ing"))
    }

    /// A line for one skill: `Java: 8 years (Required)`, `Java (8 years)`.
    fn is_form_line(&self) -> bool {
        let after = self.after().of(self.passage.text()).trim_start();
        let ends = after.is_empty() || after.starts_with([')', ']', ',', ';', '.', '\n']);
        let labelled = || {
            let before = self.before().of(self.passage.text()).trim_end_matches([' ', '(', '[', ':', '-', ',']);
            self.passage.has_form_until(self.sentence.start + before.len())
        };
        ["(Required", "(Preferred"].iter().any(|end| after.starts_with(end)) || ends && labelled()
    }

    fn demand(&self) -> Demand {
        let up_to = self.hit.most.is_none() && self.is_most();
        Demand {
            span: self.passage.original(self.hit.span),
            place: self.passage.in_document(self.hit.span),
            in_preferred: self.passage.section(self.hit.span.start) == Section::Preferred,
            min: (!up_to).then_some(self.hit.least),
            max: if up_to { Some(self.hit.least) } else { self.hit.most },
            optional: self.is_optional(),
            alternative: self.is_choice || self.is_bare_item() || self.passage.cues.any(self.part, Cue::Way),
            reach: self.reach(),
        }
    }

    /// `* 3 years`: nothing else in its item, as in a form where one ticks what one has.
    fn is_bare_item(&self) -> bool {
        let text = self.passage.text();
        let is_bare = |span: Span| !span.of(text).contains(char::is_alphanumeric);
        let starts_item = self.before().of(text).contains(['*', '-', '\u{2022}']);
        starts_item && is_bare(self.before()) && is_bare(self.after())
    }

    /// Whether the number is the most: `not more than 5 years`, `5 years or less`. `fewer than
    /// 5 years need not apply` says the opposite.
    fn is_most(&self) -> bool {
        let (cues, text, before) = (&self.passage.cues, self.passage.text(), self.before());
        // Of `no less than` and `less than`, the longer.
        let nearest = |cue| cues.nearest_before(text, before, cue).map(|found| (found.end, Reverse(found.start)));
        let said = nearest(Cue::UpTo);
        let up_to = said.is_some() && said > nearest(Cue::Least)
            || before.of(text).trim_end().ends_with(['<', '≤'])
            || self.follows(Cue::AtMostAfter);
        let least = nearest(Cue::Least).is_some();
        let refused = cues.any(self.after(), Cue::Refused);
        up_to && !refused || refused && least && !up_to
    }

    /// `ideally 5 years`, `5 years of Java preferred`, `5 years in lieu of a degree`.
    fn is_optional(&self) -> bool {
        let (cues, text) = (&self.passage.cues, self.passage.text());
        let before = Span::new(self.part.start, self.hit.span.start);
        let after = Span::new(self.hit.span.end, self.part.end);
        let few = |between: &str| between.split_whitespace().count() < FEW_WORDS && !between.contains(['.', ';']);
        // `5 years of X, experience with Y preferred` prefers Y.
        let ends = |welcome: Span| {
            let rest = text[welcome.end..self.sentence.end].trim_start();
            let ended = rest.is_empty() || rest.starts_with(['.', ';', ',', ')', '\n']) || rest.starts_with("but");
            let between = &text[after.start..welcome.start];
            ended && between.matches("experience").count() < 2 && !between.contains(". ")
        };
        // `10 years preferred, 5 years required` prefers the ten.
        let taken = |welcome: Span| before.start > self.sentence.start && is_blank(&text[before.start..welcome.start]);
        let ahead = cues.last(before, Cue::Welcome).filter(|welcome| !taken(*welcome));
        ahead.is_some_and(|welcome| few(&text[welcome.end..before.end]))
            || cues.within(after, Cue::Welcome).any(ends)
            || cues.any(self.part, Cue::Instead)
    }

    /// Where in the normalised text the words end that the years are bound to.
    fn reach(&self) -> usize {
        let (text, after) = (self.passage.text(), self.after());
        let words = after.of(text);
        let mark = words.find([';', '\n']).or_else(|| words.find(". ")).unwrap_or(words.len());
        // `EC2` goes on, `2 years` does not.
        let is_number = |at: &usize| !words[..*at].ends_with(char::is_alphanumeric);
        let mut digits = words.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at);
        let number = digits.find(is_number).unwrap_or(words.len());
        // `3 years of working knowledge of X` speaks of X.
        let breaks = |cue: &Span| {
            let between = &text[after.start..cue.start];
            between.len() > OF_WHAT || between.contains("exp")
        };
        let mut cues = self.passage.cues.within(after, Cue::Break).filter(breaks);
        let cue = cues.next().map_or(words.len(), |cue| cue.start - after.start);
        let end = after.start + mark.min(number).min(cue).min(REACH);
        self.passage.in_document(Span::new(self.hit.span.start, end.max(self.hit.span.end))).end
    }
}

fn is_blank(between: &str) -> bool {
    between.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::{facts, years_for};

    /// A text, and the fewest and the most years that it asks for in all.
    const ASKED: &[(&str, Option<u32>, Option<u32>)] = &[
        ("* 5+ years of experience with backend services", Some(5), None),
        ("* 3-5 years of experience", Some(3), Some(5)),
        ("* 3 – 5 years' experience in a similar role", Some(3), Some(5)),
        ("3 to 5 years of relevant work", Some(3), Some(5)),
        ("A minimum of five years in operations", Some(5), None),
        ("At least 2 yrs as a developer", Some(2), None),
        ("five (5) years of experience in the field", Some(5), None),
        ("Three (3) to five (5) years of experience", Some(3), Some(5)),
        ("10 years' experience building compilers", Some(10), None),
        ("**8 years** demonstrating mastery of C", Some(8), None),
        ("_3+ years_ of mobile work", Some(3), None),
        ("> 4+ years of lab experience", Some(4), None),
        ("6 -10 + years of experience", Some(6), Some(10)),
        ("At least 5 years of combined experience in the two", Some(5), None),
        ("3.5+ years of engineering experience", Some(3), None),
        ("4+years of on-call experience", Some(4), None),
        ("2\\+ years of Rust", Some(2), None),
        ("Five-plus (5+) years of commercial work", Some(5), None),
        ("4 or more years of experience", Some(4), None),
        ("nine (9) years or more experience", Some(9), None),
        ("10 years and above in the same trade", Some(10), None),
        ("Exp - 8+ yrs", Some(8), None),
        ("5+ YoE with any typed language", Some(5), None),
        ("**Years of experience:** 12 years", Some(12), None),
        ("Total years of experience: 6-8", Some(6), Some(8)),
        ("Experience in firmware (7+ years).", Some(7), None),
        ("1 year of experience on a help desk", Some(1), None),
        ("0-2 years of experience", Some(0), Some(2)),
        ("Up to 3 years of experience", None, Some(3)),
        ("* Have 5+ years combined experience as an advocate", Some(5), None),
        ("Experience level:\n* 3 years\n* 4 years\n* 5 years", Some(3), Some(5)),
        ("2 years of sales experience, or at least 3 years of experience in support", Some(2), Some(3)),
        ("**Required Experience:** \n \u{a0}\n \n\n\n* 10 yrs\\+ experience as an administrator", Some(10), None),
        ("10 days off rolling over two years", None, None),
        ("IT sales experience (minimally 1 year of experience)", Some(1), None),
        // bounds
        ("No less than 5 years of Java experience", Some(5), None),
        ("Not fewer than four years in operations", Some(4), None),
        ("Not more than 3 years of experience with Linux", None, Some(3)),
        ("No more than 2 years of experience", None, Some(2)),
        ("At most 4 years of experience", None, Some(4)),
        ("A maximum of 4 years of experience", None, Some(4)),
        ("3 years of experience or less", None, Some(3)),
        ("Experience: 3 years or less", None, Some(3)),
        ("< 3 years of experience", None, Some(3)),
        ("≥ 3 years of experience", Some(3), None),
        ("Candidates with less than 4 years of experience need not apply", Some(4), None),
        ("You have between 3 and 5 years of experience with Java", Some(3), Some(5)),
        ("3~5 years of experience with Java", Some(3), Some(5)),
        ("6 months - 2 years of experience with Linux", Some(0), Some(2)),
        ("At least 18 months of experience with Linux", Some(1), None),
        ("A minimum of 24 months' experience in support", Some(2), None),
        ("10+ years preferred, 5 years required", Some(5), None),
        ("5 years required, 10+ years preferred", Some(5), None),
        ("Java: 5 years", Some(5), None),
        ("Experience needed:\n- Java: 5 years\n- Linux: 3 years", Some(5), None),
        ("5y+ experience in Java", Some(5), None),
        ("Experience (in years): 6", Some(6), None),
        ("Requirements\n- Java (5 years)\n- Linux\nNice to have\n- 8+ years of Go", Some(5), None),
        ("Must have a driving licence and 3 years of experience", Some(3), None),
        ("Oracle: 8 years (Required)", Some(8), None),
        ("We are looking for someone with over 5 years of experience", Some(5), None),
        ("* With 5+ years of experience in QA", Some(5), None),
        // every demand must be met
        ("* 6+ years of development\n* 4+ years with cloud services\n* 1+ years of management", Some(6), None),
        ("5-7 years overall, with 3+ years of experience in tests", Some(5), Some(7)),
        // several ways to qualify
        ("BS and 8 years of experience, or MS and 6 years, or PhD and 3 years", Some(3), Some(8)),
        ("8 years of experience with a Bachelor's degree; or 6 years and a Master's degree", Some(6), Some(8)),
        ("Option 1: BS and 5 years of experience. Option 2: 9 years of experience", Some(5), Some(9)),
        ("5 years of experience with AWS (9 years in lieu of a degree)", Some(5), None),
        // what is only welcome counts where nothing is required
        ("Minimum 10 years, ideally 15+ years writing APIs", Some(10), None),
        ("2+ years of support. 6+ years of support is a plus.", Some(2), None),
        ("Requirements:\n\n* 3+ years of Go\n\nNice to have:\n\n* 5+ years of Go", Some(3), None),
        ("Nice to have:\n\n* 5+ years of Go", Some(5), None),
        // no demands
        ("Plants lived on employees who worked for 20-30 years in one place", None, None),
        ("We match your 401k after 2 years", None, None),
        ("For over 20 years we have built pumps", None, None),
        ("With more than 25 years of experience, Acme leads its field", None, None),
        ("Our 30+ years of history speak for us", None, None),
        ("You must be 18 years of age or older", None, None),
        ("Applicants must be at least 21 years old", None, None),
        ("This is a 2-year contract", None, None),
        ("A fixed term of 3 years, renewable", None, None),
        ("Sabbatical after 6 years of service", None, None),
        ("A four-year degree from a college", None, None),
        ("We grew tenfold in the last 3 years", None, None),
        ("Named a best employer five years in a row", None, None),
        ("Reviews take place every 2 years", None, None),
        ("Your first 2 years on the job", None, None),
        ("We plan to double over the next five years", None, None),
        ("The shop was founded 12 years ago", None, None),
        ("Options vest over 4 years", None, None),
        ("A nursery for children aged 3 to 5 years", None, None),
        ("25 vacation days per year and 2 volunteer days a year", None, None),
        ("$120,000/year", None, None),
        ("Applications are kept on file for two years", None, None),
        ("In just 4 years, we became profitable", None, None),
        ("It was 2019 years ago", None, None),
        ("30 years of combined experience in our team. You run VMware.", None, None),
        ("Heron has 20 years of experience in logistics", None, None),
        ("Heron Ltd. brings over 15 years of experience in logistics", None, None),
        ("You will learn from colleagues with 10+ years of experience", None, None),
        ("Join a team of engineers with 12 years of experience", None, None),
        ("5 years UK residency is required for SC clearance", None, None),
        ("You must have lived in the UK for at least 5 years", None, None),
        ("A driving licence held for at least 2 years is required", None, None),
        ("A 12 month contract with a probation of 6 months", None, None),
        ("Length of contract: 2 years", None, None),
        ("This is a 2 year rolling contract", None, None),
        ("You do not need 5 years of experience", None, None),
        ("5 years of experience is not required", None, None),
    ];

    #[test]
    fn demands_are_told_from_other_years() {
        assert!(ASKED.len() >= 60);
        let read = |text: &str| {
            let facts = facts(text);
            (facts.years_min, facts.years_max)
        };
        let wrong = ASKED.iter().filter(|(text, least, most)| read(text) != (*least, *most));
        let wrong: Vec<_> = wrong.map(|case| (case, read(case.0))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    /// A text, a skill named in it, and the years bound to the skill.
    const BOUND: &[(&str, &str, Option<u32>)] = &[
        ("5+ years of Java", "Java", Some(5)),
        ("3 years' experience with Linux and Bash", "Linux", Some(3)),
        ("3 years' experience with Linux and Bash", "Bash", Some(3)),
        ("At least 4 years of **Python**", "Python", Some(4)),
        ("* Java (6+ years)", "Java", Some(6)),
        ("* JavaScript (3+ years), especially React (2+ years)", "JavaScript", Some(3)),
        ("* JavaScript (3+ years), especially React (2+ years)", "React", Some(2)),
        ("PHP 5+ years, Laravel 8+ years", "PHP", Some(5)),
        ("PHP 5+ years, Laravel 8+ years", "Laravel", Some(8)),
        ("Terraform: 2+ years", "Terraform", Some(2)),
        ("Terraform: 2 years", "Terraform", Some(2)),
        ("5y+ of Java", "Java", Some(5)),
        ("No less than 5 years of Java", "Java", Some(5)),
        ("Not more than 5 years of Java", "Java", None),
        ("Worked with Ansible for at least 3 years", "Ansible", Some(3)),
        ("6+ years of Java, 2+ years of Go", "Go", Some(2)),
        ("6+ years of Java, 2+ years of Go", "Java", Some(6)),
        ("2 to 4 years in Perl", "Perl", Some(2)),
        ("3+ years of conceptual knowledge of clouds: AWS, EC2, Azure", "Azure", Some(3)),
        ("BS and 8 years of experience, or MS in Java and 6 years", "Java", None),
        ("5 years of experience. Knows Java.", "Java", None),
        ("5 years of experience; Java is used here", "Java", None),
        ("5 years of experience and strong knowledge of Java", "Java", None),
        ("Java and 5 years of experience with SAP", "Java", None),
        ("* 5 years of experience\n* Java", "Java", None),
        ("Up to 5 years of Java", "Java", None),
        ("For 20 years we have loved Java", "Java", None),
        ("Java, no years named", "Java", None),
        ("MS with 3 years or PhD 1+ years", "PhD", None),
    ];

    #[test]
    fn years_are_bound_to_the_skills_of_their_clause() {
        for (text, skill, years) in BOUND {
            let found = years_for(text, skill);
            assert_eq!(found, *years, "{skill}: {text}");
        }
    }
}
