//! What a word stands for: a skill, or a name, a letter, a colleague's work, another trade. The
//! cases are written as those of `mentions.rs`.

use rolelean::lexicon::SkillLeaning;

use crate::mentions::{CLASSIFIER, check, id};

#[test]
fn single_letters_in_other_names_are_no_languages() {
    check(&[
        ("Our R&D team writes Python and SAS.", "python sas", "r"),
        ("Our R&amp;D team writes Python and SAS.", "python sas", "r"),
        ("Our R & D group writes Python and SAS.", "python sas", "r"),
        ("R, SAS and MATLAB for statistics", "r sas matlab", ""),
        ("C-level sponsors of a Python and Java platform", "python java", "c"),
        ("Series C startup: Python, Java and Kubernetes", "python java kubernetes", "c"),
        ("Class C licence; Python and C++", "python c-plus-plus", "c"),
        ("USB-C docks, Python, C++ firmware", "c-plus-plus", "c"),
        ("Washington, D.C. Java, Kubernetes and C++", "java kubernetes c-plus-plus", "c"),
        ("Send your C.V. with Java and C++ samples", "java c-plus-plus", "c"),
        ("J. C. Penney hires Java, C++ and Python people", "java c-plus-plus", "r"),
        ("Vitamin C and hepatitis C; the C major scale and F# minor", "", "c f-sharp"),
        ("Grade C+ in mathematics", "", "c c-plus-plus"),
        ("Embedded C on ARM", "c", ""),
        ("C programming under Linux", "c linux", ""),
    ]);
}

#[test]
fn ambiguous_words_need_company() {
    check(&[
        ("We use Go and Kubernetes.", "go kubernetes", ""),
        ("Go, Rust and Swift services", "go rust swift", ""),
        ("Golang", "go", ""),
        ("Go to the office and write Python.", "python", "go"),
        ("You will go the extra mile for Java and Python.", "java python", "go"),
        ("Let's go! Java and Kubernetes await.", "java kubernetes", "go"),
        ("Join us this spring to write Java.", "java", "spring-framework"),
        ("Spring, Hibernate and Java", "spring-framework hibernate java", ""),
        ("A swift response to Java incidents", "java", "swift"),
        ("Swift and Objective-C", "swift objective-c", ""),
        ("React, Angular and Vue", "react angular vue-js", ""),
        ("You react to Kubernetes alerts.", "kubernetes", "react"),
        ("Chef, Puppet and Ansible", "chef puppet ansible", ""),
        ("Our chef cooks for the Ansible and Kubernetes team.", "ansible kubernetes", ""),
        ("Excel at Java and Kubernetes", "java kubernetes", "microsoft-excel"),
        ("Word, Excel and PowerPoint", "microsoft-word microsoft-excel powerpoint", ""),
        ("Spread the word about Java and Docker", "java docker", "microsoft-word"),
        ("a flask of coffee and a Python script", "python", "flask"),
        ("Django, Flask and Python", "django flask python", ""),
        ("rust on the pipes and Linux at home", "linux", "rust"),
        ("Express yourself in Java", "java", "express-js"),
        ("Node, Express and MongoDB", "express-js mongodb", ""),
        ("the salt of the earth, with Java and SQL", "java sql", "saltstack"),
        ("a bash in Berlin", "", "bash"),
        ("Bash and Python scripts", "bash python", ""),
        ("Access the building; Java inside", "java", "microsoft-access"),
        ("Kafka, Spark and Flink", "apache-kafka apache-spark apache-flink", ""),
        ("Read Kafka and Goethe with the class.", "", "apache-kafka"),
        ("Less talk, more Java", "java", "less"),
        ("*nix and Java; you run *nix servers", "unix java", ""),
        ("Sass, Less and CSS", "sass less css", ""),
        ("Make a difference with Java and SQL", "java sql", "make"),
    ]);
}

#[test]
fn names_of_employers_people_and_places_are_no_skills() {
    check(&[
        ("Oracle is hiring for Windows Server and VMware.", "vmware", "oracle-database"),
        ("At GitLab, we work on Kubernetes and Terraform.", "kubernetes", "gitlab"),
        ("Swift Logistics needs a Java developer with Python.", "java python", "swift"),
        ("About Snowflake\n\nYou run Kubernetes and Terraform.", "kubernetes", "snowflake"),
        ("You know Snowflake, Kubernetes and Terraform.", "snowflake kubernetes", ""),
        ("Contact Ruby Jones about this role in Java and Python.", "java python", "ruby"),
        ("Questions on Java and Python? Ask Ruby Jones.", "java python", "ruby"),
        // A title of a person that is a part of a name is none.
        ("We use MS Office ClickHouse and Java.", "microsoft-office clickhouse java", ""),
        ("Call Center Python and Java", "python java", ""),
        ("We ask Python Developers to know Java.", "python java", ""),
        ("Meet Python Developers who write Java.", "python java", ""),
        ("Ruby Patel leads the team. Write Python and SQL in Django.", "django", "ruby"),
        ("Call Ruby on extension 12. Skills: Java and Python.", "java", "ruby"),
        ("Write Ruby, Java and Python.", "ruby java", ""),
        ("You report to Julia Smith. You write Python and SQL.", "python sql", "julia"),
        ("Our office is in Salesforce Tower.", "", "salesforce"),
        ("Tours to the island of Java", "", "java"),
        ("We roast coffee from Java.", "", "java"),
        ("A docker is needed at the port.", "", "docker"),
        ("We use Docker.", "docker", ""),
    ]);
}

#[test]
fn letters_and_marks_are_no_languages() {
    check(&[
        ("Windows(R) Server on Intel(R) hosts, Python and SQL", "python", "r"),
        ("Copyright (C) 2026. Java and Python.", "java", "c"),
        ("Java and Python. Send your CV to R. Smith.", "java", "r"),
        ("You write Java and Python and report to Dr C. Jones.", "java", "c"),
        ("Java and Python for Series A to C start-ups", "java", "c"),
        ("Python and Java in Block C, for grades A to C", "python java", "c"),
        ("Java, Python and C. Knowledge of SQL.", "java c sql", ""),
        ("Python, R and SQL", "r", ""),
        ("Java and Python; hold Go, No-Go reviews", "java", "go"),
    ]);
}

#[test]
fn what_colleagues_do_is_not_the_persons_work() {
    check(&[
        ("Partner with data scientists, backend engineers and QA.", "", "data-scientist back-end-development"),
        ("Work with the Site Reliability Engineering team on Java services.", "java", "site-reliability-engineering"),
        ("Set direction for software engineering teams.", "", "software-engineering"),
        ("Work with Linux and Kubernetes.", "linux kubernetes", ""),
        ("Collaborate with cross-functional teams.", "collaboration", ""),
        ("Work closely with product managers and designers.", "product-managers-and-designers", ""),
        ("You are a data scientist.", "data-scientist", ""),
    ]);
}

#[test]
fn words_of_another_profession_count_where_they_are_the_work() {
    check(&[
        ("Care for patients on the ward; assist in surgery.", "hospital-wards medical-specialties", ""),
        ("Helping surgeons with surgery", "", "medical-specialties"),
        // in a plainly technical posting
        (
            "Python, Linux, Terraform, Ansible, Kubernetes and Kafka. The clinics are glad.",
            "apache-kafka",
            "hospital-wards",
        ),
        (
            "Python, Linux, Terraform, Ansible, Kubernetes and Kafka. Experience in clinics.",
            "apache-kafka hospital-wards",
            "",
        ),
    ]);
}

#[test]
fn two_languages_are_not_found_in_every_text() {
    // Complaint 2: single letters and everyday words that other tools take for skills.
    check(&[
        ("C and R are letters; so are A and B.", "", "c r"),
        ("Dear R. Smith, see attachment C.", "", "r c"),
        ("A go-to-market and go to person", "", "go"),
        ("The cook must react quickly.", "", "react"),
        ("A platform for platform thinking", "", "platform-engineering"),
        ("You have access to the database of clients.", "", "microsoft-access"),
    ]);
}

#[test]
fn other_professions_use_our_words_in_peace() {
    let postings = [
        "Nurse on a surgical ward: monitors patients, responds to alarms and incidents, escalates to the doctor on duty and documents care.",
        "Registered nurse. Monitor vital signs, restore comfort, take part in shift handover and keep the system of records up to date.",
        "Recruiter: build a sourcing pipeline, screen candidates, run the hiring process end to end and report metrics to stakeholders.",
        "Talent sourcer: keep the candidate pipeline full, write outreach, go to career fairs and excel at closing.",
        "Sous chef: run the pass, prep and plate, keep recipes and cookbooks in order, react quickly when service gets busy; a dash of salt.",
        "Chef de partie: support the head chef, clean as you go, spring and summer menus, fresh basil from the container garden.",
        "Mechanical engineer: write the test plan for the gearbox, run fatigue tests and release the drawings to the plant.",
        "Test technician: execute test plans for pumps, calibrate gauges, log results and maintain the hydraulic bench.",
        "Plant reliability lead: reduce downtime of conveyors, plan preventive maintenance, find root causes and improve the line.",
        "Sales executive: build the sales pipeline, own the go-to-market plan, drive the deal cycle and excel at cold calls.",
        "Account executive selling to the C-suite of Series C companies; you bring R&D people to the table.",
        "Teacher of literature: read Kafka and Goethe with year twelve, build puppets with the little ones and lead the drama club.",
        "Primary teacher: plan lessons, hold a puppet theatre, go on trips and look after a shell collection.",
        "Accountant who excels at month-end closing: reconcile ledgers, prepare the balance sheet and react to queries of the audit.",
        "Accountant: excel in a fast team, swift and accurate postings, access to client files, word for word, a bright outlook.",
        "Gardener: prune roses, plant trees, container plants, a cluster of greenhouses; bash nettles in spring.",
        "Truck driver with class C licence: load and unload containers, dock at the terminal, monitor tyre pressure.",
        "Receptionist: check guests in and out, react to complaints, polish the crystal, ruby anniversary offers, swift service.",
        "Zookeeper: feed the boa and the panda, clean the cages, explain the gecko and the cobra to visitors.",
        "Electrician: install wiring and light switches, read schematics, test circuits and work on the power grid.",
        "Plumber: lay pipelines, fix leaks, install boilers and vents, and keep the van stocked.",
        "Social worker: manage cases, go to family homes, respond to incidents in a crisis and write reports.",
        "Security guard: patrol the site, monitor cameras, control access to the building and write incident reports.",
        "Dispatcher: monitor train movements, restore service after disruptions and inform passengers.",
        "Stage manager: call the show, run rehearsals, keep the script, cue lights and sound.",
        "Civil engineer: supervise sites, concrete and bridges, drainage networks and soil test plans.",
        "Marketing manager: plan campaigns, own the brand platform, manage content and report to the board.",
        "Chemist: prepare buffers, C and N isotopes, operate the instruments and validate methods in R&D.",
        "Musician: play bass in C major and F# minor, go on tour, read scores swiftly.",
        "HVAC technician: install and maintain heating, troubleshoot failures and respond to service calls.",
    ];
    let lexicon = CLASSIFIER.lexicon();
    for posting in postings {
        let pulling: Vec<&str> = CLASSIFIER
            .mentions(posting)
            .iter()
            .filter(|mention| matches!(lexicon.skill(mention.skill).leaning, SkillLeaning::Toward(_)))
            .map(id)
            .collect();
        assert!(pulling.is_empty(), "{pulling:?} in {posting:?}");
    }
}
