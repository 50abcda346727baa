//! The day on which a page or a workbook was made.

use std::env;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Today in UTC as `2026-11-27`, or the day that `SOURCE_DATE_EPOCH` names, as builds that must
/// come out the same on another day set it.
pub(super) fn today() -> String {
    let fixed = env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    day_of(
        fixed.and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds))).unwrap_or_else(SystemTime::now),
    )
}

fn day_of(time: SystemTime) -> String {
    format!("{:.10}", humantime::format_rfc3339_seconds(time).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_the_standard_has_it() {
        for (seconds, day) in [(0, "1970-01-01"), (1_709_164_800, "2024-02-29"), (1_795_737_600, "2026-11-27")] {
            assert_eq!(day_of(UNIX_EPOCH + Duration::from_secs(seconds)), day);
        }
    }
}
