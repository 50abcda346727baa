//! Numbers of years where they stand: whose they are, and whether they are asked for.

use std::cmp::Reverse;

use super::cues::Cue;
use super::passages::Passage;
use super::year_count::{Count, counts};
use super::years::Demand;
use crate::document::Section;
use crate::text::Span;

/// So many years are a firm's, unless they are asked for.
pub(super) const OF_A_FIRM: u32 = 20;
/// From this number on, years may be a person's age.
pub(super) const ADULT: u32 = 16;
/// Bytes after a demand within which a skill may be bound to it.
pub(super) const REACH: usize = 140;
/// Bytes after a demand in which the words are still of what the years are.
pub(super) const OF_WHAT: usize = 30;
/// Bytes before a number in which a child's age is told.
pub(super) const CHILD_REACH: usize = 24;
/// Words between `ideally` and a number, and between a number of one year and the
/// experience it is of.
pub(super) const FEW_WORDS: usize = 4;

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
/// at least 3 years of support`, and two items of a list, the first of which ends with `or`.
pub(super) fn is_choice(between: &str) -> bool {
    let words = between.trim_end_matches([' ', '(', '>', '~']);
    let words = ["at least", "a minimum of", "minimum of", "over", "more than"]
        .iter()
        .find_map(|least| words.strip_suffix(least))
        .unwrap_or(words)
        .trim_end_matches([' ', '(']);
    let item = words.trim_end_matches(|c: char| c.is_ascii_digit() || " .)*-".contains(c));
    let (clause, breaks): (_, &[char]) =
        if item.ends_with('\n') { (item.trim_end(), &['\n']) } else { (words, &['\n', ';']) };
    let before_or = clause.strip_suffix("or").unwrap_or_default();
    before_or.ends_with([' ', '('])
        && !before_or.trim_end_matches([' ', ';']).contains(breaks)
        && !clause.contains(". ")
}

/// A number of years where it stands.
pub(super) struct Place<'t> {
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
        let second = rest.find(' ').filter(|space| !rest[..*space].ends_with(',')).map(|space| start + space);
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
        if !self.passage.cues.any(self.after(), cue) {
            return false;
        }
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
        let starts_item = self.before().of(text).contains(['*', '-']);
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

pub(super) fn is_blank(between: &str) -> bool {
    between.trim().is_empty()
}
