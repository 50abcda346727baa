//! Words by which a line reads like the title of a job, in the languages that boards are in.

/// What people who do jobs are called. A German or Nordic compound ends in one of these.
const CALLINGS: &[&str] = &[
    "accountant",
    "admin",
    "administrador",
    "administrateur",
    "administrator",
    "advisor",
    "agent",
    "analista",
    "analyst",
    "analyste",
    "apprentice",
    "architect",
    "architecte",
    "architekt",
    "assistant",
    "associate",
    "beheerder",
    "berater",
    "bookkeeper",
    "buyer",
    "carer",
    "chef",
    "cleaner",
    "clerk",
    "consultant",
    "controller",
    "cook",
    "coordinator",
    "desarrollador",
    "desenvolvedor",
    "designer",
    "developer",
    "devops",
    "director",
    "doctor",
    "driver",
    "développeur",
    "editor",
    "electrician",
    "engenheiro",
    "engineer",
    "entwickler",
    "executive",
    "expert",
    "facharbeiter",
    "gardener",
    "guard",
    "handler",
    "head",
    "informatiker",
    "ingegnere",
    "ingeniero",
    "ingenieur",
    "ingenjör",
    "ingénieur",
    "inspector",
    "installer",
    "instructor",
    "intern",
    "inżynier",
    "journalist",
    "kaufmann",
    "koch",
    "labourer",
    "lawyer",
    "lead",
    "leiter",
    "librarian",
    "manager",
    "mechanic",
    "medewerker",
    "mitarbeiter",
    "monteur",
    "nurse",
    "officer",
    "ontwikkelaar",
    "operative",
    "operator",
    "owner",
    "paralegal",
    "pharmacist",
    "physicist",
    "picker",
    "planner",
    "plumber",
    "porter",
    "practitioner",
    "producer",
    "programista",
    "programmer",
    "programmierer",
    "receptionist",
    "recruiter",
    "referent",
    "representative",
    "researcher",
    "responsable",
    "sachbearbeiter",
    "scientist",
    "secretary",
    "specialist",
    "spezialist",
    "sre",
    "supervisor",
    "surveyor",
    "sviluppatore",
    "sysadmin",
    "teacher",
    "technician",
    "technicien",
    "techniker",
    "tekniker",
    "tester",
    "therapist",
    "trainee",
    "trainer",
    "tutor",
    "técnico",
    "underwriter",
    "utvecklare",
    "waiter",
    "warden",
    "welder",
    "worker",
    "writer",
];

/// The shortest calling that a compound may end in: `Fachinformatiker`, not `overlook`.
const SHORTEST_END: usize = 7;

/// Whether a line names somebody who does a job: `Head of Payroll`, `Systemadministrator (m/w/d)`.
pub(super) fn names_a_job(line: &str) -> bool {
    line.split(|c: char| !c.is_alphabetic()).any(is_calling)
}

fn is_calling(word: &str) -> bool {
    let word = word.to_lowercase();
    let singular = word.strip_suffix("in").or_else(|| word.strip_suffix('s'));
    ends_in_calling(&word) || singular.is_some_and(ends_in_calling)
}

/// Whether a word is a calling, or a compound with one.
fn ends_in_calling(word: &str) -> bool {
    let ends = word.char_indices().map(|(at, _)| &word[at..]);
    let mut candidates = ends.enumerate().take_while(|(at, end)| *at == 0 || end.len() >= SHORTEST_END);
    candidates.any(|(_, end)| CALLINGS.binary_search(&end).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callings_are_in_order() {
        assert!(CALLINGS.is_sorted());
    }

    #[test]
    fn lines_that_name_a_job() {
        let cases = [
            ("Senior Java Engineer", true),
            ("Entwicklerin (m/w/d)", true),
            ("Fachinformatiker Systemintegration", true),
            ("Ingénieur réseau", true),
            ("Systems Administrators", true),
            ("Heron Ltd", false),
            ("About us", false),
            ("Requirements", false),
            ("We overlook the sea", false),
            ("", false),
        ];
        for (line, expected) in cases {
            assert_eq!(names_a_job(line), expected, "{line}");
        }
    }
}
