//! What is put in place, what is left alone, and what is cleared.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::kind::{Found, RunFound, Unfinished, run_of};
use super::publish::Publication;
use super::system::make_private;
use super::temporary::Temporary;
use super::*;

type Checked = Result<(), Box<dyn Error>>;
/// Files and their texts.
type Files<'f> = &'f [(&'f str, &'f str)];

/// A `run.json` as a run writes it.
const RUN: &str =
    r#"{"rolelean": "0.1.0", "lexicon": {"sha256": "e3b0"}, "settings": {"paths": []}, "postings": 1, "more": 1}"#;
/// What the marker of an ended process says, `HOST` being its machine.
const MARKER: &str = r#"{"rolelean": "0.1.0", "staging": "report", "target": "report", "host": "HOST", "process": 1}"#;

/// Every file below a folder with its text; folders end in a slash.
fn tree(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let below = tree(&entry.path())?;
            found.extend(below.into_iter().map(|(path, text)| (format!("{name}/{path}"), text)));
            found.insert(format!("{name}/"), String::new());
        } else {
            found.insert(name, fs::read_to_string(entry.path())?);
        }
    }
    Ok(found)
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    Ok(tree(folder)?.into_keys().collect())
}

/// Writes files, each with its text, and the folders they stand in.
fn write(folder: &Path, files: Files) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(place::above(&path))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// A report of one table that says `text`.
fn stage(target: &Path, text: &str) -> Result<Staging, StagingError> {
    let staging = Staging::create(target, Kind::Report)?;
    write(&staging.folder(), &[("postings.csv", text), ("run.json", RUN)]).expect("it can be written");
    Ok(staging)
}

/// A folder for a test, and in it an older report that says `old`.
fn with_report() -> Result<(TempDir, PathBuf), Box<dyn Error>> {
    let parent = tempfile::tempdir()?;
    let target = parent.path().join("report");
    stage(&target, "old")?.publish()?;
    Ok((parent, target))
}

#[test]
fn a_report_is_put_in_place_and_nothing_else_is_left() -> Checked {
    let parent = tempfile::tempdir()?;
    let target = parent.path().join("a/report");
    for text in ["first", "second", "third"] {
        let published = stage(&target, text)?.publish()?;
        assert_eq!(published, Published { folder: target.clone(), older: None });
        assert_eq!(names(parent.path())?, ["a/", "a/report/", "a/report/postings.csv", "a/report/run.json"]);
        assert_eq!(fs::read_to_string(target.join("postings.csv"))?, text);
    }
    let before = tree(parent.path())?;
    drop(stage(&target, "fourth")?);
    stage(&target, "fifth")?.left_over().remove();
    assert_eq!(tree(parent.path())?, before);
    // Folders that were made to stand in go with it, those that were there stay.
    drop(stage(&parent.path().join("a/b/c/report"), "sixth")?);
    assert_eq!(tree(parent.path())?, before);
    Ok(())
}

#[test]
fn what_is_no_report_is_refused_and_left_alone() -> Checked {
    let of = |content: &'static str| ("run.json", content);
    let cases: [(Files, &str); 12] = [
        (&[("a.txt", "x")], "holds `a.txt`, which rolelean did not write"),
        (
            &[("a.txt", "x"), ("b.txt", "x"), ("c/d.txt", "x")],
            "holds `a.txt` and 2 other things that rolelean did not write",
        ),
        (&[of(RUN), ("notes.md", "x")], "holds `notes.md`, which rolelean did not write"),
        (&[of(RUN), ("Postings.csv", "x")], "holds `Postings.csv`, which rolelean did not write"),
        (&[of(RUN), ("sub/postings.csv", "x")], "holds `sub`, which rolelean did not write"),
        (&[of(RUN), (".rolelean-tmp-mine/a.txt", "x")], "holds `.rolelean-tmp-mine`, which rolelean did not write"),
        (&[("postings.csv", "x")], "holds no run.json, by which what rolelean wrote is known"),
        (&[of("")], "holds a run.json that rolelean did not write"),
        (&[of("{}")], "holds a run.json that rolelean did not write"),
        (&[of(r#"{"model": "theirs"}"#), ("report.html", "x")], "holds a run.json that rolelean did not write"),
        (&[of(r#"{"rolelean": "0.1.0", "postings": 1}"#)], "holds a run.json that rolelean did not write"),
        (&[of(&RUN[..20])], "holds a run.json that rolelean did not write"),
    ];
    for (files, expected) in cases {
        let parent = tempfile::tempdir()?;
        let target = parent.path().join("place");
        write(&target, files)?;
        let before = tree(parent.path())?;
        let error = Staging::create(&target, Kind::Report).expect_err("it is refused").to_string();
        let expected = format!("{} {expected}; it was not changed: choose another folder with --out", target.display());
        assert_eq!(error, expected);
        assert_eq!(tree(parent.path())?, before);
        assert!(Staging::create(&target, Kind::Lexicon).is_err());
        assert_eq!(tree(parent.path())?, before);
    }
    Ok(())
}

#[test]
fn every_file_of_a_report_may_be_replaced() -> Checked {
    let (parent, target) = with_report()?;
    let files: Vec<(&str, &str)> = REPORT_FILES.iter().map(|name| (*name, RUN)).collect();
    write(&target, &files)?;
    stage(&target, "new")?.publish()?;
    assert_eq!(names(parent.path())?, ["report/", "report/postings.csv", "report/run.json"]);
    Ok(())
}

#[test]
fn what_a_desktop_keeps_in_a_folder_stays_there() -> Checked {
    let desktop = [(".DS_Store", "windows"), (".~lock.postings.csv#", "me"), ("Thumbs.db", "pictures")];
    for is_in_place in [false, true] {
        let (parent, target) = with_report()?;
        write(&target, &desktop)?;
        for text in ["new", "newer"] {
            let mut staging = if is_in_place { in_place(&target)? } else { stage(&target, text)? };
            write(&staging.folder(), &[("postings.csv", text), ("run.json", RUN)])?;
            let Staging { place, temporary, kind } = &mut staging;
            assert_eq!(Publication { place, temporary, kind: *kind }.run()?, None);
            drop(staging);
            let found = tree(parent.path())?;
            let expected = [("postings.csv", text), ("run.json", RUN)].into_iter().chain(desktop);
            let mut expected: BTreeMap<_, _> =
                expected.map(|(name, text)| (format!("report/{name}"), text.to_owned())).collect();
            expected.insert("report/".to_owned(), String::new());
            assert_eq!(found, expected);
        }
        // Nor is it in the way where nothing else is.
        for name in REPORT_FILES {
            let _ = fs::remove_file(target.join(name));
        }
        stage(&target, "newest")?.publish()?;
        assert_eq!(fs::read_to_string(target.join(".DS_Store"))?, "windows");
    }
    // A folder of its own, such as that of a disk's lost files, stays where it is, and the report with it.
    let (_parent, target) = with_report()?;
    fs::create_dir(target.join("lost+found"))?;
    assert!(Staging::create(&target, Kind::Report).is_err());
    assert_eq!(in_place(&target)?.place.look(Kind::Report, true)?, place::Standing::Older);
    Ok(())
}

#[test]
fn a_report_is_known_by_what_is_in_it() -> Checked {
    let unfinished = serde_json::to_string(&Unfinished::MARK)?;
    let cases: [(Files, bool, RunFound); 6] = [
        (&[("run.json", RUN), ("postings.csv", "x")], true, RunFound::Ours),
        (&[("run.json", &unfinished), ("postings.csv", "x"), ("notes.md", "x")], true, RunFound::Ours),
        (&[("run.json", RUN)], false, RunFound::Ours),
        (&[("run.json", "[]"), ("postings.csv", "x")], false, RunFound::Other),
        (&[("run.json", ""), ("postings.csv", "x")], false, RunFound::Empty),
        (&[("postings.csv", "x")], false, RunFound::None),
    ];
    for (files, expected, run) in cases {
        let folder = tempfile::tempdir()?;
        write(folder.path(), files)?;
        assert!(!is_report(&folder.path().join("run.json")));
        assert_eq!((is_report(folder.path()), run_of(folder.path())?), (expected, run), "{files:?}");
    }
    let folder = tempfile::tempdir()?;
    write(folder.path(), &[("file", "x")])?;
    for name in ["file", "missing", &"long".repeat(100)] {
        assert!(!is_report(&folder.path().join(name)), "{name}");
    }
    Ok(())
}

#[test]
fn what_comes_meanwhile_stays_and_the_new_report_is_kept_beside_it() -> Checked {
    let (parent, target) = with_report()?;
    for expected in ["report-new", "report-new-2"] {
        let staging = stage(&target, "new")?;
        fs::write(target.join("notes.md"), "mine")?;
        let error = staging.publish().expect_err("notes have come").to_string();
        let kept = parent.path().canonicalize()?.join(expected);
        let expected = format!(
            "meanwhile {} holds `notes.md`, which rolelean did not write; it was not changed, and the new one is in {}",
            target.display(),
            kept.display()
        );
        assert_eq!(error, expected);
        assert_eq!(fs::read_to_string(kept.join("postings.csv"))?, "new");
        assert_eq!(fs::read_to_string(target.join("postings.csv"))?, "old");
        fs::remove_file(target.join("notes.md"))?;
    }
    Ok(())
}

#[test]
fn what_comes_at_the_last_moment_is_put_back() -> Checked {
    let (parent, target) = with_report()?;
    let mut staging = stage(&target, "new")?;
    let new = staging.folder();
    // As if it had come between the last look and the exchange.
    fs::write(target.join("notes.md"), "mine")?;
    let spare = parent.path().join("spare");
    fs::rename(&target, &spare)?;
    fs::rename(&new, &target)?;
    fs::rename(&spare, &new)?;
    let Staging { place, temporary, kind } = &mut staging;
    let error = Publication { place, temporary, kind: *kind }.give_up_older(&new).expect_err("notes have come");
    assert!(matches!(error, StagingError::Changed { kept: Some(_), .. }), "{error}");
    drop(staging);
    assert_eq!(fs::read_to_string(target.join("notes.md"))?, "mine");
    assert_eq!(fs::read_to_string(target.join("postings.csv"))?, "old");
    assert_eq!(fs::read_to_string(parent.path().join("report-new/postings.csv"))?, "new");
    assert_eq!(fs::read_dir(parent.path())?.count(), 2);
    Ok(())
}

#[test]
fn an_older_report_that_cannot_be_removed_is_told() -> Checked {
    let (_parent, target) = with_report()?;
    let mut staging = stage(&target, "new")?;
    let new = staging.folder();
    fs::remove_dir_all(&target)?;
    fs::rename(&new, &target)?;
    // Nothing is there that could be removed: as good as what the system does not let go.
    let Staging { place, temporary, kind } = &mut staging;
    let older = Publication { place, temporary, kind: *kind }.give_up_older(&new)?;
    assert_eq!(older, Some(new));
    Ok(())
}

#[test]
fn files_are_replaced_one_by_one_where_the_folder_cannot_be() -> Checked {
    let (parent, target) = with_report()?;
    write(&target, &[("report.html", "old"), ("skills.csv", "old")])?;
    let mut staging = in_place(&target)?;
    write(&staging.folder(), &[("postings.csv", "new"), ("skills.csv", "new"), ("run.json", RUN)])?;
    // Another one at work there is no obstacle, and is left alone.
    let other = in_place(&target)?;
    assert_eq!(staging.place.look(Kind::Report, true)?, place::Standing::Older);
    let Staging { place, temporary, kind } = &mut staging;
    Publication { place, temporary, kind: *kind }.run()?;
    drop((staging, other));
    let found = tree(parent.path())?;
    let expected =
        [("report/", ""), ("report/postings.csv", "new"), ("report/run.json", RUN), ("report/skills.csv", "new")];
    assert_eq!(found, expected.map(|(name, text)| (name.to_owned(), text.to_owned())).into());
    Ok(())
}

/// A report that is written in the folder that stands at `target`.
fn in_place(target: &Path) -> Result<Staging, Box<dyn Error>> {
    let mut place = Place::resolve(target, &mut Vec::new())?;
    place.in_place = true;
    let temporary = place.temporary(Kind::Report)?;
    Ok(Staging { kind: Kind::Report, place, temporary })
}

#[test]
fn a_report_whose_files_are_being_replaced_vouches_for_none() -> Checked {
    let (parent, target) = with_report()?;
    let mut staging = in_place(&target)?;
    write(&staging.folder(), &[("postings.csv", "new"), ("run.json", RUN)])?;
    // A process that is ended after the first file.
    let Staging { place, temporary, kind } = &mut staging;
    let publication = Publication { place, temporary, kind: *kind };
    publication.mark_unfinished()?;
    fs::rename(staging.folder().join("postings.csv"), target.join("postings.csv"))?;
    drop(staging);
    assert!(fs::read_to_string(target.join("run.json"))?.contains("\"unfinished\""));
    assert_eq!(Found::in_folder(&target, Kind::Report, false)?, Found::Older);
    stage(&target, "newer")?.publish()?;
    assert_eq!(tree(parent.path())?["report/postings.csv"], "newer");
    assert_eq!(run_of(&target)?, RunFound::Ours);
    Ok(())
}

#[test]
fn a_lexicon_is_put_in_place_and_never_over_anything() -> Checked {
    let files = [("lexicon.toml", "new"), ("skills/a.toml", "new"), ("roles/b.md", "new")];
    for is_in_place in [false, true] {
        let parent = tempfile::tempdir()?;
        let target = parent.path().join("mine");
        fs::create_dir(&target)?;
        let stage = || -> Result<Staging, Box<dyn Error>> {
            let mut staging = Staging::create(&target, Kind::Lexicon)?;
            if is_in_place {
                let mut place = Place::resolve(&target, &mut Vec::new())?;
                place.in_place = true;
                let temporary = place.temporary(Kind::Lexicon)?;
                staging = Staging { kind: Kind::Lexicon, place, temporary };
            }
            write(&staging.folder(), &files)?;
            Ok(staging)
        };
        let staging = stage()?;
        write(&target, &[("skills/mine.toml", "mine")])?;
        let before = names(&target)?.into_iter().filter(|name| !name.starts_with('.')).collect::<Vec<_>>();
        let error = staging.publish().expect_err("something stands there").to_string();
        assert!(error.ends_with("exists already; give --out a new folder, so that nothing of yours is overwritten"));
        assert_eq!(names(&target)?, before);
        fs::remove_dir_all(target.join("skills"))?;
        stage()?.publish()?;
        assert_eq!(
            names(parent.path())?,
            ["mine/", "mine/lexicon.toml", "mine/roles/", "mine/roles/b.md", "mine/skills/", "mine/skills/a.toml"]
        );
    }
    Ok(())
}

#[test]
fn a_lexicon_that_cannot_be_added_whole_is_taken_away_again() -> Checked {
    let parent = tempfile::tempdir()?;
    let mut staging = Staging::create(&parent.path().join("other"), Kind::Lexicon)?;
    write(&staging.folder(), &[("lexicon.toml", "new"), ("skills/a.toml", "new"), ("weights.csv", "new")])?;
    let target = parent.path().join("mine");
    write(&target, &[("weights.csv", "mine")])?;
    staging.place.path = target.clone();
    let new = staging.folder();
    let listing = kind::Listing::of(&new, Kind::Lexicon, false)?;
    let Staging { place, temporary, kind } = &mut staging;
    assert!(Publication { place, temporary, kind: *kind }.add_files(&new, &listing).is_err());
    assert_eq!(tree(&target)?, [("weights.csv".to_owned(), "mine".to_owned())].into());
    Ok(())
}

#[test]
fn only_what_surely_ended_and_is_ours_is_cleared() -> Checked {
    let here = system::host()?.expect("this machine has a name");
    let marker = MARKER.replace("HOST", &here);
    let file = "rolelean-staging.json";
    let cases: [(&str, Files, bool); 13] = [
        ("empty", &[], true),
        ("just begun", &[(file, "")], true),
        ("ended", &[(file, &marker), ("new/postings.csv", "x"), ("new/run.json", RUN)], true),
        ("ended while it wrote run.json", &[(file, &marker), ("new/run.json", "")], true),
        ("ended while the older one was removed", &[(file, &marker), ("new/run.json", RUN)], true),
        ("no marker", &[("new/postings.csv", "x")], false),
        ("the lock of an older version", &[("lock", ""), ("report/postings.csv", "x")], false),
        ("a marker of something else", &[(file, "{}"), ("new/postings.csv", "x")], false),
        ("of another machine", &[(file, &MARKER.replace("HOST", "other")), ("new/postings.csv", "x")], false),
        ("just begun, and a file", &[(file, ""), ("thesis.txt", "x")], false),
        ("a file beside", &[(file, &marker), ("thesis.txt", "x")], false),
        ("a file in it", &[(file, &marker), ("new/postings.csv", "x"), ("new/thesis.txt", "x")], false),
        ("a run.json of something else", &[(file, &marker), ("new/run.json", "{}")], false),
    ];
    for (what, files, cleared) in cases {
        let (parent, target) = with_report()?;
        let left = parent.path().join(".rolelean-tmp-1-0");
        make_private(&left)?;
        write(&left, files)?;
        let before = tree(&left)?;
        stage(&target, "new")?.publish()?;
        let after = if left.exists() { Some(tree(&left)?) } else { None };
        assert_eq!(after, (!cleared).then_some(before), "{what}");
    }
    Ok(())
}

#[test]
fn a_folder_in_which_somebody_writes_is_not_cleared() -> Checked {
    let (parent, target) = with_report()?;
    let busy = stage(&target, "busy")?;
    stage(&target, "new")?.publish()?;
    assert_eq!(fs::read_to_string(busy.folder().join("postings.csv"))?, "busy");
    busy.publish()?;
    assert_eq!(fs::read_to_string(target.join("postings.csv"))?, "busy");
    assert_eq!(fs::read_dir(parent.path())?.count(), 1);
    Ok(())
}

#[test]
fn an_older_report_that_was_left_aside_is_put_back() -> Checked {
    let (parent, target) = with_report()?;
    let left = parent.path().join(".rolelean-tmp-1-0");
    make_private(&left)?;
    let marker = MARKER.replace("HOST", &system::host()?.expect("this machine has a name"));
    write(&left, &[("rolelean-staging.json", &marker), ("new/postings.csv", "unfinished")])?;
    fs::rename(&target, left.join("aside"))?;
    drop(stage(&parent.path().join("elsewhere"), "x")?);
    assert_eq!(fs::read_to_string(target.join("postings.csv"))?, "old");
    assert_eq!(fs::read_dir(parent.path())?.count(), 1);
    Ok(())
}

#[test]
fn folders_change_places_where_the_system_does_not_know_how() -> Checked {
    let parent = tempfile::tempdir()?;
    let at = |name: &str| parent.path().join(name);
    write(&at("one"), &[("a", "1")])?;
    write(&at("two"), &[("a", "2")])?;
    let exchange = |first: &str, refused: &[u32]| {
        let mut calls = 0;
        let rename = &mut |from: &Path, to: &Path| {
            calls += 1;
            if refused.contains(&calls) { Err(io::ErrorKind::PermissionDenied.into()) } else { fs::rename(from, to) }
        };
        publish::exchange_by_way_of(&at(first), &at("two"), &at("aside"), rename).map_err(|error| error.displaced)
    };
    assert_eq!(exchange("one", &[]), Ok(at("one")));
    let expected = BTreeMap::from(["one/", "one/a", "two/", "two/a"].map(|name| {
        (
            name.to_owned(),
            match name {
                "one/a" => "2".to_owned(),
                "two/a" => "1".to_owned(),
                _ => String::new(),
            },
        )
    }));
    assert_eq!(tree(parent.path())?, expected);
    // One that is missing, or does not move, leaves the other where it was.
    for (first, refused) in [("none", [9].as_slice()), ("one", &[1]), ("one", &[2])] {
        assert_eq!(exchange(first, refused), Err(false));
        assert_eq!(tree(parent.path())?, expected);
    }
    // They have changed places, if not quite.
    assert_eq!(exchange("one", &[3]), Ok(at("aside")));
    assert_eq!(names(parent.path())?, ["aside/", "aside/a", "two/", "two/a"]);
    fs::rename(at("aside"), at("one"))?;
    assert_eq!(exchange("one", &[2, 3]), Err(true));
    assert_eq!(names(parent.path())?, ["aside/", "aside/a", "one/", "one/a"]);
    Ok(())
}

#[test]
fn what_stands_aside_is_not_removed_by_its_own_process() -> Checked {
    let (parent, target) = with_report()?;
    let staging = stage(&target, "new")?;
    let aside = staging.temporary.aside();
    fs::rename(&target, &aside)?;
    staging.left_over().remove();
    drop(staging);
    assert_eq!(fs::read_to_string(aside.join("postings.csv"))?, "old");
    drop(stage(&target, "newer")?);
    assert_eq!(tree(parent.path())?["report/postings.csv"], "old");
    Ok(())
}

#[test]
fn a_file_is_replaced_at_once() -> Checked {
    let parent = tempfile::tempdir()?;
    let path = parent.path().join("weights.csv");
    for text in ["old", "new"] {
        replace_file(&path, text.as_bytes())?;
        assert_eq!(tree(parent.path())?, [("weights.csv".to_owned(), text.to_owned())].into());
    }
    assert!(replace_file(&parent.path().join("missing/weights.csv"), b"new").is_err());
    assert!(replace_file(parent.path(), b"new").is_err());
    assert_eq!(fs::read_to_string(path)?, "new");
    Ok(())
}

#[test]
fn files_are_replaced_together_or_not_at_all() -> Checked {
    let parent = tempfile::tempdir()?;
    let at = |name: &str| parent.path().join(name);
    fs::write(at("weights.csv"), "old")?;
    let (weights, manifest, missing) = (at("weights.csv"), at("lexicon.toml"), at("missing/lexicon.toml"));
    let error = replace_files(&[(&weights, b"new"), (&missing, b"new")]).expect_err("there is no such folder");
    assert!(error.to_string().ends_with("lexicon.toml") && error.replaced.is_empty());
    assert_eq!(tree(parent.path())?, [("weights.csv".to_owned(), "old".to_owned())].into());

    // It cannot take the place of a folder.
    fs::create_dir(&manifest)?;
    let error = replace_files(&[(&weights, b"new"), (&manifest, b"new")]).expect_err("a folder stands there");
    assert!(error.replaced.is_empty(), "{error}");
    assert_eq!(fs::read_to_string(&weights)?, "old");
    fs::remove_dir(&manifest)?;

    replace_files(&[(&weights, b"new"), (&manifest, b"newer")])?;
    let both = [("lexicon.toml".to_owned(), "newer".to_owned()), ("weights.csv".to_owned(), "new".to_owned())];
    assert_eq!(tree(parent.path())?, both.into());
    Ok(())
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    use std::process::Command;

    use super::*;

    #[test]
    fn a_report_is_written_behind_a_link() -> Checked {
        let parent = tempfile::tempdir()?;
        let at = |name: &str| parent.path().join(name);
        write(&at("real"), &[])?;
        symlink("real", at("link"))?;
        symlink("link", at("link-to-link"))?;
        for (link, text) in [("link", "one"), ("link-to-link", "two"), ("link/", "three")] {
            stage(&at(link), text)?.publish()?;
            assert_eq!(fs::read_to_string(at("real/postings.csv"))?, text);
        }
        assert!(at("link").is_symlink() && at("link-to-link").is_symlink());
        symlink("nowhere", at("dangling"))?;
        for link in ["dangling", "dangling/"] {
            let error = Staging::create(&at(link), Kind::Report).expect_err("it leads nowhere").to_string();
            assert!(
                error.ends_with("is a link to nowhere, which does not exist; make that folder, or remove the link")
            );
        }
        symlink("circle", at("circle"))?;
        assert!(matches!(Staging::create(&at("circle"), Kind::Report), Err(StagingError::Unwritable { .. })));
        Ok(())
    }

    #[test]
    fn links_and_pipes_with_names_of_ours_are_not_ours() -> Checked {
        for make in [|path: &Path| symlink("/dev/null", path), |path: &Path| pipe(path)] {
            for name in ["postings.csv", "run.json"] {
                let (_parent, target) = with_report()?;
                fs::remove_file(target.join(name))?;
                make(&target.join(name))?;
                assert!(!is_report(&target));
                let error = Staging::create(&target, Kind::Report).expect_err("it is refused").to_string();
                assert!(error.contains(&format!("holds `{name}`")), "{error}");
                assert!(target.join(name).symlink_metadata().is_ok());
            }
        }
        Ok(())
    }

    fn pipe(path: &Path) -> io::Result<()> {
        let made = Command::new("mkfifo").arg(path).status()?;
        if made.success() { Ok(()) } else { Err(io::Error::other("no pipe was made")) }
    }

    #[test]
    fn no_left_over_is_waited_for_or_followed() -> Checked {
        let (parent, target) = with_report()?;
        let at = |name: &str| parent.path().join(name);
        let marker = MARKER.replace("HOST", &system::host()?.expect("this machine has a name"));
        write(
            &at("thesis"),
            &[("rolelean-staging.json", &marker), ("new/postings.csv", "dear"), ("new/run.json", RUN)],
        )?;
        make_private(&at(".rolelean-tmp-1-0"))?;
        pipe(&at(".rolelean-tmp-1-0/rolelean-staging.json"))?;
        symlink(at("thesis"), at(".rolelean-tmp-2-0"))?;
        make_private(&at(".rolelean-tmp-3-0"))?;
        symlink(at("thesis/rolelean-staging.json"), at(".rolelean-tmp-3-0/rolelean-staging.json"))?;
        make_private(&at(".rolelean-tmp-4-0"))?;
        write(&at(".rolelean-tmp-4-0"), &[("rolelean-staging.json", &marker)])?;
        symlink(at("thesis/new"), at(".rolelean-tmp-4-0/new"))?;
        // Open to others, who could have put anything there.
        write(&at(".rolelean-tmp-5-0"), &[("rolelean-staging.json", &marker)])?;
        fs::set_permissions(at(".rolelean-tmp-5-0"), fs::Permissions::from_mode(0o777))?;
        stage(&target, "new")?.publish()?;
        assert_eq!(fs::read_to_string(at("thesis/new/postings.csv"))?, "dear");
        assert!(at("thesis/rolelean-staging.json").exists());
        for number in 1..=5 {
            assert!(at(&format!(".rolelean-tmp-{number}-0")).symlink_metadata().is_ok(), "{number}");
        }
        Ok(())
    }

    #[test]
    fn a_folder_keeps_its_rights() -> Checked {
        let (_parent, target) = with_report()?;
        fs::set_permissions(&target, fs::Permissions::from_mode(0o2750))?;
        stage(&target, "new")?.publish()?;
        assert_eq!(fs::metadata(&target)?.mode() & 0o7777, 0o2750);
        Ok(())
    }

    #[test]
    fn a_file_is_replaced_behind_a_link_and_keeps_its_rights() -> Checked {
        let parent = tempfile::tempdir()?;
        let at = |name: &str| parent.path().join(name);
        fs::write(at("any"), "x")?;
        replace_file(&at("new"), b"new")?;
        assert_eq!(fs::metadata(at("new"))?.mode(), fs::metadata(at("any"))?.mode());
        fs::set_permissions(at("new"), fs::Permissions::from_mode(0o640))?;
        symlink("new", at("link"))?;
        replace_file(&at("link"), b"newer")?;
        assert_eq!(fs::read_to_string(at("new"))?, "newer");
        assert_eq!(fs::metadata(at("new"))?.mode() & 0o777, 0o640);
        symlink("nowhere", at("dangling"))?;
        assert!(replace_file(&at("dangling"), b"new").is_err());
        assert!(at("link").is_symlink() && at("dangling").is_symlink());
        replace_file(Path::new("/dev/null"), b"new")?;
        Ok(())
    }

    #[test]
    fn a_temporary_folder_is_open_to_nobody_else() -> Checked {
        let (parent, _) = with_report()?;
        let temporary = Temporary::create(parent.path(), Kind::Report, None)?;
        let mode = |path: &Path| fs::metadata(path).map(|found| found.mode() & 0o777);
        assert_eq!(mode(place::above(&temporary.new_folder()))?, 0o700);
        // What is put in place is as open as any new folder.
        fs::create_dir(parent.path().join("any"))?;
        assert_eq!(mode(&temporary.new_folder())?, mode(&parent.path().join("any"))?);
        Ok(())
    }

    #[test]
    fn a_path_lies_in_a_folder_whatever_leads_there() -> Checked {
        let parent = tempfile::tempdir()?;
        let at = |name: &str| parent.path().join(name);
        write(&at("jobs"), &[("deep/a.txt", "x")])?;
        write(&at("other"), &[("b.txt", "x")])?;
        symlink(at("jobs/deep"), at("link"))?;
        symlink(at("jobs/deep/a.txt"), at("other/a.txt"))?;
        let cases = [
            ("jobs", "jobs", true),
            ("jobs/deep/a.txt", "jobs", true),
            ("jobs/deep/../deep/a.txt", "jobs/../jobs/", true),
            ("link", "jobs", true),
            ("link/a.txt", "jobs", true),
            ("other/a.txt", "jobs", true),
            ("jobs/deep/a.txt", "link", true),
            ("jobs", "jobs/deep", false),
            ("other/b.txt", "jobs", false),
            ("jobs/missing", "jobs", false),
            ("jobs", "missing", false),
        ];
        for (path, folder, expected) in cases {
            assert_eq!(lies_in(&at(path), &at(folder)), expected, "{path} in {folder}");
        }
        Ok(())
    }
}

#[test]
fn places_that_cannot_be_written_are_named_as_they_were_given() -> Checked {
    let parent = tempfile::tempdir()?;
    write(parent.path(), &[("file", "x")])?;
    let given = parent.path().join("file");
    let error = Staging::create(&given, Kind::Report).expect_err("a file").to_string();
    assert_eq!(
        error,
        format!("{} is not a folder; it was not changed: choose another place with --out", given.display())
    );
    for given in [given.join("report"), given.join("a/report"), PathBuf::new(), "missing/..".into()] {
        let error = Staging::create(&given, Kind::Report).expect_err("below a file, or nothing").to_string();
        assert_eq!(error, format!("cannot write {}", given.display()));
    }
    #[cfg(target_os = "linux")]
    {
        let error = Staging::create(Path::new("/proc/x"), Kind::Report).expect_err("no place for folders");
        let cause = error.source().expect("there is a cause").to_string();
        assert_eq!((error.to_string(), cause.contains("rolelean-tmp")), ("cannot write /proc/x".to_owned(), false));
    }
    assert_eq!(names(parent.path())?, ["file"]);
    Ok(())
}
