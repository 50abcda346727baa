//! A small commented lexicon to begin one's own with.

use super::folder::{LexiconFiles, settings};
use super::schema::SCHEMAS;
use crate::lexicon::Lexicon;

/// The starter's own files; headings, cues and settings are those inside the crate.
const OWN: [(&str, &str); 5] = [
    ("roles/barista.md", include_str!("starter/barista.md")),
    ("roles/baker.md", include_str!("starter/baker.md")),
    ("skills/bread.toml", include_str!("starter/bread.toml")),
    ("skills/coffee.toml", include_str!("starter/coffee.toml")),
    ("skills/general.toml", include_str!("starter/general.toml")),
];

/// The files of a small lexicon with comments, and the schemas that editors complete it by.
///
/// # Errors
/// When a setting of the built-in lexicon cannot be written as TOML.
pub fn starter() -> Result<LexiconFiles, toml::ser::Error> {
    let own = OWN.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
    let schemas = SCHEMAS.into_iter().map(|(name, text)| (format!("schema/{name}"), text.to_owned()));
    let mut files: LexiconFiles = own.chain(schemas).collect();
    for (name, schema) in [("headings.toml", "headings"), ("cues.toml", "cues")] {
        let text = Lexicon::builtin_file(name).unwrap_or_default();
        files.insert(name.to_owned(), format!("#:schema schema/{schema}.schema.json\n{text}"));
    }
    let settings = settings(&Lexicon::builtin())?;
    let manifest = format!("{}{settings}{}", include_str!("starter/lexicon.toml"), include_str!("starter/tail.toml"));
    files.insert("lexicon.toml".to_owned(), manifest);
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classifier::Classifier;
    use crate::lexicon::Scoring;
    use crate::workbench::examples::check;

    #[test]
    fn the_starter_is_sound() {
        let files = starter().expect("plain numbers").into_iter().filter(|(path, _)| !path.starts_with("schema/"));
        let lexicon = Lexicon::from_files("starter", files).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(lexicon.warnings(), []);
        let builtin = Lexicon::builtin();
        let untested = Scoring { doubt: Scoring::UNTESTED, ..builtin.scoring().clone() };
        assert_eq!(*lexicon.scoring(), untested, "settings are read as they were written");
        assert_eq!(lexicon.section_factors(), builtin.section_factors());
        assert_eq!(lexicon.requirement_factors(), builtin.requirement_factors());
        let outcome = check(&Classifier::new(lexicon));
        assert_eq!((outcome.passed, outcome.failures), (2, Vec::new()));
    }
}
