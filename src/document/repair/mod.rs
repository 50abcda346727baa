//! Words as they were meant: what copying, converting and breaking of lines did to them is
//! undone before phrases are looked up.
//!
//! A word that a line end divides is put together, names that lost the space between them, or
//! to their version, get it back, spaced letters become words again, and trade marks and the
//! arrows of quoted mail go. The lexicon decides: nothing changes unless the phrases of the
//! table know the result, and a word that they know (`JavaScript`, `k8s`) is never taken apart.

mod glued;
mod lines;
mod marks;
mod spaced;

use super::{Budget, HeadingWord, PhraseTable};
use crate::text::{Edit, Normalised, Span, is_link, link_token};

/// Bytes of the longest token that is looked at; a longer one is no name.
const LONGEST: usize = 48;

/// A posting's text repaired, and where its body begins then.
pub(super) fn repaired(text: Normalised, body: usize, table: &PhraseTable, budget: &Budget) -> (Normalised, usize) {
    let edits = Repairs::new(&text, body, table, budget).edits();
    if edits.is_empty() {
        return (text, body);
    }
    (text.edited(&edits), Edit::shifted(&edits, body))
}

/// Looks for what is to be repaired in one text, from left to right.
struct Repairs<'r> {
    text: &'r Normalised,
    cased: &'r str,
    lower: &'r str,
    body: usize,
    table: &'r PhraseTable,
    budget: &'r Budget,
    /// The token of which it was last asked whether it is a web or mail address, and the answer:
    /// addresses stay as they are.
    address: (Span, bool),
    edits: Vec<Edit>,
    /// The letter that each line begins with whose bullet may be one: `oJava`.
    bullets: Vec<usize>,
    /// What stands before this byte has been dealt with.
    done: usize,
}

impl<'r> Repairs<'r> {
    fn new(text: &'r Normalised, body: usize, table: &'r PhraseTable, budget: &'r Budget) -> Self {
        let (cased, lower) = (text.cased(), text.lower());
        let address = (Span::new(0, 0), false);
        Self { text, cased, lower, body, table, budget, address, edits: Vec::new(), bullets: Vec::new(), done: 0 }
    }

    /// The changes to be made, sorted.
    fn edits(mut self) -> Vec<Edit> {
        let bytes = self.cased.as_bytes();
        self.abbreviations();
        for at in marks::marks(bytes) {
            if at < self.done {
                continue;
            }
            match bytes[at] {
                b'-' => self.divided_word(at),
                b'>' => self.quoted_lines(at),
                b'.' => self.glued_sentence(at),
                b'#' | b'+' => self.sign(at),
                b'(' => self.trade_mark(at),
                _ if self.is_single_letter(at) => self.spaced_letters(at),
                _ => self.glued_words(at),
            }
        }
        self.letter_bullets();
        self.edits.sort_unstable_by_key(|edit| edit.span);
        self.edits
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.cased.as_bytes().get(at).copied()
    }

    fn byte_before(&self, at: usize) -> Option<u8> {
        self.byte(at.checked_sub(1)?)
    }

    /// The ASCII letters and digits around byte `at`; none where there are too many, or where
    /// letters of another kind go on.
    fn token(&self, at: usize) -> Option<Span> {
        let (before, behind) = (&self.cased.as_bytes()[..at], &self.cased.as_bytes()[at..]);
        let is_end = |byte: &u8| !byte.is_ascii_alphanumeric();
        let start = at - before.iter().rev().take(LONGEST).position(is_end).unwrap_or(before.len().min(LONGEST));
        let end = at + behind.iter().take(LONGEST).position(is_end).unwrap_or(behind.len().min(LONGEST));
        self.budget.spend_bytes(end - start);
        let goes_on = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
        let is_whole = end - start <= LONGEST && !goes_on(self.byte_before(start)) && !goes_on(self.byte(end));
        (is_whole && start < end).then(|| Span::new(start, end))
    }

    /// Whether a word in lower case is one of those that the phrases are made of.
    fn knows(&self, word: &str) -> bool {
        self.budget.spend(1);
        word.len() > 1 && (self.table.find(word).is_some() || self.table.has_word(word))
    }

    /// Whether a phrase is a form of a skill.
    fn is_form(&self, phrase: &str) -> bool {
        self.budget.spend(1);
        self.table.find(phrase).is_some_and(|phrase| self.table.meaning(phrase).entries > 0)
    }

    /// Whether a phrase is a heading.
    fn is_heading(&self, phrase: &str) -> bool {
        self.budget.spend(1);
        self.table.find(phrase).is_some_and(|phrase| self.table.meaning(phrase).heading != HeadingWord::default())
    }

    fn is_in_link(&mut self, at: usize) -> bool {
        let (asked, _) = self.address;
        // Each is looked at once, however long it is and however often it is asked of.
        if !(asked.start..asked.end).contains(&at) {
            let token = link_token(self.cased, at);
            self.budget.spend_bytes(token.end - token.start);
            self.address = (token, is_link(token.of(self.cased)));
        }
        self.address.1
    }

    /// Where the line of byte `at` begins, if that is near.
    fn line_start(&self, at: usize) -> Option<usize> {
        let near = &self.cased.as_bytes()[at.saturating_sub(LONGEST)..at];
        match near.iter().rposition(|byte| *byte == b'\n') {
            Some(newline) => Some(at - near.len() + newline + 1),
            None => (near.len() == at).then_some(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::classifier::testing::CLASSIFIER;

    /// The text of a body as it is searched.
    fn read(body: &str) -> String {
        let document = CLASSIFIER.read("Cook", body);
        document.text().cased()[document.body()..].to_owned()
    }

    fn check(cases: &[(&str, &str)]) {
        let wrong = cases.iter().filter(|(text, expected)| read(text) != *expected);
        let wrong: Vec<String> =
            wrong.map(|(text, expected)| format!("{text:?}: {:?}, not {expected:?}", read(text))).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn check_unchanged(texts: &[&str]) {
        check(&texts.iter().map(|text| (*text, *text)).collect::<Vec<_>>());
    }

    #[test]
    fn words_that_a_line_end_divides_are_whole() {
        check(&[
            ("in Post-\ngreSQL or Kuber-\n netes", "in PostgreSQL or Kubernetes"),
            ("PYTHON DEVELOP-\nMENT", "PYTHON DEVELOPMENT"),
            ("unit test-\ning", "unit testing"),
            // what is written with a hyphen keeps it
            ("unit-\ntesting, front-\nend", "unit-testing, frontend"),
            ("T-\nSQL", "TSQL"),
            ("object-\n oriented", "object-oriented"),
            ("a qwer-\nty", "a qwer-ty"),
            // no word is divided
            ("Linux-\nQwerty", "Linux-\nQwerty"),
            ("hops -\nmalt", "hops -\nmalt"),
            ("hops-\n\nmalt", "hops-\n\nmalt"),
            ("hops-\n- malt", "hops-\n- malt"),
        ]);
    }

    #[test]
    fn versions_are_words_of_their_own() {
        check(&[
            ("Java8, .NET6, RHEL8", "Java 8, .NET 6, RHEL 8"),
            ("Python2.7/3", "Python 2.7/3"),
            ("Oracle19c", "Oracle 19c"),
            ("C#9 and F#6", "C# 9 and F# 6"),
            // Found by a property: the letter before the sign is of several bytes.
            (
                "a word of three letters and one more, and then 5\u{20ac}+5",
                "a word of three letters and one more, and then 5\u{20ac}+5",
            ),
            ("SQL Server2019", "SQL Server 2019"),
            ("SQLServer2019", "SQL Server 2019"),
        ]);
        check_unchanged(&["EC2, S3, k8s, IPv6, log4j, OAuth2, H264, Qwerty9", "www.java8.example/Java8"]);
    }

    #[test]
    fn words_that_lost_the_space_between_them_get_it_back() {
        check(&[
            ("JavaScriptPython and LinuxDocker", "JavaScript Python and Linux Docker"),
            ("AWSTerraform", "AWS Terraform"),
            ("#WindowsServer #activedirectory", "#Windows Server #active directory"),
            ("RequirementsPython", "Requirements\nPython"),
            ("Must haveAnsible", "Must have\nAnsible"),
            ("code in Java.RequirementsPython", "code in Java.\nRequirements\nPython"),
            ("write code.Develop software", "write code. Develop software"),
            ("C++Develop, C#.NET", "C++ Develop, C#.NET"),
            ("experience withPython", "experience with Python"),
        ]);
        check_unchanged(&[
            "JavaScript, PowerShell, MySQL, OpenShift, DevOps, GitHub, LaTeX, iPhone, macOS, vSphere",
            "NixOS, cloudIT, #LI-JS1, McQwerty, LinkedIn, YouTube, PayPal",
            "Node.js, ASP.NET, Vue.js, VB.NET",
        ]);
    }

    #[test]
    fn a_letter_is_a_bullet_where_lines_begin_with_it() {
        check(&[
            ("oJava\noPython", "o Java\no Python"),
            ("oJava\nand more", "oJava\nand more"),
            ("oVirt\noVirt", "oVirt\noVirt"),
        ]);
    }

    #[test]
    fn spaced_letters_are_words() {
        check(&[
            ("R E Q U I R E M E N T S\nJava", "REQUIREMENTS\nJava"),
            ("N I C E   T O   H A V E:", "NICE TO HAVE:"),
            ("N I C E T O H A V E", "NICE TO HAVE"),
            ("S k i l l s", "Skills"),
        ]);
        check_unchanged(&["A B C D E", "C, R, D", "Q W E R T Y U"]);
    }

    #[test]
    fn marks_and_arrows_go() {
        check(&[
            ("Windows(R) Server and Oracle(tm)", "Windows Server and Oracle"),
            ("Copyright (C) 2026 Bakery", "Copyright  2026 Bakery"),
            (
                "> You administer Active\n> Directory and look after all the servers\n> every day.",
                "You administer Active Directory and look after all the servers every day.",
            ),
        ]);
        check_unchanged(&["statistics (R) and (C)", "languages(R)", "> Java\n> Python"]);
    }
}
