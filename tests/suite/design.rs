//! The map in docs/design.md against the code: the rooms are those that it names, none uses one
//! below it, and no files use each other in a circle.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::sandbox::package;

static DECLARATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?-u:\b)(pub(?:\([^)]*\))? )?use ([^;]+);").unwrap());
static ELSEWHERE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?-u:\b)(?:crate|super)(?:::[A-Za-z0-9_]+)+").unwrap());

/// A file by its path of modules: `text`, `span`; the root is empty.
type Module = Vec<String>;

/// The code of some modules, tests taken out, and what each of them uses.
struct Code {
    files: BTreeMap<Module, Vec<Use>>,
}

/// A path that a file uses.
struct Use {
    /// Its parts, the first `crate`, `super`, `self` or a name of the file's own.
    path: Vec<String>,
    /// The name by which the file offers it to others, if it does.
    offers: Option<String>,
}

impl Code {
    /// Reads the modules of `folder`, passing over its folder `except`.
    fn read(folder: &Path, except: &str) -> Self {
        let mut texts = BTreeMap::new();
        read_folder(folder, &Module::new(), except, &mut texts);
        let mut tests = HashSet::new();
        let mut files = BTreeMap::new();
        for (module, text) in &texts {
            let (code, test_modules) = without_tests(text);
            tests.extend(test_modules.into_iter().map(|name| [module.as_slice(), &[name]].concat()));
            files.insert(module.clone(), uses(&code));
        }
        files.retain(|module, _| !(1..=module.len()).any(|len| tests.contains(&module[..len])));
        Self { files }
    }

    /// Every use of one file by another, but those of the files above it in the tree: a file may use
    /// what its parent defines, and each parent declares its files.
    fn arrows(&self) -> BTreeMap<&Module, BTreeSet<Module>> {
        let offers = self.offers();
        let mut arrows: BTreeMap<&Module, BTreeSet<Module>> = BTreeMap::new();
        for (module, uses) in &self.files {
            let used = uses.iter().filter_map(|used| self.resolve(module, &used.path, &offers));
            arrows.entry(module).or_default().extend(used.filter(|used| !module.starts_with(used)));
        }
        arrows
    }

    /// The files in which the names are defined that other files offer as theirs.
    fn offers(&self) -> HashMap<(Module, String), Module> {
        let mut offers = HashMap::new();
        for (module, uses) in &self.files {
            for used in uses {
                let Some(name) = &used.offers else { continue };
                let Some(from) = self.resolve(module, &used.path, &HashMap::new()) else { continue };
                offers.insert((module.clone(), name.clone()), from);
            }
        }
        offers
    }

    /// The file that a path in `module` leads to; none for one into another crate.
    fn resolve(&self, module: &Module, path: &[String], offers: &HashMap<(Module, String), Module>) -> Option<Module> {
        let mut parts = path.iter().map(String::as_str).peekable();
        let mut at = match *parts.peek()? {
            "crate" => Module::new(),
            "super" => module[..module.len() - 1].to_vec(),
            "self" => module.clone(),
            name if self.files.contains_key(&child(module, name)) => module.clone(),
            _ => return None,
        };
        if ["crate", "super", "self"].contains(parts.peek()?) {
            parts.next();
        }
        while parts.next_if_eq(&"super").is_some() {
            at.pop();
        }
        for part in parts {
            let inner = child(&at, part);
            if self.files.contains_key(&inner) {
                at = inner;
            } else {
                return Some(offers.get(&(at.clone(), part.to_owned())).cloned().unwrap_or(at));
            }
        }
        Some(at)
    }
}

fn child(module: &Module, name: &str) -> Module {
    [module.as_slice(), &[name.to_owned()]].concat()
}

fn read_folder(folder: &Path, module: &Module, except: &str, texts: &mut BTreeMap<Module, String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        if path.is_dir() && name != except {
            read_folder(&path, &child(module, &name), except, texts);
        } else if let Some(name) = name.strip_suffix(".rs") {
            let is_folders_own = ["lib", "main", "mod"].contains(&name);
            let module = if is_folders_own { module.clone() } else { child(module, name) };
            texts.insert(module, std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The code of a file without comments and without what is for tests alone, and the names of the
/// modules that are.
fn without_tests(text: &str) -> (String, Vec<String>) {
    let (mut code, mut modules) = (String::new(), Vec::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        if line.trim_start() != "#[cfg(test)]" {
            code += line;
            code += "\n";
            continue;
        }
        // The item ends where rustfmt puts its last bracket: as far in as it begins.
        let indent = &line[..line.len() - line.trim_start().len()];
        let item = lines.by_ref().find(|line| !line.trim_start().starts_with("#[")).unwrap();
        if !item.ends_with([';', '}']) {
            lines.by_ref().find(|line| line.strip_prefix(indent).is_some_and(|rest| rest.starts_with('}')));
        }
        if let Some((_, name)) = item.split_once("mod ")
            && let Some(name) = name.strip_suffix(';')
        {
            modules.push(name.to_owned());
        }
    }
    (code, modules)
}

/// The paths in `use` declarations, and those elsewhere that begin at the crate or a parent.
fn uses(code: &str) -> Vec<Use> {
    let mut uses = Vec::new();
    for found in DECLARATION.captures_iter(code) {
        for tree in leaves(&found[2].split_whitespace().collect::<Vec<_>>().join(" ")) {
            let (path, name) = tree.split_once(" as ").unwrap_or((&tree, ""));
            let path: Vec<String> = path.split("::").map(|part| part.trim().to_owned()).collect();
            let name = if name.is_empty() { path[path.len() - 1].clone() } else { name.to_owned() };
            uses.push(Use { path, offers: found.get(1).map(|_| name) });
        }
    }
    for found in ELSEWHERE.find_iter(&DECLARATION.replace_all(code, "")) {
        uses.push(Use { path: found.as_str().split("::").map(|part| part.trim().to_owned()).collect(), offers: None });
    }
    uses
}

/// Each path of `a::{b, c::{d}}`, whole.
fn leaves(tree: &str) -> Vec<String> {
    let Some((start, rest)) = tree.split_once("::{") else { return vec![tree.to_owned()] };
    let (mut leaves_here, mut depth, mut from) = (Vec::new(), 0, 0);
    let inside = rest.strip_suffix('}').unwrap();
    for (at, c) in inside.char_indices().chain([(inside.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let part = inside[from..at].trim();
                let here = leaves(part).into_iter().filter(|leaf| !leaf.is_empty());
                leaves_here.extend(here.map(|leaf| format!("{start}::{leaf}")));
                from = at + 1;
            }
            _ => {}
        }
    }
    leaves_here
}

/// The rooms of the library in the order of the map, the first of which uses no other.
fn map() -> Vec<String> {
    let text = std::fs::read_to_string(package("docs/design.md")).unwrap();
    let section = text.split("\n## The rooms\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let row = Regex::new(r"(?m)^\| `src/([a-z_]+)(?:/|\.rs)` \|").unwrap();
    row.captures_iter(section).map(|row| row[1].to_owned()).collect()
}

#[test]
fn every_room_is_on_the_map_and_uses_only_those_above_it() {
    let rooms = map();
    let code = Code::read(&package("src"), "bin");
    let there: BTreeSet<&String> = code.files.keys().filter_map(|module| module.first()).collect();
    assert_eq!(rooms.iter().collect::<BTreeSet<_>>(), there, "the rooms of docs/design.md and those of src/");
    let place = |module: &Module| rooms.iter().position(|room| Some(room) == module.first());
    let mut upward = Vec::new();
    for (module, used) in code.arrows() {
        // The root declares the rooms, and what it offers was resolved to them.
        let wrong = used.iter().filter(|used| !module.is_empty() && place(used) > place(module));
        upward.extend(wrong.map(|used| format!("{} uses {}", module.join("::"), used.join("::"))));
    }
    assert_eq!(upward, Vec::<String>::new(), "rooms that stand below in docs/design.md");
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    for (folder, except) in [("src", "bin"), ("src/bin/rolelean", "")] {
        let code = Code::read(&package(folder), except);
        let mut arrows = code.arrows();
        assert!(arrows.values().map(BTreeSet::len).sum::<usize>() > 100, "the uses of {folder} are read");
        // Whatever uses nothing that is left, or is used by nothing that is left, is in no circle.
        loop {
            let left: BTreeSet<Module> = arrows.keys().map(|module| (*module).clone()).collect();
            let used: BTreeSet<Module> = arrows.values().flatten().cloned().collect();
            arrows.retain(|module, uses| used.contains(*module) && !uses.is_disjoint(&left));
            if arrows.len() == left.len() {
                break;
            }
        }
        let circle: Vec<String> = arrows.keys().map(|module| module.join("::")).collect();
        assert_eq!(circle, Vec::<String>::new(), "files of {folder} in circles");
    }
}
