//! Every spelling that can be met in a text, and who claims it.
//!
//! A key is a spelling as [`fold_key`](crate::text::fold_key) gives it. Several forms
//! may share a key and differ in case (`LESS`, `LeSS`); a key may also belong to a
//! phrase that means something else and swallows the form in it (`go to market`). The
//! cues of the lexicon and its headings are keys as well, so that a text is read once
//! for all of them.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::cues::{self, CueKind, CueKinds};
use crate::lexicon::{Case, Context, Lexicon, SkillId};
use crate::text::{Section, fold_key, is_word_char};

/// The place of a key in [`Keys`].
pub(crate) type KeyId = u32;

/// A skill's claim to a key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Claim {
    pub skill: SkillId,
    /// The place of the form in the skill's list.
    pub form: u32,
    pub context: Context,
    /// The only spelling that counts, hyphens as spaces; `None` when any case does.
    pub exact: Option<Box<str>>,
}

/// What meeting a key means.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Meaning {
    /// Where its claims are among those of all keys.
    claims: Range<usize>,
    /// Whether the key is a phrase that means something else.
    pub blocked: bool,
    /// What the key tells of the mentions near it.
    pub cues: CueKinds,
    /// The section that the key opens as a heading.
    pub heading: Option<Section>,
}

/// All keys of a lexicon, sorted, with what each means.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Keys {
    keys: Vec<String>,
    meanings: Vec<Meaning>,
    /// Of each key those for one exact spelling first, then the one for any.
    claims: Vec<Claim>,
}

/// One thing that a lexicon says of a key; each gives way to those before it here.
enum Said {
    /// A form that the lexicon lists.
    Written(Claim),
    /// A phrase that means something else.
    Blocked,
    /// A plural or singular of a form.
    Inflected(Claim),
    Cue(CueKind),
    Heading(Section),
}

impl Keys {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let mut said: Vec<(Cow<'_, str>, Said)> = Vec::new();
        said.extend(written(lexicon).map(|(claim, key)| (key.into(), Said::Written(claim))));
        for phrase in lexicon.skills().iter().flat_map(|skill| &skill.not) {
            let plurals = plurals(phrase).into_iter().map(|variant| variant.apply(phrase).into());
            said.extend(plurals.chain([phrase.into()]).map(|phrase| (phrase, Said::Blocked)));
        }
        said.extend(inflected(lexicon).map(|(key, claim)| (key.into(), Said::Inflected(claim))));
        said.extend(cues::phrases(lexicon.cues()).map(|(phrase, kind)| (phrase.into(), Said::Cue(kind))));
        let headings = lexicon.headings().iter();
        said.extend(headings.map(|(phrase, section)| (fold_key(phrase).into(), Said::Heading(*section))));
        let capacity = said.len();
        let mut keys = Self {
            keys: Vec::with_capacity(capacity),
            meanings: Vec::with_capacity(capacity),
            claims: Vec::with_capacity(capacity),
        };
        for at in by_key(&said) {
            let (key, said) = std::mem::replace(&mut said[at], (Cow::Borrowed(""), Said::Blocked));
            if keys.keys.last().is_none_or(|last| *last != key) {
                keys.keys.push(key.into_owned());
                keys.meanings.push(Meaning { claims: keys.claims.len()..keys.claims.len(), ..Meaning::default() });
            }
            keys.take_in(said);
        }
        for meaning in &keys.meanings {
            keys.claims[meaning.claims.clone()].sort_by_key(|claim| (claim.exact.is_none(), claim.skill, claim.form));
        }
        keys
    }

    /// Adds what is said of the last key.
    fn take_in(&mut self, said: Said) {
        let Some(meaning) = self.meanings.last_mut() else { return };
        let claims = &self.claims[meaning.claims.clone()];
        match said {
            Said::Blocked => meaning.blocked = claims.is_empty(),
            Said::Inflected(claim)
                if meaning.blocked
                    || claims.iter().any(|other| other.exact.is_none() || other.exact == claim.exact) => {}
            Said::Written(claim) | Said::Inflected(claim) => {
                self.claims.push(claim);
                meaning.claims.end += 1;
            }
            Said::Cue(kind) => meaning.cues.add(kind),
            Said::Heading(section) => _ = meaning.heading.get_or_insert(section),
        }
    }

    pub(crate) fn keys(&self) -> &[String] {
        &self.keys
    }

    pub(crate) fn meaning(&self, key: KeyId) -> &Meaning {
        &self.meanings[key as usize]
    }

    /// Who claims a key.
    pub(crate) fn claims(&self, key: KeyId) -> &[Claim] {
        &self.claims[self.meaning(key).claims.clone()]
    }

    /// The claim to a key that a spelling fulfils: its own before one for any case.
    pub(crate) fn claim(&self, key: KeyId, shape: &str) -> Option<&Claim> {
        self.claims(key).iter().find(|claim| claim.exact.as_deref().is_none_or(|exact| is_spelled(shape, exact)))
    }
}

/// The places of what is said, sorted by key; what was said first of a key stays first.
///
/// The first eight bytes nearly always tell two keys apart, and are compared as one
/// number: sorting is most of what a short run would wait for.
fn by_key(said: &[(Cow<'_, str>, Said)]) -> Vec<usize> {
    let first_eight = |key: &str| {
        let mut eight = [0; 8];
        let len = key.len().min(8);
        eight[..len].copy_from_slice(&key.as_bytes()[..len]);
        u64::from_be_bytes(eight)
    };
    let mut order: Vec<(u64, usize)> = said.iter().enumerate().map(|(at, (key, _))| (first_eight(key), at)).collect();
    order.sort_unstable_by(|(a, at), (b, other)| {
        a.cmp(b).then_with(|| said[*at].0.cmp(&said[*other].0)).then_with(|| at.cmp(other))
    });
    order.into_iter().map(|(_, at)| at).collect()
}

/// Whether two shapes are the same but for hyphens, spaces and line breaks.
fn is_spelled(shape: &str, exact: &str) -> bool {
    let joint = |byte: u8| if matches!(byte, b'-' | b'\n') { b' ' } else { byte };
    shape.len() == exact.len() && shape.bytes().map(joint).eq(exact.bytes().map(joint))
}

/// The forms as the lexicon lists them.
fn written(lexicon: &Lexicon) -> impl Iterator<Item = (Claim, &str)> {
    lexicon.skills_with_ids().flat_map(|(skill, owner)| {
        owner.forms.iter().zip(0..).map(move |(form, at)| {
            let exact = (form.case == Case::Exact).then(|| form.text.as_str().into());
            (Claim { skill, form: at, context: form.context, exact }, form.key.as_str())
        })
    })
}

/// Plurals of all forms, and singulars of names that are plural phrases: claims that
/// give way to any form the lexicon lists.
///
/// Only names are sure to be noun phrases: the singular of `tend gardens` would be met
/// in `tend garden parties`.
fn inflected(lexicon: &Lexicon) -> impl Iterator<Item = (String, Claim)> + '_ {
    written(lexicon).flat_map(|(claim, key)| {
        let mut singulars = singulars(key);
        singulars.retain(|_| fold_key(&lexicon.skill(claim.skill).name) == key);
        plurals(key).into_iter().chain(singulars).map(move |variant| {
            let exact = claim.exact.as_deref().map(|exact| variant.apply(exact).into());
            (variant.apply(key), Claim { exact, ..claim.clone() })
        })
    })
}

/// A change at the end of a form.
#[derive(Clone, Copy)]
struct Variant {
    cut: usize,
    add: &'static str,
}

impl Variant {
    fn apply(self, form: &str) -> String {
        format!("{}{}", &form[..form.len() - self.cut], self.add)
    }
}

/// The last word of a key.
fn last_word(key: &str) -> &str {
    key.rsplit(|c| !is_word_char(c)).next().unwrap_or("")
}

/// How the last word of a key ends in the plural.
fn plurals(key: &str) -> Vec<Variant> {
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
            skill("cake forms", "\"cake forms\", \"wash cake moulds\"", ""),
        ];
        let (files, _) = testing::broken(
            "skills/bread.toml",
            "",
            &format!("category = \"bread\"\ntitle = \"Bread\"\ntechnical = true\n{}", skills.concat()),
        );
        let lexicon = testing::load(&files).unwrap_or_else(|error| panic!("{error}"));
        let keys = Keys::new(&lexicon);
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
            // Only the singular of a name is sure to be one.
            ("wash cake mould", None),
        ];
        for (shape, expected) in cases {
            let key = keys.keys().binary_search(&fold_key(shape));
            let claim = key.ok().and_then(|at| keys.claim(KeyId::try_from(at).expect("few keys"), shape));
            assert_eq!(claim.map(|claim| lexicon.skill(claim.skill).id.as_str()), expected, "{shape:?}");
        }
        let blocked = |phrase: &str| {
            let key = keys.keys().binary_search(&phrase.to_owned()).expect("a key");
            keys.meaning(KeyId::try_from(key).expect("few keys")).blocked
        };
        assert_eq!(["roll call", "roll over", "roll overs", "rolls"].map(blocked), [false, true, true, true]);
    }
}
