//! The answers of public job boards, in the shapes that their documentation shows, and what is read of them.

use rolelean::input::{Inputs, ReadOptions, Source};

const CHEF: &str = "You cook for sixty guests each night and plan the menus with the owner of the house.";
const BAKER: &str = "You bake bread from midnight on, look after the ovens and keep the bakery clean.";

/// What is read of a file of that name, as `id: title, company, location: text`.
fn read(name: &str, content: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(name);
    std::fs::write(&path, content)?;
    let mut inputs = Inputs::new(vec![path], ReadOptions::default())?;
    let mut found = Vec::new();
    while let Some(next) = inputs.next() {
        found.push(match next.and_then(|pending| pending.read()) {
            Ok(posting) => {
                let id = if posting.id.contains(name) { "-" } else { posting.id.as_str() };
                let text = posting.text.trim_end().replace(CHEF, "CHEF").replace(BAKER, "BAKER").replace('\n', "/");
                format!("{id}: {}, {}, {}: {text}", posting.title, posting.company, posting.location)
            }
            Err(skipped) => format!("skipped: {}", skipped.reason),
        });
    }
    Ok(found)
}

/// A shape, with `CHEF` and `BAKER` for two texts, and the postings in it.
type Case<'c> = (&'c str, &'c str, &'c [&'c str]);

fn check(cases: &[Case<'_>], name: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut wrong = String::new();
    for (board, content, expected) in cases {
        let found = read(name, &content.replace("CHEF", CHEF).replace("BAKER", BAKER))?;
        if found != *expected {
            wrong += &format!("{board}\n  found    {found:?}\n  expected {expected:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table, a case a board")]
fn answers_of_boards() -> Result<(), Box<dyn std::error::Error>> {
    let cases: [Case<'_>; 37] = [
        (
            "Greenhouse",
            r#"{"jobs": [{"id": 7, "title": "Chef", "absolute_url": "https://b.example/7", "location": {"name": "Ulm"},
                "content": "&lt;p&gt;CHEF&lt;/p&gt;", "departments": [{"id": 1, "name": "Kitchen"}],
                "metadata": [{"id": 1, "name": "Shift", "value": "Late"}]}], "meta": {"total": 1}}"#,
            &["7: Chef, , Ulm: CHEF"],
        ),
        (
            "Greenhouse, by department",
            r#"{"departments": [{"id": 1, "name": "Kitchen", "jobs": [{"id": 7, "title": "Chef", "content": "CHEF"}]},
                {"id": 2, "name": "Bakery", "jobs": [{"id": 8, "title": "Baker", "content": "BAKER"}]}]}"#,
            &["7: Chef, , : CHEF", "8: Baker, , : BAKER"],
        ),
        (
            "Lever",
            r#"[{"id": "x", "text": "Chef", "categories": {"location": "Ulm", "team": "Kitchen"}, "description": "<div>CHEF</div>",
                "descriptionPlain": "CHEF", "lists": [{"text": "Duties", "content": "<li>bake</li>"}], "hostedUrl": "https://l.example/x"}]"#,
            &["x: Chef, , Ulm: CHEF//## Duties//* bake"],
        ),
        (
            "Lever, by team",
            r#"[{"title": "Kitchen", "postings": [{"id": "x", "text": "Chef", "descriptionPlain": "CHEF", "country": "DE"}]},
                {"title": "Bakery", "postings": [{"id": "y", "text": "Baker", "descriptionPlain": "BAKER", "country": "DE"}]}]"#,
            &["x: Chef, , DE: CHEF", "y: Baker, , DE: BAKER"],
        ),
        (
            "Ashby",
            r#"{"apiVersion": "1", "jobs": [{"id": "x", "title": "Chef", "department": "Kitchen", "location": "Ulm", "descriptionHtml": "<p>CHEF</p>",
                "descriptionPlain": "CHEF", "secondaryLocations": [{"location": "Bonn"}], "compensation": {"compensationTierSummary": "EUR 1"}}]}"#,
            &["x: Chef, , Ulm: CHEF"],
        ),
        (
            "SmartRecruiters",
            r#"{"id": "7", "name": "Chef", "company": {"identifier": "inn", "name": "Inn"}, "location": {"city": "Ulm", "country": "de"},
                "department": {"label": "Kitchen"}, "jobAd": {"sections": {"companyDescription": {"title": "Company", "text": "We are an inn."},
                "jobDescription": {"title": "Job", "text": "<p>CHEF</p>"}, "qualifications": {"title": "Qualifications", "text": "<p>Patience.</p>"}}}}"#,
            &["7: Chef, Inn, Ulm: CHEF//Qualifications:/Patience."],
        ),
        (
            "Workable",
            r#"{"name": "Inn", "description": null, "jobs": [{"title": "Chef", "shortcode": "A1", "department": "Kitchen", "city": "Ulm",
                "description": "<p>CHEF</p>", "requirements": "<p>Patience.</p>", "industry": "Food"}]}"#,
            &["A1: Chef, , Ulm: CHEF//Requirements:/Patience."],
        ),
        (
            "Recruitee",
            r#"{"offers": [{"id": 7, "title": "Chef", "company_name": "Inn", "location": "Ulm", "description": "<p>CHEF</p>", "requirements": "<p>Patience.</p>",
                "translations": {"en": {"title": "Chef", "description": "<p>CHEF</p>"}}}]}"#,
            &["7: Chef, Inn, Ulm: CHEF//Requirements:/Patience."],
        ),
        (
            "Teamtailor",
            r#"{"data": [{"id": "7", "type": "jobs", "links": {"careersite-job-url": "https://t.example/7"}, "attributes": {"title": "Chef", "pitch": "Cook!",
                "body": "<p>CHEF</p>"}, "relationships": {"user": {"data": {"id": "1", "type": "users"}}}}],
                "included": [{"id": "1", "type": "users", "attributes": {"name": "Ada", "title": "Recruiter"}}]}"#,
            &["7: Chef, , : CHEF"],
        ),
        (
            "Personio",
            r#"[{"id": 7, "name": "Chef", "office": "Ulm", "jobDescriptions": [{"name": "Your role", "value": "<p>CHEF</p>"},
                {"name": "You", "value": "<p>Patience.</p>"}]}]"#,
            &["7: Chef, , Ulm: ## Your role//CHEF//## You//Patience."],
        ),
        (
            "BambooHR",
            r#"{"result": {"jobOpening": {"jobOpeningName": "Chef", "departmentLabel": "Kitchen", "location": {"city": "Ulm", "state": null},
                "description": "<p>CHEF</p>", "jobOpeningStatus": "Open"}}}"#,
            &["-: Chef, , Ulm: CHEF"],
        ),
        (
            "USAJOBS",
            r#"{"SearchResult": {"SearchResultCount": 1, "SearchResultItems": [{"MatchedObjectId": "7", "MatchedObjectDescriptor": {"PositionTitle": "Chef",
                "PositionLocationDisplay": "Ulm", "OrganizationName": "Inn", "QualificationSummary": "Patience.",
                "UserArea": {"Details": {"JobSummary": "CHEF", "MajorDuties": ["Cook", "Bake"]}}}}]}}"#,
            &["7: Chef, Inn, Ulm: Qualification summary:/Patience.//Job summary:/CHEF//Major duties:/Cook/Bake"],
        ),
        (
            "Adzuna",
            r#"{"count": 1, "results": [{"id": "7", "title": "Chef", "company": {"display_name": "Inn"}, "location": {"area": ["D", "Ulm"], "display_name": "Ulm"},
                "description": "CHEF", "category": {"label": "Hospitality jobs", "tag": "hospitality"}}]}"#,
            &["7: Chef, Inn, Ulm: CHEF"],
        ),
        (
            "Reed",
            r#"{"results": [{"jobId": 7, "employerName": "Inn", "jobTitle": "Chef", "locationName": "Ulm", "jobDescription": "CHEF"}], "totalResults": 1}"#,
            &["7: Chef, Inn, Ulm: CHEF"],
        ),
        (
            "Arbeitnow",
            r#"{"data": [{"slug": "chef-7", "company_name": "Inn", "title": "Chef", "description": "<p>CHEF</p>", "remote": false, "tags": ["Food"],
                "location": "Ulm"}], "links": {"first": "x"}, "meta": {"info": "Jobs are free to use for everybody who wants to read them"}}"#,
            &["chef-7: Chef, Inn, Ulm: CHEF"],
        ),
        (
            "Remotive",
            r#"{"0-legal-notice": "Please link back to the page where the job stands, with its name", "job-count": 1, "jobs": [{"id": 7, "title": "Chef",
                "company_name": "Inn", "candidate_required_location": "Ulm", "description": "<p>CHEF</p>"}]}"#,
            &["7: Chef, Inn, Ulm: CHEF"],
        ),
        (
            "RemoteOK",
            r#"[{"last_updated": 1, "legal": "Please link back to the page where the job stands, with its name"},
                {"id": "7", "slug": "a", "position": "Chef", "company": "Inn", "location": "Ulm", "description": "<p>CHEF</p>"},
                {"id": "8", "slug": "b", "position": "Baker", "company": "Inn", "location": "Ulm", "description": "<p>BAKER</p>"}]"#,
            &["7: Chef, Inn, Ulm: CHEF", "8: Baker, Inn, Ulm: BAKER"],
        ),
        (
            "The Muse",
            r#"{"page": 1, "results": [{"id": 7, "name": "Chef", "contents": "<p>CHEF</p>", "type": "external", "locations": [{"name": "Ulm"}],
                "categories": [{"name": "Food"}], "company": {"id": 1, "name": "Inn"}}]}"#,
            &["7: Chef, Inn, Ulm: CHEF"],
        ),
        (
            "Jooble",
            r#"{"totalCount": 1, "jobs": [{"title": "Chef", "location": "Ulm", "snippet": "CHEF", "company": "Inn", "id": -7}]}"#,
            &["-7: Chef, Inn, Ulm: CHEF"],
        ),
        (
            "Himalayas",
            r#"{"comments": "x", "jobs": [{"title": "Chef", "excerpt": "Cook!", "companyName": "Inn", "description": "<p>CHEF</p>", "guid": "g7"}]}"#,
            &["g7: Chef, Inn, : CHEF"],
        ),
        (
            "Workday",
            r#"{"jobPostingInfo": {"id": "7", "title": "Chef", "jobDescription": "<p>CHEF</p>", "location": "Ulm"},
                "hiringOrganization": {"name": "Inn", "url": ""}, "similarJobs": [{"title": "Baker", "externalPath": "/baker", "locationsText": "Ulm"}]}"#,
            &["7: Chef, Inn, Ulm: CHEF"],
        ),
        (
            "Bundesagentur",
            r#"{"refnr": "7-S", "titel": "Koch", "arbeitgeber": "Inn", "arbeitsort": {"ort": "Ulm", "plz": "89073"}, "stellenbeschreibung": "CHEF"}"#,
            &["7-S: Koch, Inn, Ulm: CHEF"],
        ),
        (
            "GraphQL",
            r#"{"data": {"jobs": {"edges": [{"cursor": "a", "node": {"id": "7", "role": "Chef", "spec": "CHEF"}},
                {"cursor": "b", "node": {"id": "8", "role": "Baker", "spec": "BAKER"}}]}}}"#,
            &["7: Chef, , : CHEF", "8: Baker, , : BAKER"],
        ),
        (
            "Elasticsearch",
            r#"{"took": 3, "hits": {"total": {"value": 1}, "hits": [{"_index": "jobs", "_id": "7", "_score": 1.0,
                "_source": {"headline": "Chef", "full_text": "CHEF", "employer": {"name": "Inn"}}}]}}"#,
            &["7: Chef, Inn, : CHEF"],
        ),
        (
            "Algolia",
            r#"{"hits": [{"objectID": "7", "author": "ada", "comment_text": "Inn | Head Chef | Ulm<p>CHEF<p>Ask Ada.", "story_title": "Who is hiring?"}], "nbHits": 1}"#,
            &["7: Head Chef, , : Inn | Head Chef | Ulm//CHEF//Ask Ada."],
        ),
        (
            "A scraper's data set",
            r#"[{"positionName": "Chef", "company": "Inn", "id": "7", "description": "CHEF", "descriptionHTML": "<p>CHEF</p>",
                "companyInfo": {"companyDescription": "A house of many words that says who it is, and has been for a hundred years in Ulm"}}]"#,
            &["7: Chef, Inn, : CHEF"],
        ),
        (
            "WordPress",
            r#"[{"id": 7, "title": {"rendered": "Chef"}, "content": {"rendered": "<p>CHEF</p>", "protected": false}, "excerpt": {"rendered": "<p>Cook!</p>"}}]"#,
            &["7: Chef, , : CHEF"],
        ),
        (
            "SmartRecruiters, several, whose sections have titles",
            r#"{"content": [{"id": "7", "name": "Chef", "company": {"name": "Inn"}, "location": {"city": "Ulm"}, "jobAd": {"sections":
                {"jobDescription": {"title": "Job", "text": "CHEF"}, "additionalInformation": {"title": "Additional Information", "text": "Tea."}}}},
                {"id": "8", "name": "Baker", "company": {"name": "Inn"}, "location": {"city": "Ulm"}, "jobAd": {"sections":
                {"jobDescription": {"title": "Job", "text": "BAKER"}, "additionalInformation": {"title": "Additional Information", "text": "Tea."}}}}]}"#,
            &["7: Chef, Inn, Ulm: CHEF", "8: Baker, Inn, Ulm: BAKER"],
        ),
        (
            "Himalayas",
            r#"{"jobs": [{"title": "Chef", "companyName": "Inn", "locationRestrictions": ["Ulm", "Bonn"], "categories": ["Kitchen"],
                "description": "<p>CHEF</p>", "guid": "x"}]}"#,
            &["x: Chef, Inn, Ulm; Bonn: CHEF"],
        ),
        (
            "A scraper that saves what was searched for",
            r#"[{"positionName": "Chef", "company": "Inn", "location": "Ulm", "id": "x", "description": "CHEF",
                "searchInput": {"position": "cook", "location": "Germany"}}]"#,
            &["x: Chef, Inn, Ulm: CHEF"],
        ),
        (
            "France Travail",
            r#"{"resultats": [{"id": "7", "intitule": "Chef", "description": "CHEF", "lieuTravail": {"libelle": "67 - Ulm", "codePostal": "67000"},
                "entreprise": {"nom": "Inn", "description": "We are an inn."}, "competences": [{"code": "1", "libelle": "Fry", "exigence": "S"}]}]}"#,
            &["7: Chef, Inn, 67 - Ulm: CHEF"],
        ),
        (
            "NAV",
            r#"{"content": [{"uuid": "x", "workLocations": [{"country": "NORGE", "city": "Ulm", "postalCode": "1"}, {"country": "NORGE", "city": "Bonn", "postalCode": "2"}],
                "title": "Chef", "description": "<p>CHEF</p>", "employer": {"name": "Inn", "description": "We are an inn."}}]}"#,
            &["x: Chef, Inn, Ulm; Bonn: CHEF"],
        ),
        (
            "HeadHunter",
            r#"{"items": [{"id": "7", "name": "Chef", "area": {"id": "1", "name": "Ulm"}, "employer": {"id": "5", "name": "Inn"},
                "snippet": {"requirement": "Fry", "responsibility": "Cook"}, "description": "<p>CHEF</p>"}]}"#,
            &["7: Chef, Inn, Ulm: CHEF"],
        ),
        (
            "Rippling, whose description is divided",
            r#"[{"uuid": "x", "name": "Chef", "description": {"company": "An inn.", "role": "CHEF BAKER"}, "workLocations": ["Ulm"],
                "employmentType": {"label": "FULL", "id": "f"}, "companyName": "Inn"},
                {"uuid": "y", "name": "Baker", "description": {"company": "An inn.", "role": "BAKER CHEF"}, "workLocations": ["Ulm"],
                "employmentType": {"label": "FULL", "id": "f"}, "companyName": "Inn"}]"#,
            &["x: Chef, Inn, Ulm: CHEF BAKER", "y: Baker, Inn, Ulm: BAKER CHEF"],
        ),
        (
            "Workday, a list without texts",
            r#"{"total": 2, "jobPostings": [{"title": "Head Chef", "externalPath": "/job/1", "locationsText": "Ulm"},
                {"title": "Bread Baker", "externalPath": "/job/2", "locationsText": "Ulm"}], "facets": []}"#,
            &[
                "skipped: expected an array of objects, or an object that holds one, with a text key such as `description`; found an object \
                with `total`, `jobPostings`, `facets`",
            ],
        ),
        (
            "Linked data that refers to the employer",
            r##"{"@graph": [{"@type": "Organization", "@id": "#inn", "name": "Inn"}, {"@type": "JobPosting", "title": "Chef", "description": "CHEF",
                "hiringOrganization": {"@id": "#inn"}, "jobLocation": [{"@id": "#ulm"}]},
                {"@type": "Place", "@id": "#ulm", "address": {"addressLocality": "Ulm"}}]}"##,
            &["-: Chef, Inn, Ulm: CHEF"],
        ),
        (
            "Elasticsearch",
            r#"{"took": 1, "hits": {"total": {"value": 1}, "hits": [{"_index": "jobs", "_id": "x", "_score": 1.0, "_source": {"title": "Chef",
                "company": "Inn", "location": "Ulm", "description": "CHEF"}}]}}"#,
            &["x: Chef, Inn, Ulm: CHEF"],
        ),
    ];
    check(&cases, "answer.json")
}

#[test]
fn other_shapes() -> Result<(), Box<dyn std::error::Error>> {
    let both = ["7: Chef, , : CHEF", "8: Baker, , : BAKER"];
    let without_ids = ["-: Chef, , : CHEF", "-: Baker, , : BAKER"];
    let cases: [Case<'_>; 10] = [
        (
            "under their ids",
            r#"{"j7": {"title": "Chef", "text": "CHEF"}, "j8": {"title": "Baker", "text": "BAKER"}}"#,
            &without_ids,
        ),
        (
            "arrays under teams",
            r#"{"kitchen": [{"id": 7, "job": "Chef", "text": "CHEF"}], "bakery": [{"id": 8, "job": "Baker", "text": "BAKER"}]}"#,
            &both,
        ),
        (
            "by column",
            r#"{"id": {"0": 7, "1": 8}, "title": {"0": "Chef", "1": "Baker"}, "description": {"0": "CHEF", "1": "BAKER"}}"#,
            &both,
        ),
        (
            "columns and data",
            r#"{"columns": ["id", "title", "text"], "data": [[7, "Chef", "CHEF"], [8, "Baker", "BAKER"]]}"#,
            &both,
        ),
        ("arrays", r#"[["id", "title", "text"], [7, "Chef", "CHEF"], [8, "Baker", "BAKER"]]"#, &both),
        (
            "names that say nothing",
            r#"{"a": {"b": [{"k": 7, "m": "Chef", "n": "CHEF"}, {"k": 8, "m": "Baker of bread and manager", "n": "BAKER"}]}}"#,
            &["-: Chef, , : CHEF", "-: Baker of bread and manager, , : BAKER"],
        ),
        (
            "over several lines",
            "{\n \"id\": 7,\n \"title\": \"Chef\",\n \"text\": \"CHEF\"\n}\n{\n \"id\": 8,\n \"title\": \"Baker\",\n \"text\": \"BAKER\"\n}\n",
            &both,
        ),
        (
            "sections",
            r#"{"title": "Chef", "sections": [{"heading": "The job", "body": "CHEF"}, {"heading": "You", "body": "Patience."}]}"#,
            &["-: Chef, , : The job/CHEF//You/Patience."],
        ),
        (
            "linked data",
            r#"{"@graph": [{"@type": "WebPage", "name": "Jobs"}, {"@type": "JobPosting", "title": "Chef", "description": "CHEF"},
            {"@type": "JobPosting", "title": "Baker", "description": "BAKER"}]}"#,
            &without_ids,
        ),
        (
            "a feed with a description",
            r#"{"title": "Jobs at the inn", "description": "All jobs", "items": [{"id": 7, "title": "Chef", "content_html": "<p>CHEF</p>"}]}"#,
            &["7: Chef, , : CHEF"],
        ),
    ];
    check(&cases, "shape.json")
}

#[test]
fn lines_of_json() -> Result<(), Box<dyn std::error::Error>> {
    let cases: [Case<'_>; 3] = [
        (
            "an answer a line",
            "{\"page\": 1, \"jobs\": [{\"id\": 7, \"title\": \"Chef\", \"text\": \"CHEF\"}]}\n{\"page\": 2, \"jobs\": [{\"id\": 8, \"title\": \"Baker\", \"text\": \"BAKER\"}]}\n",
            &["7: Chef, , : CHEF", "8: Baker, , : BAKER"],
        ),
        (
            "nested",
            "{\"_id\": {\"$oid\": \"a\"}, \"job\": {\"title\": \"Chef\", \"advert\": \"CHEF\"}}\n{\"_id\": {\"$oid\": \"b\"}, \"job\": {\"title\": \"Baker\", \"advert\": \"BAKER\"}}\n",
            &["-: Chef, , : CHEF", "-: Baker, , : BAKER"],
        ),
        (
            "not a number",
            "{\"id\": 7, \"title\": \"Chef\", \"text\": \"CHEF\", \"pay\": NaN}\n",
            &["7: Chef, , : CHEF"],
        ),
    ];
    check(&cases, "lines.jsonl")
}
