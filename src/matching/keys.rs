//! The phrases of a lexicon, and which skill each one may be a form of.
//!
//! Several forms may share a phrase and differ in case (`LESS`, `LeSS`); a phrase may also
//! mean something else and exclude the form inside it (`go to market`). Forms come with
//! their plurals, and names that are plural phrases with their singular.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::cues;
use crate::compiled::{Fields, Packed, Texts, packed};
use crate::document::{PhraseId, PhraseTable, PhraseTableBuilder};
use crate::lexicon::{Case, Context, Lexicon, Skill, SkillId};
use crate::text::{Span, is_word_char, normalise};

/// What a lexicon says of a phrase: it is a form of this skill, under these rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub skill: SkillId,
    /// The place of the form in the skill's list.
    pub form: u32,
    pub context: Context,
    /// Whether it counts only in lines that are all in capitals, as a form of one spelling
    /// does there with more context than elsewhere.
    pub in_capitals: bool,
    /// The place of the only spelling that counts; `None` when any case does.
    spelling: Option<u32>,
}

impl Packed for Entry {
    const BYTES: usize = 14;

    fn pack(&self, bytes: &mut Vec<u8>) {
        // No spelling is packed as the place before the first one.
        let spelling = self.spelling.map_or(0, |place| place + 1);
        [self.skill.0, self.form, spelling].iter().for_each(|number| number.pack(bytes));
        bytes.extend([self.context as u8, u8::from(self.in_capitals)]);
    }

    #[inline(always)]
    fn unpack(bytes: &[u8]) -> Self {
        let mut fields = Fields(bytes);
        let (skill, form, spelling) = (SkillId(fields.next()), fields.next(), fields.next::<u32>().checked_sub(1));
        let context = Context::ALL[usize::from(fields.next::<u8>())];
        Self { skill, form, context, in_capitals: fields.next::<u8>() == 1, spelling }
    }
}

/// A hit that won its place, with the lexicon entry it fulfils.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate<'e> {
    pub span: Span,
    pub entry: &'e Entry,
}

/// The entries of a lexicon for each of its phrases.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Entries {
    /// Of each phrase those for one exact spelling first, of these the ones for lines in
    /// capitals, then the one for any.
    #[serde(with = "packed")]
    entries: Vec<Entry>,
    /// The spellings of those for one, hyphens as spaces.
    spellings: Texts,
}

/// An entry while they are gathered.
#[derive(Clone)]
struct Claim {
    skill: SkillId,
    form: u32,
    context: Context,
    in_capitals: bool,
    /// The only spelling that counts.
    exact: Option<Box<str>>,
}

/// All that a lexicon says of one phrase.
#[derive(Default)]
struct Spelling {
    claims: Vec<Claim>,
    excluded: bool,
}

impl Entries {
    /// Adds the phrases of `lexicon` to a table that is being made.
    pub(crate) fn new(lexicon: &Lexicon, table: &mut PhraseTableBuilder) -> Self {
        let mut spellings: Vec<(String, Spelling)> = spellings(lexicon).into_iter().collect();
        spellings.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let mut claims: Vec<Claim> = Vec::with_capacity(spellings.len());
        for (phrase, mut spelling) in spellings {
            spelling.claims.sort_by_key(|claim| (claim.exact.is_none(), !claim.in_capitals, claim.skill, claim.form));
            let meaning = table.meaning(phrase);
            meaning.entries = u32::try_from(spelling.claims.len()).unwrap_or(u32::MAX);
            meaning.excluded = spelling.excluded;
            claims.append(&mut spelling.claims);
        }
        for (phrase, kind) in cues::phrases(lexicon.cues()) {
            cues::add(&mut table.meaning(phrase).cues, kind);
        }
        for (phrase, section) in lexicon.headings() {
            let (words, with_name) = phrase.strip_suffix(" *").map_or((phrase.as_str(), false), |words| (words, true));
            for spelling in [normalise(words), normalise(&words.replace(" and ", " & "))] {
                table.meaning(spelling).heading.add(*section, with_name);
            }
        }
        for (phrase, section, cue) in &lexicon.cues().passages {
            table.meaning(phrase.as_str()).passage.add(*section, *cue);
        }
        for word in lexicon.skills().iter().flat_map(|skill| skill.needs.iter().chain(&skill.unless)) {
            table.meaning(word.as_str()).context = true;
            table.meaning(format!("{word}s")).context = true;
        }
        Self::of_claims(&claims)
    }

    fn of_claims(claims: &[Claim]) -> Self {
        let mut places = 0..;
        let entry = |&Claim { skill, form, context, in_capitals, ref exact }: &Claim| {
            let spelling = exact.as_ref().and_then(|_| places.next());
            Entry { skill, form, context, in_capitals, spelling }
        };
        let spellings = claims.iter().filter_map(|claim| claim.exact.as_deref()).collect();
        Self { entries: claims.iter().map(entry).collect(), spellings }
    }

    /// The entries for a phrase, which stand at `places`.
    pub(crate) fn of(&self, places: Range<usize>) -> &[Entry] {
        &self.entries[places]
    }

    /// The entry that a spelling of the phrase with these entries fulfils: its own before one for any case.
    /// `in_capitals` tells whether it stands in a line that is all in capitals.
    pub(crate) fn find(
        &self,
        places: Range<usize>,
        spelling: &str,
        in_capitals: impl FnOnce() -> bool,
    ) -> Option<&Entry> {
        let is_spelled =
            |entry: &Entry| entry.spelling.is_none_or(|place| is_spelled(spelling, self.spellings.get(place as usize)));
        let mut entries = self.of(places).iter().filter(|entry| is_spelled(entry));
        let first = entries.next()?;
        // What has one spelling for lines in capitals stands before the same for others.
        if !first.in_capitals || in_capitals() { Some(first) } else { entries.find(|entry| !entry.in_capitals) }
    }
}

/// For each skill the numbers of the words in one of its lists, `needs` or `unless`, sorted.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ContextWords {
    #[serde(with = "packed")]
    numbers: Vec<PhraseId>,
    /// Where those of each skill end.
    #[serde(with = "packed")]
    ends: Vec<u32>,
}

impl ContextWords {
    pub(crate) fn new(lexicon: &Lexicon, table: &PhraseTable, list: impl Fn(&Skill) -> &[String]) -> Self {
        let mut words = Self { numbers: Vec::new(), ends: Vec::new() };
        for skill in lexicon.skills().iter() {
            let spelled = list(skill).iter().flat_map(|word| [word.clone(), format!("{word}s")]);
            let start = words.numbers.len();
            words.numbers.extend(spelled.filter_map(|word| table.find(&word)));
            words.numbers[start..].sort_unstable();
            words.ends.push(u32::try_from(words.numbers.len()).expect("fewer than there are phrases"));
        }
        words
    }

    /// Those of one skill.
    pub(crate) fn of(&self, skill: SkillId) -> &[PhraseId] {
        let start = skill.index().checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[start as usize..self.ends[skill.index()] as usize]
    }
}

/// Every spelling of every form, and of the phrases that mean something else. What the
/// lexicon writes stands before what is inflected.
fn spellings(lexicon: &Lexicon) -> HashMap<String, Spelling> {
    let mut spellings: HashMap<String, Spelling> = HashMap::new();
    for (claim, phrase) in written(lexicon) {
        let claims = &mut spellings.entry(phrase.to_owned()).or_default().claims;
        claims.extend(capitalised(&claim));
        claims.push(claim);
    }
    for phrase in lexicon.skills().iter().flat_map(|skill| &skill.not) {
        let plurals = plurals(phrase).into_iter().map(|variant| variant.apply(phrase));
        for phrase in plurals.chain([phrase.clone()]) {
            let spelling = spellings.entry(phrase).or_default();
            spelling.excluded = spelling.claims.is_empty();
        }
    }
    for (phrase, claim) in inflected(lexicon) {
        let spelling = spellings.entry(phrase).or_default();
        let taken = |other: &Claim| !other.in_capitals && (other.exact.is_none() || other.exact == claim.exact);
        if !spelling.excluded && !spelling.claims.iter().any(taken) {
            spelling.claims.push(claim);
        }
    }
    spellings
}

/// A form of one spelling as it stands in a line that is all in capitals: its case tells
/// nothing there, so that its surroundings have to.
fn capitalised(claim: &Claim) -> Option<Claim> {
    let exact = claim.exact.as_deref()?;
    let upper = exact.to_uppercase();
    let context = match claim.context {
        Context::Certain | Context::Anywhere if exact == upper => Context::Anywhere,
        Context::Certain | Context::Anywhere => Context::Near,
        context => context,
    };
    (upper.len() == exact.len()).then(|| Claim {
        context,
        exact: Some(upper.into()),
        in_capitals: true,
        ..claim.clone()
    })
}

/// Whether two spellings are the same but for hyphens, spaces and line breaks.
fn is_spelled(spelling: &str, exact: &str) -> bool {
    let joint = |byte: u8| if matches!(byte, b'-' | b'\n') { b' ' } else { byte };
    spelling.len() == exact.len() && spelling.bytes().map(joint).eq(exact.bytes().map(joint))
}

/// The forms as the lexicon lists them.
fn written(lexicon: &Lexicon) -> impl Iterator<Item = (Claim, &str)> {
    lexicon.skills_with_ids().flat_map(|(skill, owner)| {
        owner.forms.iter().zip(0..).map(move |(form, at)| {
            let exact = (form.case == Case::Exact).then(|| form.text.as_str().into());
            (Claim { skill, form: at, context: form.context, exact, in_capitals: false }, form.key.as_str())
        })
    })
}

/// Plurals of all forms, and singulars of noun phrases in the plural: claims that give way
/// to any form the lexicon lists.
///
/// Names are noun phrases, and so is what begins with no verb: the singular of `tend gardens`
/// would be found in `tend garden parties`. A verb is a word of which some form has the
/// participle: `tending the beds`. Of categories that are not technical only names are turned:
/// their words are everyday ones.
fn inflected(lexicon: &Lexicon) -> impl Iterator<Item = (String, Claim)> + '_ {
    let participles: HashSet<&str> =
        written(lexicon).map(|(_, key)| first_word(key)).filter(|word| word.ends_with("ing")).collect();
    let is_noun_phrase = move |key: &str| {
        let first = first_word(key);
        let stem = first.strip_suffix('e').unwrap_or(first);
        let doubled = first.chars().next_back().map(|last| format!("{first}{last}ing"));
        let forms = [format!("{first}ing"), format!("{stem}ing"), doubled.unwrap_or_default()];
        !first.ends_with("ing") && !forms.iter().any(|form| participles.contains(form.as_str()))
    };
    written(lexicon).flat_map(move |(claim, key)| {
        let mut singulars = singulars(key);
        let skill = lexicon.skill(claim.skill);
        let is_technical = lexicon.category_of(skill).technical;
        singulars.retain(|_| is_technical && is_noun_phrase(key) || normalise(&skill.name) == key);
        plurals(key).into_iter().chain(singulars).map(move |variant| {
            let exact = claim.exact.as_deref().map(|exact| variant.apply(exact).into());
            (variant.apply(key), Claim { exact, ..claim.clone() })
        })
    })
}

fn first_word(key: &str) -> &str {
    key.split(' ').next().unwrap_or(key)
}

/// A change at the end of a form.
#[derive(Clone, Copy)]
pub(super) struct Variant {
    cut: usize,
    add: &'static str,
}

impl Variant {
    pub(super) fn apply(self, form: &str) -> String {
        format!("{}{}", &form[..form.len() - self.cut], self.add)
    }
}

/// The last word of a key.
fn last_word(key: &str) -> &str {
    key.rsplit(|c| !is_word_char(c)).next().unwrap_or("")
}

/// A key and its plurals: two forms that share one of these are one form to a reader.
pub(crate) fn with_plurals(key: &str) -> Vec<String> {
    let plurals = plurals(key).into_iter().map(|plural| plural.apply(key));
    std::iter::once(key.to_owned()).chain(plurals).collect()
}

/// How the last word of a key ends in the plural.
pub(super) fn plurals(key: &str) -> Vec<Variant> {
    let last = last_word(key);
    if last.len() < 2 || !last.ends_with(|c: char| c.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut variants = Vec::new();
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|end| last.ends_with(end));
    if !sibilant {
        variants.push(Variant { cut: 0, add: "s" });
    } else if !last.ends_with('s') || last.ends_with("ss") {
        variants.push(Variant { cut: 0, add: "es" });
    }
    if last.len() > 2 && last.ends_with('y') && !last[..last.len() - 1].ends_with(['a', 'e', 'o', 'u', 'i']) {
        variants.push(Variant { cut: 1, add: "ies" });
    }
    variants
}

/// How the last word of a plural phrase may end in the singular; single words are
/// left alone, since `Windows` is not many a window.
fn singulars(key: &str) -> Vec<Variant> {
    let last = last_word(key);
    let plural = last.len() > 4 && last.ends_with('s') && !["ss", "us", "is"].iter().any(|end| last.ends_with(end));
    if last.len() == key.len() || !plural {
        return Vec::new();
    }
    let mut variants = vec![Variant { cut: 1, add: "" }];
    if last.ends_with("ies") {
        variants.push(Variant { cut: 3, add: "y" });
    } else if ["ches", "shes", "sses", "xes"].iter().any(|end| last.ends_with(end)) {
        variants.push(Variant { cut: 2, add: "" });
    }
    variants
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::testing;

    #[test]
    fn plurals_and_singulars() {
        let cases: [(&str, &[&str]); 24] = [
            ("firewall", &["firewalls"]),
            ("it", &["its"]),
            ("r", &[]),
            ("x9", &[]),
            ("c++", &[]),
            ("box", &["boxes"]),
            ("switch", &["switches"]),
            ("dish", &["dishes"]),
            ("virtual class", &["virtual classes"]),
            ("bus", &[]),
            ("windows", &[]),
            ("day", &["days"]),
            ("by", &["bys"]),
            ("sky", &["skys", "skies"]),
            ("security policy", &["security policys", "security policies"]),
            ("user stories", &["user storie", "user story"]),
            ("load balancers", &["load balancer"]),
            ("test batches", &["test batche", "test batch"]),
            ("tool boxes", &["tool boxe", "tool box"]),
            ("open rolls", &["open roll"]),
            ("open jobs", &[]),
            ("open access", &["open accesses"]),
            ("work status", &[]),
            ("data analysis", &[]),
        ];
        for (key, expected) in cases {
            let found: Vec<String> =
                plurals(key).into_iter().chain(singulars(key)).map(|variant| variant.apply(key)).collect();
            assert_eq!(found, expected, "{key}");
        }
    }

    #[test]
    fn entries_are_packed_and_unpacked() {
        for (at, context) in (7..).zip(Context::ALL) {
            for spelling in [None, Some(0), Some(at)] {
                let entry = Entry { skill: SkillId(at), form: 2, context, in_capitals: at % 2 == 0, spelling };
                let mut bytes = Vec::new();
                entry.pack(&mut bytes);
                assert_eq!((Entry::unpack(&bytes), bytes.len()), (entry, Entry::BYTES));
            }
        }
    }

    /// A skill with forms as a lexicon file has them, and phrases that mean something else.
    fn skill(name: &str, forms: &str, not: &str) -> String {
        format!(
            "[[skill]]\nid = \"{}\"\nname = \"{name}\"\nleaning = \"bread\"\nstrength = 1\nforms = [{forms}]\n\
             not = [{not}]\nsources = [\"judgement\"]\nyes = [\"Not run.\"]\nno = [\"Nor this.\"]\n",
            name.replace(' ', "-")
        )
    }

    #[test]
    fn a_spelling_belongs_to_whoever_writes_it_before_whoever_inflects_it() {
        let skills = [
            skill("loaf", "\"loaf\", { form = \"Tin\", case = \"exact\" }", ""),
            skill("tins", "{ form = \"TINS\", case = \"exact\" }", ""),
            skill("crumb", "{ form = \"Crumb\", case = \"exact\" }", ""),
            skill("crumbs", "\"crumbs\"", ""),
            skill("rye mix", "{ form = \"Rye-Mix\", case = \"exact\" }", ""),
            skill("roll", "\"roll\", \"roll call\"", "\"roll call\", \"roll over\""),
            skill("call", "\"call of rolls\"", "\"rolls\", \"calls of rolls\""),
            skill("cake forms", "\"cake forms\", \"wash cake moulds\", \"washing moulds\", \"cake boards\"", ""),
        ];
        let (files, _) = testing::broken(
            "skills/bread.toml",
            "",
            &format!("category = \"bread\"\ntitle = \"Bread\"\ntechnical = true\n{}", skills.concat()),
        );
        let lexicon = testing::load(&files).unwrap_or_else(|error| panic!("{error}"));
        let mut builder = PhraseTableBuilder::default();
        let entries = Entries::new(&lexicon, &mut builder);
        let table = builder.build();
        let cases = [
            ("loaf", Some("loaf")),
            ("LOAF", Some("loaf")),
            ("loafs", Some("loaf")),
            ("Tin", Some("loaf")),
            ("tin", None),
            // The plural of one exact spelling beside another.
            ("Tins", Some("loaf")),
            ("TINS", Some("tins")),
            ("tins", None),
            ("Crumb", Some("crumb")),
            ("Crumbs", Some("crumbs")),
            ("crumbs", Some("crumbs")),
            ("Rye-Mix", Some("rye-mix")),
            ("Rye Mix", Some("rye-mix")),
            ("Rye\nMix", Some("rye-mix")),
            ("Rye-Mixes", Some("rye-mix")),
            ("rye mix", None),
            ("Rye-mix", None),
            ("roll", Some("roll")),
            ("roll call", Some("roll")),
            // A phrase that means something else takes no form that is written, but a plural.
            ("rolls", None),
            ("cake forms", Some("cake-forms")),
            ("cake form", Some("cake-forms")),
            ("wash cake moulds", Some("cake-forms")),
            // Only the singular of a noun phrase is sure to be one.
            ("cake board", Some("cake-forms")),
            ("wash cake mould", None),
        ];
        for (spelling, expected) in cases {
            let phrase = table.find(&normalise(spelling));
            let entry = phrase.and_then(|phrase| entries.find(table.entries(phrase), spelling, || false));
            assert_eq!(entry.map(|entry| lexicon.skill(entry.skill).id.as_str()), expected, "{spelling:?}");
        }
        let in_capitals = |spelling: &str| {
            let phrase = table.find(&normalise(spelling)).expect("a phrase");
            let entry = entries.find(table.entries(phrase), spelling, || true).expect("an entry");
            (lexicon.skill(entry.skill).id.as_str(), entry.context)
        };
        assert_eq!(in_capitals("TIN"), ("loaf", Context::Near));
        assert_eq!(in_capitals("TINS"), ("tins", Context::Anywhere));
        let excluded = |phrase: &str| table.meaning(table.find(phrase).expect("a phrase")).excluded;
        assert_eq!(["roll call", "roll over", "roll overs", "rolls"].map(excluded), [false, true, true, true]);
    }
}
