//! Limits on a child process that reads a file which may be made to do harm.

/// Bounds the memory that this process may address, in bytes, and its processor time, in seconds. A file
/// may make a parser take all there is; the system then ends this process, and is not to write down
/// what it held.
///
/// The system refuses a limit only where a lower one is set already.
#[cfg(unix)]
pub fn set(memory: u64, seconds: u64) {
    let limits = [(rlimit::Resource::AS, memory), (rlimit::Resource::CPU, seconds), (rlimit::Resource::CORE, 0)];
    for (resource, most) in limits {
        let _ = resource.set(most, most);
    }
}

/// Where the system knows no such limits, the parent's patience is the only one.
#[cfg(not(unix))]
pub fn set(_: u64, _: u64) {}
