//! The inflected forms of English verbs.

/// Verbs with forms that no rule gives, and those forms.
const IRREGULAR: [(&str, &[&str]); 20] = [
    ("build", &["built"]),
    ("rebuild", &["rebuilt"]),
    ("write", &["wrote", "written"]),
    ("rewrite", &["rewrote", "rewritten"]),
    ("run", &["ran"]),
    ("keep", &["kept"]),
    ("lead", &["led"]),
    ("oversee", &["oversaw", "overseen"]),
    ("stand", &["stood"]),
    ("give", &["gave", "given"]),
    ("win", &["won"]),
    ("sell", &["sold"]),
    ("teach", &["taught"]),
    ("make", &["made"]),
    ("draw", &["drew", "drawn"]),
    ("grow", &["grew", "grown"]),
    ("undertake", &["undertook", "undertaken"]),
    ("troubleshoot", &["troubleshot"]),
    ("find", &["found"]),
    ("bring", &["brought"]),
];

/// A normalised verb in all its forms, itself first: `set up`, `sets up`, `setting up`. Of two
/// spellings of which only the ear knows the right one, `developing` and `developping`, both are given.
pub(super) fn inflected(verb: &str) -> Vec<String> {
    let (head, particle) = verb.split_at(verb.find(' ').unwrap_or(verb.len()));
    let mut heads = vec![head.to_owned()];
    heads.push(third_person(head));
    for stem in stems(head) {
        heads.push(format!("{stem}ing"));
        heads.push(past(head, &stem));
    }
    let irregular = IRREGULAR.iter().filter(|(irregular, _)| *irregular == head);
    heads.extend(irregular.flat_map(|(_, forms)| *forms).map(|form| (*form).to_owned()));
    heads.into_iter().map(|head| head + particle).collect()
}

fn third_person(verb: &str) -> String {
    match verb {
        _ if ends_in_consonant_y(verb) => format!("{}ies", &verb[..verb.len() - 1]),
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| verb.ends_with(end)) => format!("{verb}es"),
        _ => format!("{verb}s"),
    }
}

/// The past of a verb, given what stands before its `-ing`.
fn past(verb: &str, stem: &str) -> String {
    if ends_in_consonant_y(verb) { format!("{}ied", &verb[..verb.len() - 1]) } else { format!("{stem}ed") }
}

/// What may stand before `-ing`: without a mute `e`, with the last consonant doubled.
fn stems(verb: &str) -> Vec<String> {
    let vowels = verb.bytes().filter(|byte| is_vowel(*byte)).count();
    if verb.ends_with('e') && !verb.ends_with("ee") && vowels > 1 {
        return vec![verb[..verb.len() - 1].to_owned()];
    }
    let doubled = || format!("{verb}{}", &verb[verb.len() - 1..]);
    match (may_double(verb), vowels) {
        (true, 1) => vec![doubled()],
        (true, _) => vec![verb.to_owned(), doubled()],
        (false, _) => vec![verb.to_owned()],
    }
}

/// Whether it ends in a consonant, a vowel and a consonant that can be doubled.
fn may_double(verb: &str) -> bool {
    let [.., before, vowel, last] = verb.as_bytes() else { return false };
    !is_vowel(*before) && is_vowel(*vowel) && b"bdglmnprt".contains(last)
}

fn ends_in_consonant_y(verb: &str) -> bool {
    matches!(verb.as_bytes(), [.., before, b'y'] if !is_vowel(*before))
}

fn is_vowel(byte: u8) -> bool {
    b"aeiou".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected() {
        let cases: [(&str, &[&str]); 12] = [
            ("build", &["build", "builds", "building", "builded", "built"]),
            ("write", &["write", "writes", "writing", "writed", "wrote", "written"]),
            ("deploy", &["deploy", "deploys", "deploying", "deployed"]),
            ("modify", &["modify", "modifies", "modifying", "modified"]),
            ("patch", &["patch", "patches", "patching", "patched"]),
            ("plan", &["plan", "plans", "planning", "planned"]),
            ("run", &["run", "runs", "running", "runned", "ran"]),
            ("develop", &["develop", "develops", "developing", "developed", "developping", "developped"]),
            ("set up", &["set up", "sets up", "setting up", "setted up"]),
            ("oversee", &["oversee", "oversees", "overseeing", "overseeed", "oversaw", "overseen"]),
            ("design", &["design", "designs", "designing", "designed"]),
            ("maintain", &["maintain", "maintains", "maintaining", "maintained"]),
        ];
        for (verb, forms) in cases {
            assert_eq!(inflected(verb), forms, "{verb}");
        }
    }
}
