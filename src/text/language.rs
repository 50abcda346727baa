//! Which language a text is in.

use whatlang::Lang;

use super::bytes::{BLOCK, block, load, mask, ones, word_mask};

/// How much of a text is looked at.
const SAMPLE: usize = 1200;
/// Fewer letters than this say too little.
const FEWEST_LETTERS: usize = 60;
/// One English function word among this many words makes a text English without
/// further looking; other languages do not come near.
const ENGLISH_ONE_IN: usize = 12;
/// What the detector must be sure of, on its own scale from 0 to 1.
const SURE: f64 = 0.9;

/// The language of a text as its ISO 639-1 code, or `None` where it is too short or
/// too mixed to say.
///
/// Plain English, which most postings are, is recognised by its function words in a
/// microsecond or two; the rest is left to trigrams, which take fifty times as long.
#[must_use]
pub fn language_of(text: &str) -> Option<&'static str> {
    let sample = sample(text);
    if sample.chars().filter(|c| c.is_alphabetic()).take(FEWEST_LETTERS).count() < FEWEST_LETTERS {
        return None;
    }
    let letters = letters(sample);
    let words: usize = word_starts(&letters).map(|starts| starts.count_ones() as usize).sum();
    let enough = words.div_ceil(ENGLISH_ONE_IN);
    let english = english_words(sample, &letters, enough);
    if english == enough {
        return Some("en");
    }
    let info = whatlang::detect(sample)?;
    // Lists of product names have few function words of any language, and look like
    // all of them; where there are some, they are English.
    let sure = info.confidence() >= SURE && (info.lang() == Lang::Eng || english * 40 < words);
    sure.then(|| code(info.lang()))
}

/// The beginning of the text, without what comes before the first letter.
fn sample(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// How many words are English function words that other languages do not have; `enough` of them are not
/// looked beyond, for most texts begin with so many.
fn english_words(text: &str, letters: &[u64], enough: usize) -> usize {
    let mut english = 0;
    for ((at, this), starts) in (0..).step_by(BLOCK).zip(letters.windows(2)).zip(word_starts(letters)) {
        for start in ones(starts) {
            if english == enough {
                return enough;
            }
            // The letters from the start on, into the next block.
            let run = this[0] >> start | (this[1] << 1) << (BLOCK - 1 - start);
            english += usize::from(is_english(text.as_bytes(), at + start, run.trailing_ones()));
        }
    }
    english
}

/// Where words begin, block by block.
fn word_starts(letters: &[u64]) -> impl Iterator<Item = u64> {
    let mut after_letter = 0;
    letters.iter().map(move |block| {
        let starts = block & !(block << 1 | after_letter);
        after_letter = block >> (BLOCK - 1);
        starts
    })
}

/// The bytes of letters and digits of any script, block by block, and an empty block behind.
fn letters(text: &str) -> Vec<u64> {
    let bytes = text.as_bytes();
    let starts = (0..bytes.len()).step_by(BLOCK);
    let blocks = || starts.clone().map(|at| block(bytes, at));
    let mut letters: Vec<u64> = blocks().map(|block| word_mask(&block)).chain([0]).collect();
    for (from, block) in starts.clone().zip(blocks()) {
        for at in ones(mask(&block, |byte| byte >= 0xC0)).map(|place| from + place) {
            let c = text[at..].chars().next().filter(|c| c.is_alphanumeric());
            for byte in at..at + c.map_or(0, char::len_utf8) {
                letters[byte / BLOCK] |= 1 << (byte % BLOCK);
            }
        }
    }
    letters
}

/// Whether the word at byte `at` of a text, so many bytes long, is English.
fn is_english(text: &[u8], at: usize, len: u32) -> bool {
    const WORDS: [&[u8]; 14] = [
        b"and", b"the", b"you", b"our", b"for", b"with", b"will", b"your", b"are", b"this", b"that", b"from", b"who",
        b"their",
    ];
    /// The words as numbers, so that one is compared with all of them in few steps.
    const NUMBERS: [u64; WORDS.len()] = {
        let mut numbers = [0; WORDS.len()];
        let mut at = 0;
        while at < WORDS.len() {
            let mut byte = WORDS[at].len();
            while byte > 0 {
                byte -= 1;
                numbers[at] = numbers[at] << 8 | WORDS[at][byte] as u64;
            }
            at += 1;
        }
        numbers
    };
    const LOWER: u64 = 0x2020_2020_2020_2020;
    let word = (load(text, at) | LOWER) & !u64::MAX.checked_shl(8 * len).unwrap_or(0);
    // All are compared, for which word it is no one could foresee.
    NUMBERS.iter().fold(false, |is_any, number| is_any | (*number == word))
}

/// The two-letter code.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Afr => "af",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Ara => "ar",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Cym => "cy",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Guj => "gu",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jav => "jv",
        Lang::Jpn => "ja",
        Lang::Kan => "kn",
        Lang::Kat => "ka",
        Lang::Khm => "km",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Mal => "ml",
        Lang::Mar => "mr",
        Lang::Mkd => "mk",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Ori => "or",
        Lang::Pan => "pa",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Sin => "si",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tgl => "tl",
        Lang::Tha => "th",
        Lang::Tuk => "tk",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Yid => "yi",
        Lang::Zul => "zu",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn languages_are_told_apart() {
        let cases = [
            ("You will write code for our platform and keep it running with the rest of the team.", Some("en")),
            (
                "Wir suchen einen Systemingenieur, der unsere Server betreut und die Überwachung weiter ausbaut. Du \
                 arbeitest im Team mit anderen Abteilungen und sorgst dafür, dass der Betrieb läuft.",
                Some("de"),
            ),
            (
                "Nous recherchons un ingénieur logiciel qui développera nos applications et travaillera avec les autres \
                 équipes de l'entreprise pour améliorer la qualité du code.",
                Some("fr"),
            ),
            (
                "Buscamos una persona que administre nuestros servidores y que trabaje con los demás equipos para mejorar \
                 la calidad de los servicios que ofrecemos a nuestros clientes.",
                Some("es"),
            ),
            ("Java, Kubernetes", None),
            ("", None),
            ("12 34 56 !!!", None),
        ];
        for (text, expected) in cases {
            assert_eq!(language_of(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn words_are_counted_as_by_splitting(
            text in "((and|The|YOUR|their|them|an|é|éand|andé|\u{2019}|12|ands)([ .,\u{a0}–'-]{0,2}|[a-z]{50,70})){0,60}"
        ) {
            let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            let is_known = |word: &&str| ["and", "the", "your", "their"].contains(&word.to_lowercase().as_str());
            let letters = letters(&text);
            let starts: u32 = word_starts(&letters).map(u64::count_ones).sum();
            prop_assert_eq!(starts as usize, words().count());
            let english = words().filter(is_known).count();
            prop_assert_eq!([3, usize::MAX].map(|enough| english_words(&text, &letters, enough)), [english.min(3), english]);
        }
    }

    #[test]
    fn every_language_has_a_code_of_its_own() {
        let codes: BTreeSet<&str> = Lang::all().iter().map(|lang| code(*lang)).collect();
        assert_eq!(codes.len(), Lang::all().len());
        assert!(codes.iter().all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())));
    }

    #[test]
    fn a_list_of_products_is_no_language() {
        let list = "* Java, Kotlin, Scala\n* Spring Boot, Hibernate\n* Kafka, RabbitMQ, Redis\n* PostgreSQL, Oracle\n\
                    * Docker, Kubernetes, Helm, Terraform, Ansible, Jenkins, Grafana, Prometheus";
        assert!(matches!(language_of(list), None | Some("en")));
    }
}
