//! JSON Schemas of the lexicon's TOML files, for completion and checks in editors.

/// File name and text of each schema.
///
/// Editors that know the Taplo language server take one from a first line such as
/// `#:schema schema/skills.schema.json`.
pub const SCHEMAS: [(&str, &str); 6] = [
    ("cues.schema.json", include_str!("schema/cues.schema.json")),
    ("duties.schema.json", include_str!("schema/duties.schema.json")),
    ("extension.schema.json", include_str!("schema/extension.schema.json")),
    ("headings.schema.json", include_str!("schema/headings.schema.json")),
    ("lexicon.schema.json", include_str!("schema/lexicon.schema.json")),
    ("skills.schema.json", include_str!("schema/skills.schema.json")),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde::de::DeserializeOwned;
    use serde_json::Value;

    use super::*;
    use crate::document::Section;
    use crate::lexicon::raw::{
        RawAsking, RawBefore, RawBeside, RawCategory, RawColleagues, RawCues, RawDuties, RawDuty, RawEmployer,
        RawExtension, RawManifest, RawNegation, RawPassageCues, RawPerson, RawPreferences, RawRole, RawSkill,
        RawSource, RawVerbs,
    };
    use crate::lexicon::{NeitherFeature, RequirementFactors, Scoring, SectionFactors};

    fn schema(name: &str) -> Value {
        let (_, text) = SCHEMAS.iter().find(|(file, _)| *file == name).expect("a schema of this name");
        serde_json::from_str(text).expect("JSON")
    }

    /// The keys a schema allows at a place, and those it requires.
    fn keys(schema: &Value, place: &str) -> (BTreeSet<String>, BTreeSet<String>) {
        let table = schema.pointer(place).unwrap_or_else(|| panic!("{place}"));
        let known = table["properties"].as_object().into_iter().flat_map(|keys| keys.keys().cloned()).collect();
        let words = table["required"].as_array().into_iter().flatten();
        (known, words.filter_map(|word| Some(word.as_str()?.to_owned())).collect())
    }

    /// The keys that the reader of a type allows, taken from its message about one that it does not.
    fn read_keys<T: DeserializeOwned>() -> BTreeSet<String> {
        let error = toml::from_str::<T>("no-such-key = 1").err().expect("an unknown key");
        error.message().split('`').skip(3).step_by(2).map(str::to_owned).collect()
    }

    /// The keys that are required, found by adding those that are reported missing.
    fn required<T: DeserializeOwned>(mut text: String, value: impl Fn(&str) -> String) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        while let Err(error) = toml::from_str::<T>(&text) {
            let Some(key) = error.message().strip_prefix("missing field ") else { break };
            let key = key.trim_matches('`').to_owned();
            text = format!("{key} = {}\n{text}", value(&key));
            assert!(keys.insert(key), "{}", error.message());
        }
        keys
    }

    #[test]
    fn schemas_allow_the_keys_that_are_read() {
        let cases = [
            ("skills.schema.json", "", read_keys::<RawCategory>()),
            ("skills.schema.json", "/properties/skill/items", read_keys::<RawSkill>()),
            ("extension.schema.json", "", read_keys::<RawExtension>()),
            ("extension.schema.json", "/properties/skill/items", read_keys::<RawSkill>()),
            ("lexicon.schema.json", "", read_keys::<RawManifest>()),
            ("lexicon.schema.json", "/properties/role/items", read_keys::<RawRole>()),
            ("lexicon.schema.json", "/properties/source/items", read_keys::<RawSource>()),
            ("lexicon.schema.json", "/properties/scoring", read_keys::<Scoring>()),
            ("lexicon.schema.json", "/properties/requirement_factors", read_keys::<RequirementFactors>()),
            ("skills.schema.json", "/properties/skill/items/properties/does/items", read_keys::<RawDuty>()),
            ("duties.schema.json", "", read_keys::<RawDuties>()),
            ("duties.schema.json", "/properties/verbs/additionalProperties", read_keys::<RawVerbs>()),
            ("cues.schema.json", "", read_keys::<RawCues>()),
            ("cues.schema.json", "/properties/negation", read_keys::<RawNegation>()),
            ("cues.schema.json", "/properties/colleagues", read_keys::<RawColleagues>()),
            ("cues.schema.json", "/properties/employer", read_keys::<RawEmployer>()),
            ("cues.schema.json", "/properties/person", read_keys::<RawPerson>()),
            ("cues.schema.json", "/properties/letter", read_keys::<RawBefore>()),
            ("cues.schema.json", "/properties/others", read_keys::<RawBeside>()),
            ("cues.schema.json", "/properties/asking", read_keys::<RawAsking>()),
            ("cues.schema.json", "/properties/preferred", read_keys::<RawPreferences>()),
            ("cues.schema.json", "/$defs/passage", read_keys::<RawPassageCues>()),
        ];
        for (name, place, read) in cases {
            assert_eq!(keys(&schema(name), place).0, read, "{name}{place}");
        }
        let names =
            |sections: &[Section]| sections.iter().map(|section| section.name().to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(keys(&schema("headings.schema.json"), "").0, names(&Section::OPENED));
        assert_eq!(keys(&schema("cues.schema.json"), "/properties/passages").0, names(&Section::ALL));
        let counted = names(&SectionFactors::SECTIONS);
        assert_eq!(keys(&schema("lexicon.schema.json"), "/properties/section_factors").0, counted);
        let features = NeitherFeature::ALL.iter().map(|feature| feature.name().to_owned()).collect();
        assert_eq!(keys(&schema("lexicon.schema.json"), "/properties/neither").0, features);
    }

    #[test]
    fn schemas_require_what_the_reader_requires() {
        let value = |key: &str| match key {
            "strength" => "1".to_owned(),
            "forms" | "sources" => "[]".to_owned(),
            "technical" => "true".to_owned(),
            _ => "\"x\"".to_owned(),
        };
        let skills = schema("skills.schema.json");
        assert_eq!(keys(&skills, "/properties/skill/items").1, required::<RawSkill>(String::new(), value));
        assert_eq!(keys(&skills, "").1, required::<RawCategory>(String::new(), value));
        assert_eq!(keys(&schema("extension.schema.json"), "").1, required::<RawExtension>(String::new(), value));
    }
}
