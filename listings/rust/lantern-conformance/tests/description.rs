//! A doc comment reaches the client only if no other attribute follows it.

use rmcp::{tool, tool_router};

struct Tools;

#[tool_router]
impl Tools {
    /// Described.
    #[tool]
    fn kept(&self) {}

    #[allow(dead_code)]
    /// Described.
    #[tool]
    fn kept_too(&self) {}

    /// Described.
    #[tool]
    #[allow(dead_code)]
    fn lost(&self) {}
}

#[test]
fn an_attribute_below_the_doc_comment_takes_the_description_away() {
    let tools = Tools::tool_router().list_all();
    let described = tools.iter().filter(|tool| tool.description.is_some());
    let names: Vec<_> = described.map(|tool| tool.name.as_ref()).collect();
    assert_eq!(names, ["kept", "kept_too"]);
    assert_eq!(tools.len(), 3);
}
