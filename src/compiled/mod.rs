//! How data is kept that is compiled into the program, so that a start need not make it: single values are read
//! when they are asked for, long lists are plain bytes, and texts are borrowed from the program.

mod on_demand;
pub(crate) mod packed;
mod texts;

pub(crate) use on_demand::OnDemand;
pub(crate) use packed::{Fields, Packed, PackedList};
pub(crate) use texts::Texts;
