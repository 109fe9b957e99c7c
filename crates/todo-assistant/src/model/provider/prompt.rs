//! A prompt in genai's terms.

use genai::chat::{
    ChatMessage, ChatRequest, ContentPart, MessageContent, Tool, ToolCall, ToolResponse,
};

use crate::{
    model::port::{Call, Prompt, PromptMessage, Reply},
    tools::ToolSpec,
};

pub(super) fn request(prompt: &Prompt) -> ChatRequest {
    let messages = prompt.messages.iter().map(message).collect();
    let request = ChatRequest::new(messages).with_system(&prompt.system);
    // Providers refuse an empty list of tools.
    match prompt.tools.as_slice() {
        [] => request,
        tools => request.with_tools(tools.iter().map(tool)),
    }
}

fn tool(spec: &ToolSpec) -> Tool {
    Tool::new(spec.name.as_str())
        .with_description(spec.description.as_str())
        .with_schema(spec.arguments.clone())
}

fn message(message: &PromptMessage) -> ChatMessage {
    match message {
        PromptMessage::User(text) => ChatMessage::user(text.as_str()),
        PromptMessage::Assistant(text) => ChatMessage::assistant(text.as_str()),
        PromptMessage::Called(reply) => called(reply),
        PromptMessage::Results(results) => {
            let response = |result: &crate::model::port::CallResult| {
                ToolResponse::new(&result.id, &result.content).with_fn_name(&result.tool)
            };
            ChatMessage::from(results.iter().map(response).collect::<Vec<_>>())
        }
    }
}

/// What the model said goes back to it, with its marks in front, as Gemini and Anthropic want it.
fn called(reply: &Reply) -> ChatMessage {
    let mut parts: Vec<ContentPart> =
        reply.thoughts.iter().cloned().map(ContentPart::ThoughtSignature).collect();
    if !reply.text.is_empty() {
        parts.push(ContentPart::Text(reply.text.clone()));
    }
    parts.extend(reply.calls.iter().map(|call| ContentPart::ToolCall(tool_call(call))));
    ChatMessage::assistant(MessageContent::from_parts(parts))
}

fn tool_call(call: &Call) -> ToolCall {
    ToolCall {
        call_id: call.id.clone(),
        fn_name: call.tool.clone(),
        // What was no JSON cannot go back as it came: every provider wants an object here.
        fn_arguments: if call.arguments.is_object() {
            call.arguments.clone()
        } else {
            serde_json::json!({})
        },
        thought_signatures: (!call.thoughts.is_empty()).then(|| call.thoughts.clone()),
    }
}
