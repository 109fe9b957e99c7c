//! The description of the interface is part of it.

use std::{collections::BTreeSet, env, fs, path::Path};

use http::Method;
use todo_testing::TestApp;

/// The document as it stands in the repository. `UPDATE_OPENAPI=1 cargo test -p backend --test api openapi` writes it.
#[test]
fn a_changed_interface_is_a_changed_document() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    let now = backend::document().to_pretty_json().expect("JSON") + "\n";

    if env::var_os("UPDATE_OPENAPI").is_some() {
        fs::write(&file, &now).expect("the document is written");
    }

    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == now,
        "docs/openapi.json is not what the handlers say: UPDATE_OPENAPI=1 cargo test -p backend openapi"
    );
}

/// The table of routes, read as text: axum does not tell what it serves.
fn served() -> BTreeSet<(String, String)> {
    let source = include_str!("../../src/routes.rs");
    let table = source
        .split("let mine =")
        .nth(1)
        .and_then(|rest| rest.split(".layer(").next())
        .expect("the table");
    let mut routes = BTreeSet::new();
    for route in table.split(".route(").skip(1) {
        let path = route.split('"').nth(1).expect("a path");
        for method in ["get", "post", "put", "patch", "delete"] {
            if route.contains(&format!("{method}(")) {
                routes.insert((method.to_owned(), format!("/api/{{user_id}}{path}")));
            }
        }
    }
    routes
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let document = serde_json::to_value(backend::document()).expect("JSON");

    let mut described = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            described.insert((method.clone(), path.clone()));
        }
    }

    assert_eq!(described, served());
}

#[test]
fn every_operation_says_what_it_does_and_has_a_name_of_its_own() {
    let document = serde_json::to_value(backend::document()).expect("JSON");
    let mut names = BTreeSet::new();

    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            assert!(
                operation["summary"].as_str().is_some_and(|text| text.len() > 5),
                "{method} {path}"
            );
            let name = operation["operationId"].as_str().expect("a name").to_owned();
            assert!(names.insert(name.clone()), "{name} is the name of two operations");
        }
    }
}

#[tokio::test]
async fn the_document_and_its_reader_are_open_to_everybody() {
    let app = TestApp::start().await;

    let document = app.call(Method::GET, "/api/openapi.json").await;
    let reader = app.call(Method::GET, "/api/docs/").await;

    assert_eq!((document.status, &document.json["openapi"]), (200, &serde_json::json!("3.1.0")));
    assert!(reader.status == 200 && reader.text.contains("Swagger UI"), "{}", reader.text);
}
