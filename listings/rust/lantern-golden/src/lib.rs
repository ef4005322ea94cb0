//! Golden wire tests: what the desk writes today, in two revisions, against what it wrote when you last looked.

pub mod desk;
pub mod diff;
pub mod golden;
pub mod record;
