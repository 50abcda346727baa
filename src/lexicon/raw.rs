//! The lexicon files as they are written: what serde reads, with positions kept.
//!
//! Nothing here is checked beyond its syntax; `validate` turns it into a
//! [`Lexicon`](super::Lexicon) or into findings.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::de::{self, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::neither::NeitherModel;
use super::scoring::{RequirementFactors, Scoring};
use crate::log_odds::LogOdds;

/// `lexicon.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawManifest {
    pub name: String,
    pub version: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub apart: Vec<String>,
    pub role: Vec<Spanned<RawRole>>,
    #[serde(default)]
    pub source: Vec<RawSource>,
    pub scoring: Scoring,
    pub section_factors: BTreeMap<Spanned<String>, f64>,
    pub requirement_factors: RequirementFactors,
    pub neither: NeitherModel,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRole {
    pub id: Spanned<String>,
    pub label: String,
    pub side: Spanned<String>,
    pub statements: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSource {
    pub id: Spanned<String>,
    pub title: String,
    #[serde(default)]
    pub licence: String,
    #[serde(default)]
    pub codes: bool,
}

/// One file of `skills/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCategory {
    pub category: Spanned<String>,
    pub title: String,
    pub technical: bool,
    #[serde(default)]
    pub jobs: bool,
    #[serde(default)]
    pub skill: Vec<RawSkill>,
}

/// A file of skills that go on top of a lexicon.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawExtension {
    pub category: Spanned<String>,
    pub title: String,
    #[serde(default)]
    pub technical: bool,
    /// Ids of skills that are left out.
    #[serde(default)]
    pub drop: Vec<Spanned<String>>,
    #[serde(default)]
    pub skill: Vec<RawSkill>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSkill {
    pub id: Spanned<String>,
    pub name: String,
    pub leaning: Spanned<String>,
    pub strength: Spanned<u8>,
    pub forms: Spanned<Vec<Spanned<RawForm>>>,
    #[serde(default)]
    pub does: Vec<RawDuty>,
    #[serde(default)]
    pub not: Vec<Spanned<String>>,
    #[serde(default)]
    pub needs: Vec<Spanned<String>>,
    #[serde(default)]
    pub unless: Vec<Spanned<String>>,
    pub sources: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default)]
    pub yes: Vec<Spanned<String>>,
    #[serde(default)]
    pub no: Vec<Spanned<String>>,
}

/// What a duty is made of: any of these verbs with any of these objects, by the names of classes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDuty {
    pub verbs: Vec<Spanned<String>>,
    pub objects: Vec<Spanned<String>>,
}

/// `duties.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDuties {
    pub ends: Vec<Spanned<String>>,
    pub persons: Vec<Spanned<String>>,
    pub verbs: BTreeMap<Spanned<String>, RawVerbs>,
    pub objects: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
}

/// A class of verbs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawVerbs {
    pub verbs: Vec<Spanned<String>>,
    #[serde(default)]
    pub words: Vec<Spanned<String>>,
    #[serde(default)]
    pub nouns: Vec<Spanned<String>>,
}

/// A form: a plain string, or a table with rules of its own.
#[derive(Debug)]
pub(crate) struct RawForm {
    pub form: String,
    pub case: Option<Spanned<String>>,
    pub context: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuledForm {
    form: String,
    #[serde(default)]
    case: Option<Spanned<String>>,
    #[serde(default)]
    context: Option<Spanned<String>>,
}

impl<'de> Deserialize<'de> for RawForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // An untagged enum would buffer the value and lose its positions.
        struct FormVisitor;
        impl<'de> Visitor<'de> for FormVisitor {
            type Value = RawForm;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a form: \"text\", or { form = \"text\", case = \"exact\", context = \"near\" }")
            }

            fn visit_str<E: de::Error>(self, form: &str) -> Result<RawForm, E> {
                Ok(RawForm { form: form.to_owned(), case: None, context: None })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawForm, A::Error> {
                let RuledForm { form, case, context } = RuledForm::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawForm { form, case, context })
            }
        }
        deserializer.deserialize_any(FormVisitor)
    }
}

/// `headings.toml`: a section name to the headings that open it.
pub(crate) type RawHeadings = BTreeMap<Spanned<String>, Vec<Spanned<String>>>;

/// `cues.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCues {
    pub negation: RawNegation,
    pub preferred: RawPreferences,
    pub required: RawPhrases,
    pub clause: RawPhrases,
    #[serde(default)]
    pub colleagues: RawColleagues,
    #[serde(default)]
    pub employer: RawEmployer,
    #[serde(default)]
    pub person: RawPerson,
    #[serde(default)]
    pub letter: RawBefore,
    #[serde(default)]
    pub elsewhere: RawBeside,
    #[serde(default)]
    pub others: RawBeside,
    #[serde(default)]
    pub asking: RawAsking,
    /// By the section that they speak for.
    #[serde(default)]
    pub passages: BTreeMap<Spanned<String>, RawPassageCues>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawColleagues {
    pub before: Vec<Spanned<String>>,
    pub people: Vec<Spanned<String>>,
    pub own: Vec<String>,
    pub end: Vec<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawEmployer {
    pub opening: Vec<Spanned<String>>,
    pub before: Vec<Spanned<String>>,
    pub after: Vec<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawPerson {
    pub before: Vec<Spanned<String>>,
    pub after: Vec<Spanned<String>>,
    pub given: Vec<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawBefore {
    pub before: Vec<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawAsking {
    pub words: Vec<Spanned<String>>,
    pub before: Vec<Spanned<String>>,
    pub after: Vec<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawBeside {
    pub before: Vec<Spanned<String>>,
    pub after: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNegation {
    pub before: Vec<Spanned<String>>,
    pub after: Vec<Spanned<String>>,
    pub except: Vec<Spanned<String>>,
    #[serde(default)]
    pub prefix: Vec<Spanned<String>>,
    #[serde(default)]
    pub refusal: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPassageCues {
    #[serde(default)]
    pub strong: Vec<Spanned<String>>,
    #[serde(default)]
    pub weak: Vec<Spanned<String>>,
    #[serde(default)]
    pub opening: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPreferences {
    pub phrases: Vec<Spanned<String>>,
    #[serde(default)]
    pub before: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPhrases {
    pub phrases: Vec<Spanned<String>>,
}

/// A row of `weights.csv`; the two count columns are named by the sides.
#[derive(Debug, Clone)]
pub(crate) struct RawWeight {
    pub skill_id: String,
    pub weight: LogOdds,
    pub span: Range<usize>,
}
