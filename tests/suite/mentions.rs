//! What is found in sentences from postings: one table a topic, one case a line.
//!
//! A case is a text, the skills that must be found in it (`!` before those that must
//! be found negated) and the skills that must not be found. Skills are named by id.

use std::sync::LazyLock;

use rolelean::document::Section;
use rolelean::lexicon::Lexicon;
use rolelean::matching::{Mention, Requirement};
use rolelean::{Classifier, Posting};

pub static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::new(Lexicon::builtin()));

pub type Case = (&'static str, &'static str, &'static str);

/// The id of the skill that a mention is of.
pub fn id(mention: &Mention) -> &'static str {
    &CLASSIFIER.lexicon().skill(mention.skill).id
}

/// The mentions of a text as `skill`, or `!skill` where negated.
fn shown(found: &[Mention]) -> Vec<String> {
    found.iter().map(|mention| format!("{}{}", if mention.negated { "!" } else { "" }, id(mention))).collect()
}

/// Checks every case of a table and reports all that came out otherwise.
pub fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (text, expected, absent) in cases {
        for name in expected.split_whitespace().chain(absent.split_whitespace()) {
            let name = name.trim_start_matches('!');
            assert!(CLASSIFIER.lexicon().find(name).is_some(), "no skill is called {name}, in the case {text:?}");
        }
        let found = shown(&CLASSIFIER.mentions(text));
        for name in expected.split_whitespace().filter(|name| !found.iter().any(|shown| shown == name)) {
            wrong.push(format!("{text:?}\n    lacks {name}, has {found:?}"));
        }
        for name in
            absent.split_whitespace().filter(|name| found.iter().any(|shown| shown.trim_start_matches('!') == *name))
        {
            wrong.push(format!("{text:?}\n    has {name}, in {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn names_with_signs_are_whole() {
    check(&[
        ("Solid C/C++ on Linux.", "c c-plus-plus linux", "c-sharp"),
        ("Experience with C, C++, C# and F#.", "c c-plus-plus c-sharp f-sharp", ""),
        ("C++ only, no other language is needed", "c-plus-plus", "c c-sharp"),
        ("C# developer", "c-sharp", "c c-plus-plus"),
        ("Written in c++ and c#.", "c-plus-plus c-sharp", "c"),
        ("C#.NET and SQL Server", "c-sharp dot-net microsoft-sql-server", "c"),
        ("C++11/14 and C++20", "c-plus-plus", "c"),
        // Found by fuzzing: the sign is one character.
        ("℀++ is no language", "", "c-plus-plus"),
        ("C\\+\\+, C\\# and \\.NET, escaped by Markdown", "c-plus-plus c-sharp dot-net", "c"),
        ("C&#43;&#43; and C&#35;", "c-plus-plus c-sharp", "c"),
        ("**C#**, _F#_ and `C++`", "c-sharp f-sharp c-plus-plus", "c"),
        ("(C#), [C++]; \"F#\"", "c-sharp c-plus-plus f-sharp", "c"),
        (".NET, ASP.NET and VB.NET", "dot-net asp-dot-net visual-basic-dot-net", ""),
        ("ASP.NET MVC since 2015", "asp-dot-net", "dot-net"),
        ("Net sales grew; the net is full", "", "dot-net"),
        ("Node.js, Vue.js and Next.js", "node-js vue-js next-js", "javascript"),
        ("nodejs or Node JS", "node-js", "javascript"),
        ("CI/CD with GitLab", "ci-cd gitlab", "continuous-integration"),
        ("CI / CD, CI-CD and CICD", "ci-cd", ""),
        ("TCP/IP, UDP and DNS", "tcp-ip dns", ""),
        ("PL/SQL and T-SQL", "pl-sql t-sql", "sql"),
        ("802.1x on the campus network", "network-security", ""),
        ("Objective-C and Swift for iOS", "objective-c swift", "c"),
        ("Objective C code base", "objective-c", "c"),
        ("OS/400, AS/400 and S/4HANA", "as-400 sap", ""),
        ("HTML5/CSS3/JS", "html css javascript", ""),
    ]);
}

#[test]
fn a_word_inside_another_is_none() {
    check(&[
        ("JavaScript and TypeScript", "javascript typescript", "java"),
        ("javascript-based pages", "javascript", "java"),
        ("MySQL and NoSQL", "mysql nosql", "sql"),
        ("PostgreSQL 14", "postgresql", "sql"),
        ("Scalable, gitlabbed and perlescent golems", "", "scala gitlab perl go"),
        ("Hálózat, elkülönít és goesz", "", "elk-stack go"),
        ("Ruby on Rails", "ruby-on-rails", "ruby"),
        ("React Native and Redux", "react-native redux", "react"),
        ("Spring Boot microservices", "spring-boot microservices", "spring-framework"),
        ("SQL Server 2019", "microsoft-sql-server", "sql"),
        ("Visual Studio Code and Java", "visual-studio-code java", "visual-studio"),
        ("Azure DevOps", "azure-devops", "devops microsoft-azure"),
        ("GitHub Actions", "github-actions", "github git"),
        ("Linux administration", "linux-administration", "linux"),
    ]);
}

#[test]
fn spellings_that_mean_the_same_are_the_same() {
    check(&[
        ("front-end and back-end", "front-end-development back-end-development", ""),
        ("front end and back end", "front-end-development back-end-development", ""),
        ("frontend and backend", "front-end-development back-end-development", ""),
        ("Front\u{2011}End / Back\u{2010}End", "front-end-development back-end-development", ""),
        ("front\u{2013}end, back\u{2212}end", "front-end-development back-end-development", ""),
        ("FRONT-END AND BACK-END", "front-end-development back-end-development", ""),
        ("object-\noriented design, wrapped at its hyphen", "object-oriented-programming", ""),
        ("continuous\n  integration   and\tcontinuous \r\n delivery", "ci-cd", ""),
        ("Google\u{a0}Cloud\u{a0}\u{a0}Platform", "google-cloud-platform", ""),
        ("Google&nbsp;Cloud&nbsp;Platform", "google-cloud-platform", ""),
        ("Ko\u{ad}tlin and kuber\u{200b}netes", "kotlin kubernetes", ""),
        ("Ｊａｖａ ａｎｄ Ｋｕｂｅｒｎｅｔｅｓ，Ｃ＋＋ and Ｃ＃", "java kubernetes c-plus-plus c-sharp", "c"),
        ("Java™, Kubernetes® and \u{feff}Docker\u{fe0f}", "java kubernetes docker", ""),
        ("a master’s or a bachelor‘s degree", "master-s-degree", ""),
        ("Bachelor's degree in Computer Science", "computer-science-degree", ""),
        ("“Terraform” and ‘Ansible’ and «Puppet»", "terraform ansible puppet", ""),
        ("Python–based tools", "python", ""),
        ("oﬃce automation, workﬂow and conﬁguration management", "configuration-management", ""),
    ]);
}

#[test]
fn compounds_plurals_and_possessives_count() {
    check(&[
        ("Python-based tools", "python", ""),
        ("a Java-centric, Linux-hosted shop", "java linux", ""),
        ("pre-Kubernetes and non-Java people", "kubernetes !java", ""),
        ("firewalls and a firewall", "firewalls", ""),
        ("load balancer", "load-balancers", ""),
        ("load balancers", "load-balancers", ""),
        ("unit test and code reviews", "code-review", ""),
        ("Kubernetes' API and Docker's images", "kubernetes docker", ""),
        ("Terraform’s state", "terraform", ""),
        ("data structure and algorithm design", "data-structures", ""),
        ("the REST APIs", "rest-api", ""),
        ("design pattern", "design-patterns", ""),
    ]);
}

#[test]
fn phrases_do_not_reach_across_paragraphs_or_sentences() {
    check(&[
        ("We love continuous\n\nintegration is a word", "", "continuous-integration"),
        ("We sell software. Engineering is fun.", "", "software-engineering"),
        ("Know software, engineering, and law", "", "software-engineering"),
        ("Ruby. On Rails we travel.", "", "ruby-on-rails"),
    ]);
}

#[test]
fn offsets_survive_characters_that_change_length() {
    let cases = [
        ("İİİ React Native", "react-native", "React Native"),
        ("İstanbul: ＫＵＢＥＲＮＥＴＥＳ!", "kubernetes", "ＫＵＢＥＲＮＥＴＥＳ"),
        ("ﬁne ﬂow of oﬃces, Terraform", "terraform", "Terraform"),
        ("👩‍💻🚀 Kotlin 🎉", "kotlin", "Kotlin"),
        ("日本語 Kubernetes、東京", "kubernetes", "Kubernetes"),
        ("naïve re\u{301}sume\u{301}, Ansible", "ansible", "Ansible"),
        ("ẞßſ — PostgreSQL…", "postgresql", "PostgreSQL"),
        ("¾ of ½ № 5 ™ TypeScript", "typescript", "TypeScript"),
        ("&amp;&lt;&nbsp; C&#35;, &eacute;", "c-sharp", "C&#35;"),
        ("a\u{200b}b \u{feff}Kuber\u{ad}netes.", "kubernetes", "Kuber\u{ad}netes"),
        ("ab  CI \u{a0}/\u{a0} CD  x", "ci-cd", "CI \u{a0}/\u{a0} CD"),
        ("\r\n\r\n\t Linux\r\nadministration", "linux-administration", "Linux\r\nadministration"),
        ("wrapped object-\n  oriented design", "object-oriented-programming", "object-\n  oriented design"),
        ("C\\+\\+ \\#1", "c-plus-plus", "C\\+\\+"),
        ("שלום Java עולם", "java", "Java"),
    ];
    for (text, skill, original) in cases {
        let found = CLASSIFIER.mentions(text);
        let spans: Vec<&str> =
            found.iter().filter(|mention| id(mention) == skill).map(|mention| mention.span.of(text)).collect();
        assert_eq!(spans, [original], "{skill} in {text:?}");
    }
}

#[test]
fn offsets_refer_to_the_whole_text_when_the_body_starts_late() {
    let text = "Kotlin engineer 🚀\n\nWe use Kotlin.";
    let body = text.find("We").expect("a body");
    let posting = Posting { body_start: body, ..Posting { text: text.to_owned(), ..Posting::default() } };
    let analysis = CLASSIFIER.classify(&posting).expect("within its budget");
    let found = &analysis.evidence.mentions;
    let spans: Vec<&str> = found.iter().map(|mention| mention.span.of(text)).collect();
    assert_eq!(spans, ["Kotlin"], "the title does not count");
    assert!(found[0].span.start > body);
}

#[test]
fn overlapping_readings_are_settled_by_rule() {
    check(&[
        // A longer form that fails its boundary does not hide a shorter one.
        ("Spring Bootstrap and Java", "spring-framework java", "spring-boot"),
        ("React Nativity and Redux", "react redux", "react-native"),
        ("SQL Servers and SQL serverless", "microsoft-sql-server sql", ""),
        ("Google Cloud Platformer and Java", "google-cloud-platform java", ""),
        // A candidate without context does not hide a longer one.
        ("Network Systems Administrator", "systems-administrator", "networking"),
        ("Linux Systems Administrator", "linux-engineer", ""),
        // A phrase that means something else swallows what lies in it, not what reaches beyond.
        ("Own the go-to-market plan, with Python and Java.", "python java", "go"),
        ("go to market with Go, Java and Python", "go java python", ""),
        ("Go to Market Lead; Java, Python", "java python", "go"),
        ("We react to Java incidents and use React, Redux and CSS", "react redux", ""),
    ]);
}

#[test]
fn two_negations_ask_for_what_they_name() {
    check(&[
        ("Please do not apply if you have no Java experience.", "java", ""),
        ("Candidates without C++ will not be considered.", "c-plus-plus", ""),
        ("We cannot consider applicants who lack Terraform.", "terraform", ""),
        ("There is no shortage of Linux problems.", "linux", ""),
        ("You have no fear of Kubernetes.", "kubernetes", ""),
        ("Java developers need not apply.", "!java", ""),
        ("A non-Java background is welcome, as is Kotlin.", "!java kotlin", ""),
        ("Relational and non-relational databases", "nosql", ""),
        ("Not only Java but also Kotlin", "java kotlin", ""),
        ("You cannot do this job without Terraform.", "terraform", ""),
        ("Kubernetes is not essential but would be an advantage.", "kubernetes", ""),
        ("There is no Windows here, only Linux.", "!windows linux", ""),
    ]);
}

#[test]
fn negation_ends_with_its_clause() {
    check(&[
        ("You know Java and SQL; no knowledge of SAP is required.", "java sql !sap", ""),
        ("This is not a software development role.", "!software-development", ""),
        (
            "This is not a software development role. You install Linux servers.",
            "!software-development linux-administration",
            "",
        ),
        ("Experience with Java but no Python", "java !python", ""),
        ("No Python, but Java and SQL", "!python java sql", ""),
        ("Not only Java but also Kotlin", "java kotlin", ""),
        ("Not just Terraform, Ansible too", "terraform ansible", ""),
        ("including but not limited to Docker and Kubernetes", "docker kubernetes", ""),
        ("We do not use Java or Kotlin; we use Ruby on Rails.", "!java !kotlin ruby-on-rails", ""),
        ("We do not use Java, Kotlin, or Scala.", "!java !kotlin !scala", ""),
        ("No Java.\nPython and Docker.", "!java python docker", ""),
        ("No PHP! Python and Docker.", "!php python docker", ""),
        ("No PHP here\n\nPython and Docker", "!php python docker", ""),
        ("* No PHP\n* Python\n* Docker", "!php python docker", ""),
        ("Java\nNo PHP\nPython\nKubernetes", "java !php python kubernetes", ""),
        ("We never write Perl. Python is our language.", "!perl python", ""),
        ("Java without any XML, however with Docker", "java !xml docker", ""),
        ("No visa sponsorship. Java and Docker.", "java docker", ""),
        ("Java (no PHP) and Docker", "java !php docker", ""),
        ("No two days with Kubernetes are alike.", "kubernetes", ""),
        ("Python instead of Perl", "python !perl", ""),
        ("Perl is not required. Python and Docker are.", "python docker", ""),
        ("e.g. not Perl, e.g. Java in production", "!perl", ""),
    ]);
}

#[test]
fn a_skill_that_is_only_negated_still_shows_where() {
    let text = "You run servers. This is not a software development role.";
    let found = CLASSIFIER.mentions(text);
    let negated: Vec<&str> =
        found.iter().filter(|mention| mention.negated).map(|mention| mention.span.of(text)).collect();
    assert_eq!(negated, ["software development"]);
}

/// Section and requirement of the first mention of `skill`.
fn standing(text: &str, skill: &str) -> (Section, Requirement) {
    let found = CLASSIFIER.mentions(text);
    let mention = found.iter().find(|mention| id(mention) == skill);
    let mention = mention.unwrap_or_else(|| panic!("no {skill} in {text:?}, but {:?}", shown(&found)));
    (mention.section, mention.requirement)
}

#[test]
fn sections_are_told_by_their_headings() {
    use Section::{About, Benefits, Other, Preferred, Requirements, Responsibilities};
    let cases = [
        // newlines kept
        ("Requirements:\n- Kotlin\n- SQL", Requirements),
        ("## What you will do\n\nWrite Kotlin.", Responsibilities),
        ("**Qualifications**\n* Kotlin", Requirements),
        ("What You’ll Do\n\nKotlin every day\n\nBenefits\n\nDental", Responsibilities),
        ("Nice to have\n• Kotlin", Preferred),
        ("About us\n\nWe build a Kotlin compiler.", About),
        ("Requirements\nSQL\n\nBenefits\nA Kotlin course", Benefits),
        ("Kotlin here.\n\nRequirements\nSQL", Other),
        ("WHO YOU ARE\n\nKotlin wizard", Requirements),
        ("Key Responsibilities:\n1. Kotlin", Responsibilities),
        // newlines lost
        (
            "We are a bank. Requirements: * 5 years of Kotlin * SQL and quite some more words to make it long",
            Requirements,
        ),
        (
            "We are a bank. Responsibilities: Write Kotlin, run tests and talk to the people in the branches.",
            Responsibilities,
        ),
        ("We sell shoes and boots to nearly everybody NICE TO HAVE * Kotlin and other things * English", Preferred),
    ];
    for (text, section) in cases {
        assert_eq!(standing(text, "kotlin").0, section, "{text:?}");
    }
}

#[test]
fn what_is_only_welcome_is_preferred() {
    use Requirement::{Preferred, Required, Unstated};
    let cases = [
        ("Kotlin is a plus.", Preferred),
        ("Nice to have: Kotlin", Preferred),
        ("Ideally you know Kotlin.", Preferred),
        ("Kotlin preferred", Preferred),
        ("Kotlin experience is an advantage, SQL too", Preferred),
        ("Bonus points for Kotlin", Preferred),
        ("Kotlin (nice to have)", Preferred),
        ("Preferred Qualifications\n* Kotlin", Preferred),
        ("Nice to have\n\nKotlin\n\nRequirements\n\nSQL", Preferred),
        ("SQL is a plus. Kotlin is what we write.", Unstated),
        ("SQL is a plus. You must have Kotlin.", Required),
        ("- SQL is a plus\n- Kotlin is a must", Required),
        ("Kotlin is required; SQL is a plus", Required),
        ("Requirements\n* Kotlin\n* SQL is a plus", Required),
        ("We write Kotlin.", Unstated),
    ];
    for (text, requirement) in cases {
        assert_eq!(standing(text, "kotlin").1, requirement, "{text:?}");
    }
}

#[test]
fn addresses_hold_no_skills() {
    check(&[
        ("See https://kubernetes.io/docs/linux and http://java.com", "", "kubernetes linux java"),
        ("Mail docker@python.org, or call", "", "docker python"),
        ("www.terraform.io/intro is worth a read", "", "terraform"),
        ("Our code: github.com/acme/kubernetes-tools", "", "kubernetes github"),
        ("[Ansible](https://docs.ansible.com/linux) and Terraform", "ansible terraform", "linux"),
        ("Apply at https://jobs.acme.com/java-developer. We use Kotlin.", "kotlin", "java"),
        ("Contact: java+jobs@acme.com. Kotlin, please", "kotlin", "java"),
        ("Kotlin @ Acme, Terraform @ home", "kotlin terraform", ""),
        ("ASP.NET/C# and Node.js/React", "asp-dot-net c-sharp node-js react", ""),
    ]);
}

#[test]
fn signs_and_compounds_are_not_lost() {
    // Complaint 3: names with signs that never match, compounds that are missed.
    check(&[
        ("C++, C# and .NET", "c-plus-plus c-sharp dot-net", ""),
        ("c++,c#,.net", "c-plus-plus c-sharp dot-net", ""),
        ("•C++ •C# •.NET", "c-plus-plus c-sharp dot-net", ""),
        ("Python-based Front-End", "python front-end-development", ""),
    ]);
}

#[test]
fn a_dislike_does_not_count() {
    // Complaint 4: "not interested in" scored as if wanted; negation that leaks into the next sentence.
    check(&[
        ("We are not interested in MySQL.", "!mysql", ""),
        ("We are not interested in MySQL. PostgreSQL is our database.", "!mysql postgresql", ""),
        ("No recruiters please. Kotlin and Docker.", "kotlin docker", ""),
        ("There is no dress code. We use Kotlin and Docker.", "kotlin docker", ""),
    ]);
}

#[test]
fn company_text_and_benefits_are_told_from_the_work() {
    // Complaint 5: preferred taken for required, "what we're looking for" left empty, benefits swept in.
    let text = "About us\n\nWe host Java.\n\nWhat we’re looking for\n\nKotlin\n\nNice to haves\n\nDocker\n\nBenefits\n\n\
                A Python course.\n\nEqual Opportunity\n\nWe welcome Perl monks.";
    let cases = [
        ("java", Section::About),
        ("kotlin", Section::Requirements),
        ("docker", Section::Preferred),
        ("python", Section::Benefits),
        ("perl", Section::Legal),
    ];
    for (skill, section) in cases {
        assert_eq!(standing(text, skill).0, section, "{skill}");
    }
    assert_eq!(standing(text, "kotlin").1, Requirement::Required);
    assert_eq!(standing(text, "docker").1, Requirement::Preferred);
}

#[test]
fn names_of_one_skill_are_one_skill() {
    // Complaint 6: singular and plural reported apart; abbreviations that are not their long forms.
    let cases: [(&str, &[&str]); 9] = [
        (
            "microsoft-excel",
            &["Excel skills and Word", "Excel skill and Word", "Microsoft Excel", "MS Excel", "Excel spreadsheets"],
        ),
        ("javascript", &["JavaScript", "Javascript", "JS and HTML", "ECMAScript", "java script"]),
        ("kubernetes", &["Kubernetes", "k8s", "K8s"]),
        ("postgresql", &["PostgreSQL", "Postgres", "postgres"]),
        ("typescript", &["TypeScript", "Typescript", "type script"]),
        ("amazon-s3", &["Amazon S3", "AWS S3", "S3 buckets"]),
        ("object-oriented-programming", &["OOP", "object-oriented programming", "object oriented design"]),
        ("ci-cd", &["CI/CD", "CI/CD pipelines", "continuous integration and delivery"]),
        ("active-directory", &["Active Directory", "MS Active Directory", "Microsoft Active Directory"]),
    ];
    for (skill, spellings) in cases {
        for spelling in spellings {
            let found = CLASSIFIER.mentions(spelling);
            assert!(found.iter().any(|mention| id(mention) == skill), "{spelling:?}: {:?}", shown(&found));
        }
    }
}

#[test]
fn overlaps_and_letters_beyond_ascii_lose_nothing() {
    // Complaint 7: spans shifted by "İ", matches lost where forms overlap, ASCII word boundaries.
    check(&[
        ("Az elkötelezett kolléga, elk és társai", "", "elk-stack"),
        ("ÉJava, Javaé and ñPerl", "", "java perl"),
        ("Java、Kubernetes，Docker。", "java kubernetes docker", ""),
        ("SQL Server Integration Services and SQL Server Reporting Services", "ssis ssrs", ""),
        ("Linux/AIX/Windows Server 2019", "linux aix windows-server", ""),
        ("AWS Lambda functions, AWS and Lambda", "aws-lambda aws", ""),
        ("Kubernetes Kubernetes Kubernetes", "kubernetes", ""),
        ("Java/J2EE/Spring Boot/Hibernate/JPA", "java spring-boot hibernate jpa", ""),
    ]);
    let twice = CLASSIFIER.mentions("Kubernetes,Kubernetes");
    assert_eq!(twice.len(), 2);
}

#[test]
fn every_example_of_the_embedded_lexicon_comes_out_as_it_says() {
    let failures: Vec<String> =
        rolelean::workbench::check(&CLASSIFIER).failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn an_empty_text_holds_nothing() {
    for text in ["", " ", "\n\n\n", "\u{200b}", "…", "&nbsp;", "🙂"] {
        let found = CLASSIFIER.mentions(text);
        assert_eq!((found.len(), CLASSIFIER.read("", text).words()), (0, 0), "{text:?}");
    }
    assert_eq!(CLASSIFIER.read("", "Two words - and 3, of C++").words(), 6);
}

#[test]
fn words_are_read_as_they_were_meant() {
    check(&[
        ("Written in Type-\nScript on Kuber-\nnetes", "typescript kubernetes", ""),
        ("unit-\ntesting and T-\nSQL", "unit-testing t-sql", "sql"),
        ("Python3.11, RHEL8, .NET8 and C#12", "python red-hat-enterprise-linux dot-net c-sharp", "c"),
        ("PostgreSQLRedis, then KubernetesTerraform", "postgresql redis kubernetes terraform", ""),
        ("tags: spring_boot, sql_server #activedirectory", "spring-boot microsoft-sql-server active-directory", ""),
        // A form ends where its line does.
    ]);
}

#[test]
fn two_skills_in_one_phrase_are_both_found() {
    check(&[
        ("Skills: UNIX/Linux, Bash", "unix linux", ""),
        ("Java Spring Boot with Git", "java spring-boot", ""),
        ("Windows/Linux administration", "windows-server linux-administration", ""),
        ("front and back end work", "front-end-development back-end-development", ""),
        ("React and React Native", "react react-native", ""),
        ("PL/SQL, TCP/IP and CI/CD", "pl-sql tcp-ip ci-cd", "sql"),
        ("Rules of a web application firewall", "firewalls", "web-applications"),
    ]);
}

#[test]
fn lines_in_capitals_hold_names_and_words() {
    check(&[
        ("KNOWLEDGE OF KUBERNETES, TERRAFORM, VAULT AND GO", "kubernetes terraform hashicorp-vault go", ""),
        ("YOU REST WELL AND REACT QUICKLY, WITH PATIENCE", "", "react"),
    ]);
}
