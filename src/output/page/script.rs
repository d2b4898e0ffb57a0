//! The viewer: plain JavaScript, one file a concern, put together here.

/// The style sheet.
pub(super) const STYLE: &str = include_str!("viewer/viewer.css");

/// In the order in which they use one another.
const FILES: [&str; 18] = [
    include_str!("viewer/model.js"),
    include_str!("viewer/words.js"),
    include_str!("viewer/state.js"),
    include_str!("viewer/filter.js"),
    include_str!("viewer/view.js"),
    include_str!("viewer/shapes.js"),
    include_str!("viewer/grid.js"),
    include_str!("viewer/hulls.js"),
    include_str!("viewer/theme.js"),
    include_str!("viewer/draw.js"),
    include_str!("viewer/labels.js"),
    include_str!("viewer/frame.js"),
    include_str!("viewer/panel.js"),
    include_str!("viewer/table.js"),
    include_str!("viewer/controls.js"),
    include_str!("viewer/input.js"),
    include_str!("viewer/export.js"),
    include_str!("viewer/start.js"),
];

/// All of it in one function, so that nothing of it can be named from outside.
pub(super) fn text() -> String {
    format!("(() => {{\n'use strict';\n{}}})();\n", FILES.concat())
}
