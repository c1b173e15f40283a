// Streamdown as an app would use it: one component a pane, text gathered and
// handed over once a frame, the view kept at the end of the text.

import { createParser } from 'eventsource-parser';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Streamdown } from 'streamdown';

async function read({ url, body }, onText) {
  const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const parser = createParser({
    onEvent({ data }) {
      if (data === '[DONE]') return;
      const text = JSON.parse(data).choices[0]?.delta?.content;
      if (text) onText(text);
    },
  });
  const decoder = new TextDecoder();
  const reader = reply.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.feed(decoder.decode(value, { stream: true }));
  }
}

function Pane({ request, onDone }) {
  const [text, setText] = useState('');
  const node = useRef(null);
  useEffect(() => {
    let all = '';
    let asked = false;
    const show = () => {
      asked = false;
      setText(all);
    };
    read(request, (piece) => {
      all += piece;
      if (!asked) {
        asked = true;
        requestAnimationFrame(show);
      }
    }).then(() => requestAnimationFrame(() => onDone(all.length)));
  }, [request, onDone]);
  useLayoutEffect(() => {
    node.current.scrollTop = node.current.scrollHeight;
  }, [text]);
  return (
    <section className="pane" ref={node}>
      <Streamdown>{text}</Streamdown>
    </section>
  );
}

const root = createRoot(document.getElementById('root'));

/** Streams every request into a pane of its own; gives the lengths of the texts. */
window.run = (requests) =>
  Promise.all(
    requests.map(
      (request, at) =>
        new Promise((resolve) => {
          request.onDone = resolve;
          request.key = `${performance.now()} ${at}`;
          if (at === requests.length - 1) {
            root.render(requests.map((one) => <Pane key={one.key} request={one} onDone={one.onDone} />));
          }
        }),
    ),
  );
