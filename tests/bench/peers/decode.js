// eventsource-parser with JSON.parse over bytes in pieces of any size.

import { createParser } from 'eventsource-parser';

const textOf = {
  openai_chat: (event) => event.choices[0]?.delta?.content ?? '',
  anthropic: (event) => event.delta?.text ?? '',
};

/** Decodes `bytes` in pieces of `size`; gives the length of the text in it. */
export function decode(dialect, bytes, size) {
  let length = 0;
  const text = textOf[dialect];
  const parser = createParser({
    onEvent({ data }) {
      if (data !== '[DONE]') length += text(JSON.parse(data)).length;
    },
  });
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; at += size) {
    parser.feed(decoder.decode(bytes.subarray(at, at + size), { stream: true }));
  }
  return length;
}
