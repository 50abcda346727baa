//! A folder for each test, and the program run in it; failures show all there is to see.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use snapbox::IntoData;
use tempfile::TempDir;

/// The program under test.
pub const ROLELEAN: &str = env!("CARGO_BIN_EXE_rolelean");

/// The lexicon of the tests: small, quick to read, and nobody tunes it.
pub const KITCHEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/kitchen");

/// A file or folder of the package.
pub fn package(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A folder that is gone after the test.
pub struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A sandbox that holds the samples.
    pub fn with_samples() -> Self {
        let sandbox = Self::new();
        sandbox.copy("samples");
        sandbox
    }

    /// A sandbox that holds the same files and folders.
    #[cfg(unix)]
    pub fn twin(&self) -> Self {
        let twin = Self::new();
        copy(self.folder.path(), twin.folder.path());
        twin
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and the folders it stands in.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    /// A file of a report without what was read, of which a page of joined reports tells by the report, too.
    pub fn comparable(&self, path: &str) -> Vec<u8> {
        let bytes = self.bytes(path);
        let Some(start) = bytes.windows(17).position(|bytes| bytes == b"<details id=\"read") else { return bytes };
        let end = start + bytes[start..].windows(10).position(|bytes| bytes == b"</details>").unwrap();
        [&bytes[..start], &bytes[end..]].concat()
    }

    #[track_caller]
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}; there is {:?}", self.names(".")))
    }

    /// Copies a folder of the package to the same place in the sandbox.
    pub fn copy(&self, folder: &str) -> &Self {
        copy(&package(folder), &self.path(folder));
        self
    }

    /// The names in a folder, sorted.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The program, about to be run here with these arguments, which spaces set apart.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(ROLELEAN);
        command.args(arguments.split_whitespace());
        self.furnish(&mut command);
        command
    }

    /// Where and how every command runs, whoever runs the tests.
    fn furnish(&self, command: &mut Command) {
        command.current_dir(self.folder.path());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "RUST_BACKTRACE", "FORCE_COLOR"] {
            command.env_remove(name);
        }
        // No settings but those of the test.
        for name in ["HOME", "XDG_CONFIG_HOME", "APPDATA"] {
            command.env(name, self.path("home"));
        }
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ROLELEAN_")) {
            command.env_remove(name);
        }
    }

    /// Runs the program with these arguments, which spaces set apart.
    #[track_caller]
    pub fn run(&self, arguments: &str) -> Ran {
        Ran::new(arguments, &self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs the program on the lexicon of the tests.
    #[track_caller]
    pub fn kitchen(&self, arguments: &str) -> Ran {
        self.run(&format!("{arguments} --lexicon {KITCHEN}"))
    }

    /// Runs the program on the lexicon of the tests with `input` as its standard input.
    #[track_caller]
    pub fn pipe(&self, input: impl AsRef<[u8]>, arguments: &str) -> Ran {
        let mut command = self.command(&format!("{arguments} --lexicon {KITCHEN}"));
        let mut child = piped(&mut command);
        child.stdin.take().unwrap().write_all(input.as_ref()).unwrap();
        Ran::new(arguments, &child.wait_with_output().unwrap())
    }

    /// Runs a line of shell in which `rolelean` is the program.
    #[cfg(unix)]
    #[track_caller]
    pub fn shell(&self, line: &str) -> Ran {
        let mut command = Command::new("sh");
        command.args(["-c", line]).stdin(Stdio::null());
        self.furnish(&mut command);
        let mut path = Path::new(ROLELEAN).parent().unwrap().as_os_str().to_owned();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        command.env("PATH", path);
        Ran::new(line, &command.output().unwrap())
    }
}

/// Starts a command with all its streams in our hands.
pub fn piped(command: &mut Command) -> Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(path, target).unwrap();
        }
    }
}

/// A command that has ended.
pub struct Ran {
    command: String,
    code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    pub fn succeeded(&self) -> bool {
        self.code == Some(0)
    }

    pub fn new(command: &str, output: &Output) -> Self {
        Self {
            command: command.to_owned(),
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// Fails unless it ended with this exit code.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        let found = self.code;
        assert!(found == Some(code), "exit code {found:?}, expected {code}\n{self}");
        self
    }

    /// Fails unless standard output is as expected.
    #[track_caller]
    pub fn prints(self, expected: impl IntoData) -> Self {
        self.compare(&self.stdout, expected);
        self
    }

    /// Fails unless standard error is as expected.
    #[track_caller]
    pub fn says(self, expected: impl IntoData) -> Self {
        self.compare(&self.stderr, expected);
        self
    }

    #[track_caller]
    fn compare(&self, found: &str, expected: impl IntoData) {
        let assert = snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
        if let Err(difference) = assert.try_eq(Some(&self.command), found.into_data(), expected.into_data()) {
            panic!("{difference}\n{self}");
        }
    }
}

impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { command, stdout, stderr, .. } = self;
        write!(f, "command: {command}\n--- stdout\n{stdout}--- stderr\n{stderr}---")
    }
}
