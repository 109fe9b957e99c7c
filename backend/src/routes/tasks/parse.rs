use axum::extract::State;
use todo_api::{
    Problem,
    task::{ParseBody, ParsedBody, utf8_span},
};
use todo_core::{chats::LONGEST_MESSAGE, task::Invalid, tasks::Tasks};
use todo_service::{ApiError, extract::Json};

use crate::extract::Me;

/// Reads a line in the quick-add grammar. Nothing changes.
#[utoipa::path(
    post, path = "/api/{user_id}/tasks/parse", tag = "tasks", request_body = ParseBody,
    params(("user_id" = String, Path,)),
    responses((status = 200, body = ParsedBody), (status = 422, body = Problem))
)]
#[tracing::instrument(name = "http.tasks.parse", skip_all)]
pub(crate) async fn parse(
    State(tasks): State<Tasks>,
    Me(caller): Me,
    Json(line): Json<ParseBody>,
) -> Result<Json<ParsedBody>, ApiError> {
    if line.text.chars().count() > LONGEST_MESSAGE {
        return Err(Invalid::new(
            "text",
            format!("a line has at most {LONGEST_MESSAGE} characters"),
        )
        .into());
    }
    let span = |span: &(usize, usize)| utf8_span(&line.text, *span).map(|(start, end)| start..end);
    let literal: Vec<_> = line.literal.iter().map(span).collect::<Result<_, _>>()?;
    let parsed = tasks.parse(&caller, &line.text, &literal, line.now).await?;
    Ok(Json(ParsedBody::new(&line.text, &parsed)))
}
