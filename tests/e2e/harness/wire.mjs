// Frames of the four dialects, written from the facts in the provider notes,
// for our byte server.

const data = (value) => `data: ${JSON.stringify(value)}\n\n`;
const named = (value) => `event: ${value.type}\n${data(value)}`;

/** OpenAI Chat Completions. */
export const chat = {
  start: (model = 'm') => chunk({ role: 'assistant', content: '' }, null, model),
  text: (text, model) => chunk({ content: text }, null, model),
  thinking: (text, model) => chunk({ reasoning_content: text }, null, model),
  refusal: (text, model) => chunk({ refusal: text }, null, model),
  finish: (reason = 'stop', model) => chunk({}, reason, model),
  usage: ({ input = 10, output = 50, thinking } = {}) =>
    data({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      model: 'm',
      choices: [],
      usage: {
        prompt_tokens: input,
        completion_tokens: output,
        total_tokens: input + output,
        ...(thinking === undefined
          ? {}
          : { completion_tokens_details: { reasoning_tokens: thinking } }),
      },
    }),
  done: () => 'data: [DONE]\n\n',
  /** A whole answer in `pieces` frames. */
  whole: (text, { pieces = 4, reason = 'stop', model, thinking, ...usage } = {}) => [
    chat.start(model),
    ...(thinking ? [chat.thinking(thinking, model)] : []),
    ...split(text, pieces).map((piece) => chat.text(piece, model)),
    chat.finish(reason, model),
    chat.usage(usage),
    chat.done(),
  ],
};

function chunk(delta, reason, model = 'm') {
  return data({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model,
    choices: [{ index: 0, delta, finish_reason: reason }],
  });
}

/** OpenAI Responses. */
export const responses = {
  start: (model = 'm') =>
    named({
      type: 'response.created',
      sequence_number: 0,
      response: { id: 'resp_1', object: 'response', model, status: 'in_progress', output: [] },
    }) +
    named({
      type: 'response.output_item.added',
      output_index: 0,
      item: { type: 'message', id: 'msg_1', status: 'in_progress', role: 'assistant', content: [] },
    }),
  text: (text) =>
    named({
      type: 'response.output_text.delta',
      item_id: 'msg_1',
      output_index: 0,
      content_index: 0,
      delta: text,
    }),
  refusal: (text) =>
    named({
      type: 'response.refusal.delta',
      item_id: 'msg_1',
      output_index: 0,
      content_index: 0,
      delta: text,
    }),
  end: (text, { input = 10, output = 50, status = 'completed', reason } = {}) =>
    named({
      type: `response.${status}`,
      response: {
        id: 'resp_1',
        object: 'response',
        model: 'm',
        status,
        incomplete_details: reason ? { reason } : null,
        output: [
          {
            type: 'message',
            id: 'msg_1',
            role: 'assistant',
            content: [{ type: 'output_text', text, annotations: [] }],
          },
        ],
        usage: { input_tokens: input, output_tokens: output, total_tokens: input + output },
      },
    }),
  error: (code, message) => named({ type: 'error', code, message, param: null }),
  whole: (text, { pieces = 4, ...rest } = {}) => [
    responses.start(),
    ...split(text, pieces).map(responses.text),
    responses.end(text, rest),
  ],
};

/** Anthropic Messages. */
export const anthropic = {
  start: ({ input = 10, model = 'm' } = {}) =>
    named({
      type: 'message_start',
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model,
        content: [],
        stop_reason: null,
        usage: { input_tokens: input, output_tokens: 1 },
      },
    }),
  open: (index = 0, type = 'text') =>
    named({
      type: 'content_block_start',
      index,
      content_block: type === 'text' ? { type, text: '' } : { type, thinking: '', signature: '' },
    }),
  text: (text, index = 0) =>
    named({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } }),
  thinking: (text, index = 0) =>
    named({ type: 'content_block_delta', index, delta: { type: 'thinking_delta', thinking: text } }),
  shut: (index = 0) => named({ type: 'content_block_stop', index }),
  finish: (reason = 'end_turn', { output = 50 } = {}) =>
    named({
      type: 'message_delta',
      delta: { stop_reason: reason, stop_sequence: null },
      usage: { output_tokens: output },
    }),
  stop: () => named({ type: 'message_stop' }),
  error: (type, message) => named({ type: 'error', error: { type, message } }),
  whole: (text, { pieces = 4, reason = 'end_turn', ...usage } = {}) => [
    anthropic.start(usage),
    anthropic.open(),
    ...split(text, pieces).map((piece) => anthropic.text(piece)),
    anthropic.shut(),
    anthropic.finish(reason, usage),
    anthropic.stop(),
  ],
};

/** Gemini `streamGenerateContent`, which writes CRLF. */
export const gemini = {
  part: (text, rest = {}) =>
    crlf({ candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, ...rest }] }),
  end: (reason = 'STOP', { input = 10, output = 50 } = {}) =>
    crlf({
      candidates: [
        { content: { role: 'model', parts: [{ text: '' }] }, finishReason: reason, index: 0 },
      ],
      usageMetadata: {
        promptTokenCount: input,
        candidatesTokenCount: output,
        totalTokenCount: input + output,
      },
      modelVersion: 'm',
    }),
  blocked: (reason) => crlf({ promptFeedback: { blockReason: reason } }),
  error: (code, status, message, details) =>
    crlf({ error: { code, status, message, ...(details ? { details } : {}) } }),
  whole: (text, { pieces = 4, ...rest } = {}) => [
    ...split(text, pieces).map((piece) => gemini.part(piece)),
    gemini.end('STOP', rest),
  ],
};

const crlf = (value) => `data: ${JSON.stringify(value)}\r\n\r\n`;

/** Cuts a text into about `count` pieces without breaking a character. */
export function split(text, count) {
  const characters = [...text];
  const size = Math.max(1, Math.ceil(characters.length / count));
  const pieces = [];
  for (let at = 0; at < characters.length; at += size) {
    pieces.push(characters.slice(at, at + size).join(''));
  }
  return pieces;
}
